import {
  DescribePolicyCommand,
  ListPoliciesCommand,
  ListTargetsForPolicyCommand,
  type PolicySummary,
} from '@aws-sdk/client-organizations';
import { guardrailPolicies } from '../../policies/guardrails';
import type { PolicyDocument } from '../../policies/policy-document';
import type { Guardrails } from '../../topology/topology';
import type { CheckOf } from '../check';
import { differenceText, policyDifference } from '../compare-policies';
import { error, type Problem } from '../finding';
import type { Organization } from '../organization';

/** Service control policies: there, as the config has them, and attached to all they should guard. */
export const guardrails: CheckOf<'organization'> = {
  name: 'guardrails',
  of: 'organization',
  problems: async ({ organization, topology }) => {
    const { guardrails: wanted, management } = topology;
    if (!wanted) return [];
    const pages = await organization.askAll('organizations:ListPolicies', (client, NextToken) =>
      client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY', NextToken })),
    );
    const found = pages.flatMap(({ Policies = [] }) => Policies);
    const remedy = `deploy the stack ${management.stackName}`;
    const problems: Problem[] = [];
    for (const [index, document] of guardrailPolicies(wanted).entries()) {
      const name = `${wanted.name}-${index + 1}`;
      const policy = found.find(({ Name }) => Name === name);
      if (policy) problems.push(...(await problemsOf(policy, document, wanted, organization, remedy)));
      else problems.push(error(`service control policy ${name}`, 'not there', 'a policy of this name', remedy));
    }
    return problems;
  },
};

async function problemsOf(
  { Id: PolicyId, Name }: PolicySummary,
  document: PolicyDocument,
  { targetIds }: Guardrails,
  organization: Organization,
  remedy: string,
): Promise<Problem[]> {
  const what = `service control policy ${Name}`;
  const { Policy } = await organization.ask('organizations:DescribePolicy', (client) =>
    client.send(new DescribePolicyCommand({ PolicyId })),
  );
  const pages = await organization.askAll('organizations:ListTargetsForPolicy', (client, NextToken) =>
    client.send(new ListTargetsForPolicyCommand({ PolicyId, NextToken })),
  );
  const attached = pages.flatMap(({ Targets = [] }) => Targets.flatMap(({ TargetId }) => TargetId ?? []));
  const difference = policyDifference(JSON.parse(Policy?.Content ?? '{}'), document);
  const free = targetIds.filter((id) => !attached.includes(id));
  return [
    ...(difference ? [error(what, differenceText(difference), 'as the config has it', remedy)] : []),
    ...(free.length > 0 ? [error(what, `not attached to ${free.join(', ')}`, 'attached', remedy)] : []),
  ];
}
