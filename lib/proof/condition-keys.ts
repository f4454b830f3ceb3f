import { ProofError } from './proof-error';

/** Condition keys whose value a request of the proof has, or rightly has not; tags by their prefix. */
const KNOWN_KEYS = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:TagKeys',
    'aws:ViaAWSService',
    'backup:CopyTargetOrgPaths',
    'backup:CopyTargets',
    'iam:PassedToService',
    'kms:GrantIsForAWSResource',
    'kms:ViaService',
    'organizations:PolicyType',
    'ram:RequestedResourceType',
  ].map((key) => key.toLowerCase()),
);
const KNOWN_PREFIX = 'aws:resourcetag/';

/**
 * Refuses a policy that asks of a request what the proof's requests do not say: a Deny could seem to hold that an
 * attacker walks round, or an Allow that no real request meets.
 * @throws ProofError with the key
 */
export function refuseUnknownKeys(name: string, document: unknown): void {
  const { Statement: statements = [] } = (document ?? {}) as { readonly Statement?: unknown };
  for (const statement of [statements].flat() as { readonly Sid?: string; readonly Condition?: object }[]) {
    for (const [operator, keys] of Object.entries(statement?.Condition ?? {})) {
      const unknown = Object.keys(keys as object).find((key) => !isKnown(key.toLowerCase()));
      if (unknown === undefined) continue;
      const place = [name, statement.Sid].filter(Boolean).join(', ');
      throw new ProofError(
        `${place} decides by ${unknown} (${operator}), and the proof cannot tell what requests have there`,
      );
    }
  }
}

const isKnown = (key: string) => KNOWN_KEYS.has(key) || key.startsWith(KNOWN_PREFIX);
