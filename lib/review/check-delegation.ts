import { POLICY_LIMITS } from '../aws/limits';
import type { Problem } from '../config/config-error';
import { DELEGATION_SIDS, delegationPolicy } from '../policies/delegation-policy';
import { policyJson } from '../policies/policy-document';
import type { SiteRule } from './site-rule';

const PATH = ['organizationPolicies', 'delegation', 'existing'];

/** The organization's resource policy keeps statements of others, each once, and is no longer than AWS takes it. */
export const checkDelegation: SiteRule = (_, { management }) => {
  const delegation = management.rollouts?.delegation;
  if (!delegation) return [];
  const statements = (delegation.existing?.statements ?? []) as readonly { readonly Sid?: string }[];
  const length = policyJson(delegationPolicy(management.partition, delegation)).length;
  const ours = statements.flatMap(({ Sid }, index): Problem[] =>
    DELEGATION_SIDS.some((own) => own === Sid)
      ? [
          {
            path: [...PATH, 'statements', index],
            message: `must be a statement of somebody else, got "${Sid}": that one is made here; leave it out`,
          },
        ]
      : [],
  );
  if (length <= POLICY_LIMITS.resourcePolicy) return ours;
  const message = `must fit a resource policy of ${POLICY_LIMITS.resourcePolicy} characters together with the delegation, got ${length}: roll out to fewer units, or to the one above them`;
  return [...ours, { path: PATH, message }];
};
