import { MAX_SERVICE_CONTROL_POLICIES, POLICY_LIMITS } from '../aws/limits';
import type { Problem } from '../config/config-error';
import { guardrailPolicies, sizeOf } from '../policies/guardrails';
import { PROTECTION_TAG } from '../topology/names';
import type { SiteRule } from './site-rule';

/** Protection can be deployed as it is meant: its policies are within AWS's limits, and its tag is its own. */
export const checkProtection: SiteRule = (config, { guardrails }) => [
  ...Object.keys(config.tags)
    // Condition keys know no case, those of tags neither.
    .filter((key) => key.toLowerCase() === PROTECTION_TAG.key)
    .map((key) => ({
      path: ['tags', key],
      message: `must be another key than "${key}": by this tag guardrails tell what they protect`,
      isAtKey: true,
    })),
  ...(guardrails ? oversized(guardrailPolicies(guardrails)) : []),
];

/** On every target AWS's own FullAWSAccess takes one place. */
const MOST_POLICIES = MAX_SERVICE_CONTROL_POLICIES - 1;

function oversized(policies: ReturnType<typeof guardrailPolicies>): Problem[] {
  const tooLong = policies.find((policy) => sizeOf(policy) > POLICY_LIMITS.serviceControl);
  const wayOut = 'switch copyBack on for fewer sources, or give all accounts one deployRole and no administrators';
  if (tooLong) {
    const message = `must fit policies of ${POLICY_LIMITS.serviceControl} characters, got ${sizeOf(tooLong)} for statement ${tooLong.Statement[0]?.Sid}, which cannot be divided: ${wayOut}`;
    return [{ path: ['guardrails'], message }];
  }
  if (policies.length <= MOST_POLICIES) return [];
  const message = `must fit ${MOST_POLICIES} policies, got ${policies.length}: ${wayOut}`;
  return [{ path: ['guardrails'], message }];
}
