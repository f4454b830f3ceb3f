import { Facts } from './facts';
import { type Grants, grantsOf } from './grants';
import type { CompiledPolicy } from './policy';
import type { AccessRequest } from './request';

/** All policies that have a say in a request. */
export interface PoliciesInForce {
  readonly identity: readonly CompiledPolicy[];
  /**
   * Service control policies by level of the organization, each of which has to allow. Empty: the caller is bound by
   * none, as the management account and service-linked roles are not.
   */
  readonly serviceControl: readonly (readonly CompiledPolicy[])[];
  /** The policy of the resource (vault policy, key policy, trust policy); undefined when it has none. */
  readonly resource: CompiledPolicy | undefined;
}

/** A kind of policy that allows nothing. */
export type Missing = 'identity policy' | 'resource policy' | 'service control policy';

/** What AWS would answer, and why. */
export interface Decision {
  readonly isAllowed: boolean;
  /** Whether a statement denies, rather than none allowing. */
  readonly isExplicit: boolean;
  /** The statements that decided, by policy and Sid: all that deny, or all that grant; none when nothing allows. */
  readonly by: readonly string[];
  /** Of an implicit denial, which policies allow nothing. Inside one account, either of two listed ones would do. */
  readonly missing: readonly Missing[];
}

/**
 * Judges a request as AWS does.
 * @throws PolicyError where a policy asks a request what it cannot answer, such as a date of a text.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decide(request: AccessRequest, policies: PoliciesInForce): Decision {
  const facts = new Facts(request);
  const denials: string[] = [];
  let isHeldBack = false;
  for (const level of policies.serviceControl)
    if (grantsOf(level, false, facts, denials).allowing.length === 0) isHeldBack = true;
  const identity = grantsOf(policies.identity, false, facts, denials);
  const resource = grantsOf(policies.resource ? [policies.resource] : [], true, facts, denials);
  if (denials.length > 0) return { isAllowed: false, isExplicit: true, by: denials, missing: [] };
  const granting = grantingOf(facts, identity, resource);
  if (granting.length > 0 && !isHeldBack) return { isAllowed: true, isExplicit: false, by: granting, missing: [] };
  const missing: Missing[] = granting.length > 0 ? [] : silentOf(facts, identity, resource);
  if (isHeldBack) missing.push('service control policy');
  return { isAllowed: false, isExplicit: false, by: [], missing };
}

/** The statements that grant together, before service control policies; none when they do not suffice. */
function grantingOf({ request, action }: Facts, identity: Grants, resource: Grants): readonly string[] {
  const { caller, resource: target } = request;
  if (caller.kind === 'service') return resource.allowing;
  const anyOfResource = [...resource.allowing, ...resource.allowingAccount];
  const both = identity.allowing.length > 0 && anyOfResource.length > 0 ? [...identity.allowing, ...anyOfResource] : [];
  if (caller.accountId !== target.accountId) return both;
  if (!needsResourcePolicy(action, target.arn)) return [...identity.allowing, ...resource.allowing];
  return resource.allowingAccount.length > 0 && both.length > 0 ? both : resource.allowing;
}

function silentOf({ request }: Facts, identity: Grants, resource: Grants): Missing[] {
  const isSilent = (grants: Grants) => grants.allowing.length + grants.allowingAccount.length === 0;
  const silent: Missing[] = request.caller.kind !== 'service' && isSilent(identity) ? ['identity policy'] : [];
  return isSilent(resource) ? [...silent, 'resource policy'] : silent;
}

/**
 * Whether not even the owner's identity policies suffice without the policy of the key, or of the role to assume.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 */
const needsResourcePolicy = (action: string, arn: string): boolean =>
  (action.startsWith('kms:') && KEY.test(arn)) || (action.startsWith('sts:') && ROLE.test(arn));

const KEY = /^arn:[^:]+:kms:[^:]*:\d*:key\//;
const ROLE = /^arn:[^:]+:iam::\d*:role\//;
