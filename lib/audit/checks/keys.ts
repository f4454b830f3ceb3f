import { GetKeyPolicyCommand, GetKeyRotationStatusCommand, type KeyMetadata } from '@aws-sdk/client-kms';
import { ask } from '../../live/ask';
import type { PolicyDocument } from '../../policies/policy-document';
import { sourceResourceKeyPolicy } from '../../policies/site-policies';
import type { VaultSite } from '../auditee';
import { type CheckOf, redeploy, type SiteSight } from '../check';
import { differenceText, policyDifference } from '../compare-policies';
import { error, type Problem, warning } from '../finding';
import { unanswered } from '../unanswered';
import { expectedVaults } from '../vaults';

/** A key as it should be. */
interface ExpectedKey {
  /** What tells which key it is: an alias of ours or the ARN of somebody else's. */
  readonly id: string;
  readonly what: string;
  /** Undefined of a key that is somebody else's. */
  readonly policy: PolicyDocument | undefined;
}

/** The keys of vaults and resources: without its key a recovery point can be neither made nor read. */
export const keys: CheckOf<'site'> = {
  name: 'keys',
  of: 'site',
  problems: async (sight) => {
    const { site, topology } = sight;
    const asker = site.accountId === topology.management.accountId ? 'identity' : 'role';
    // Keys have policies of their own: one that may not be read says nothing of the others.
    const problems = expectedKeys(site, topology.organization.id).map((key) =>
      problemsOf(key, sight).catch((reason) => [unanswered(key.what, reason, asker)]),
    );
    return (await Promise.all(problems)).flat();
  },
};

function expectedKeys(site: VaultSite, organizationId: string): ExpectedKey[] {
  const ofVaults = expectedVaults(site, organizationId).flatMap(({ key, keyPolicy, isAirGapped }): ExpectedKey[] => {
    if (!key) return [];
    const what = isAirGapped ? 'key of the air-gapped vault' : 'key of the vault';
    return 'alias' in key
      ? [{ id: key.alias, what: `${what}, ${key.alias}`, policy: keyPolicy }]
      : [{ id: key.existingKeyArn, what: `${what}, ${key.existingKeyArn}`, policy: undefined }];
  });
  const ofResources =
    site.role === 'source'
      ? [
          ...(site.resourceKeyAlias === undefined
            ? []
            : [
                {
                  id: site.resourceKeyAlias,
                  what: `key of resources, ${site.resourceKeyAlias}`,
                  policy: sourceResourceKeyPolicy(site),
                },
              ]),
          ...site.existingResourceKeyArns.map((arn) => ({
            id: arn,
            what: `key of resources, ${arn}`,
            policy: undefined,
          })),
        ]
      : [];
  // All generations of a vault share one key.
  return [...new Map([...ofVaults, ...ofResources].map((key) => [key.id, key])).values()];
}

async function problemsOf({ id, what, policy }: ExpectedKey, sight: SiteSight): Promise<Problem[]> {
  const key = await sight.vaults.key(id);
  if (!key) return [error(what, 'not there', 'an enabled key', redeploy(sight.site))];
  // Of a key that is about to be deleted KMS tells nothing more.
  if (key.KeyState !== 'Enabled') return [error(what, `${key.KeyState}`, 'Enabled', remedyOf(key))];
  if (policy === undefined) return [];
  const KeyId = key.KeyId ?? id;
  const { KeyRotationEnabled } = await ask('kms:GetKeyRotationStatus', () =>
    sight.kms.send(new GetKeyRotationStatusCommand({ KeyId })),
  );
  const { Policy = '{}' } = await ask('kms:GetKeyPolicy', () =>
    sight.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
  );
  const difference = policyDifference(JSON.parse(Policy), policy);
  return [
    ...(KeyRotationEnabled ? [] : [warning(`rotation of ${what}`, 'off', 'on', redeploy(sight.site))]),
    ...(difference
      ? [error(`policy of ${what}`, differenceText(difference), 'as the config has it', redeploy(sight.site))]
      : []),
  ];
}

const remedyOf = ({ KeyId, KeyState }: KeyMetadata) =>
  KeyState === 'PendingDeletion'
    ? `aws kms cancel-key-deletion and enable-key --key-id ${KeyId}, before the date: what it encrypts is lost after that`
    : `aws kms enable-key --key-id ${KeyId}`;
