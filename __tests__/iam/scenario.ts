import { runSimulation } from '@cloud-copilot/iam-simulate';
import { decide } from '../../lib/iam/decide';
import { compilePolicy } from '../../lib/iam/policy';
import type { AccessRequest } from '../../lib/iam/request';

/** A policy as AWS has it. */
export interface Document {
  readonly Version?: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** Policies, and requests that both evaluators judge by them. */
export interface Scenario {
  readonly requests: readonly AccessRequest[];
  readonly identity: readonly Document[];
  readonly serviceControl: readonly (readonly Document[])[];
  readonly resource: Document | undefined;
}

export type Verdict = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/** What our evaluator answers to each request. */
export function ourVerdicts({ requests, identity, serviceControl, resource }: Scenario): Verdict[] {
  const policies = {
    identity: identity.map((document) => compilePolicy('identity', document)),
    serviceControl: serviceControl.map((level) => level.map((document) => compilePolicy('control', document))),
    resource: resource && compilePolicy('resource', resource),
  };
  return requests.map((request) => {
    const { isAllowed, isExplicit } = decide(request, policies);
    if (isAllowed) return 'Allowed';
    return isExplicit ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
  });
}

const named = (documents: readonly Document[]) =>
  documents.map((policy, index) => ({ name: `policy ${index}`, policy }));

/** What iam-simulate answers. A request or a policy that it refuses, or a key it ignores, is a mistake of the test. */
export async function theirVerdict(request: AccessRequest, scenario: Scenario): Promise<Verdict> {
  const { caller, action, resource, context } = request;
  const contextVariables: Record<string, string | string[]> = { ...(context as Record<string, string | string[]>) };
  if (caller.accountId)
    Object.assign(contextVariables, { 'aws:PrincipalArn': caller.id, 'aws:PrincipalAccount': caller.accountId });
  const results = await runSimulation(
    {
      request: {
        principal: caller.id,
        action,
        resource: { resource: resource.arn, accountId: resource.accountId },
        contextVariables,
      },
      identityPolicies: named(scenario.identity),
      serviceControlPolicies: scenario.serviceControl.map((level, index) => ({
        orgIdentifier: `level ${index}`,
        policies: named(level),
      })),
      resourceControlPolicies: [],
      resourcePolicy: scenario.resource,
    },
    {},
  );
  if (results.resultType !== 'single' || results.result.ignoredContextKeys?.length !== 0)
    throw new Error(`iam-simulate refuses ${JSON.stringify([results, request, scenario])}`);
  return results.overallResult as Verdict;
}
