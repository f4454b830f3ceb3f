import { type BackupVaultListMember, GetBackupVaultAccessPolicyCommand } from '@aws-sdk/client-backup';
import { ask } from '../../live/ask';
import type { VaultLock } from '../../topology/topology';
import { type CheckOf, redeploy, type SiteSight } from '../check';
import { differenceText, policyDifference } from '../compare-policies';
import { error, type Problem, warning } from '../finding';
import { type ExpectedVault, expectedVaults } from '../vaults';

/** The vaults, with their keys, locks and policies. */
export const vaults: CheckOf<'site'> = {
  name: 'vaults',
  of: 'site',
  problems: async (sight) => {
    const expected = expectedVaults(sight.site, sight.topology.organization.id);
    return (await Promise.all(expected.map((vault) => problemsOf(vault, sight)))).flat();
  },
};

async function problemsOf(expected: ExpectedVault, sight: SiteSight): Promise<Problem[]> {
  const { vaultName, isAirGapped } = expected;
  const what = `vault ${vaultName}`;
  const found = await sight.vaults.named(vaultName);
  if (!found) return [error(what, 'not there', 'a vault of this name', redeploy(sight.site))];
  const isOfType = (found.VaultType === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT') === isAirGapped;
  return [
    ...(isOfType
      ? []
      : [error(what, `is ${found.VaultType}`, isAirGapped ? 'air-gapped' : 'a vault of the usual type', ANOTHER_NAME)]),
    ...(await keyProblems(what, found, expected, sight)),
    ...lockProblems(what, found, expected, redeploy(sight.site)),
    ...(await policyProblems(expected, sight)),
  ];
}

const ANOTHER_NAME = 'give the vault of the config another name: a type cannot be changed';

async function keyProblems(
  what: string,
  { EncryptionKeyArn }: BackupVaultListMember,
  { key }: ExpectedVault,
  { vaults: live }: SiteSight,
): Promise<Problem[]> {
  if (!key) return [];
  const arn = 'alias' in key ? (await live.key(key.alias))?.Arn : key.existingKeyArn;
  // A key that is not there is the concern of another check.
  if (arn === undefined || arn === EncryptionKeyArn) return [];
  const name = 'alias' in key ? `${arn} (${key.alias})` : arn;
  const remedy = 'begin a new generation of the vault: the key of a vault cannot be changed';
  return [error(`key of ${what}`, `${EncryptionKeyArn}`, name, remedy)];
}

function lockProblems(
  vault: string,
  { Locked = false, MinRetentionDays, MaxRetentionDays, LockDate }: BackupVaultListMember,
  { lock, isAirGapped }: ExpectedVault,
  remedy: string,
): Problem[] {
  const what = `lock of ${vault}`;
  const bounds = `${MinRetentionDays ?? 1} to ${MaxRetentionDays ?? 36_500} days`;
  if (!lock)
    return Locked
      ? [warning(what, bounds, 'none', 'take it off, or put it into the config: jobs outside of its bounds fail')]
      : [];
  const wanted = boundsOf(lock);
  if (!Locked) return [error(what, 'none', wanted, remedy)];
  const isForEver = lock.changeableForDays !== undefined;
  return [
    ...(bounds === wanted ? [] : [error(what, bounds, wanted, remedy)]),
    // AWS's own vaults are locked for ever from the start, whatever date they tell.
    ...(isAirGapped || isForEver === (LockDate !== undefined)
      ? []
      : [error(what, modeOf(!isForEver), modeOf(isForEver), isForEver ? remedy : CANNOT_GO_BACK)]),
  ];
}

const boundsOf = ({ minRetentionDays, maxRetentionDays }: VaultLock) =>
  `${minRetentionDays} to ${maxRetentionDays} days`;

const modeOf = (isForEver: boolean) => (isForEver ? 'compliance mode' : 'governance mode');

const CANNOT_GO_BACK = 'take it off before its date, after which nobody can, or put it into the config';

async function policyProblems({ vaultName, policy }: ExpectedVault, { site, backup }: SiteSight): Promise<Problem[]> {
  const { Policy } = await ask<{ Policy?: string | undefined }>(
    'backup:GetBackupVaultAccessPolicy',
    () => backup.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: vaultName })),
    { ResourceNotFoundException: {} },
  );
  const what = `policy of vault ${vaultName}`;
  if (Policy === undefined) return [error(what, 'none', 'as the config has it', redeploy(site))];
  const difference = policyDifference(JSON.parse(Policy), policy);
  return difference ? [error(what, differenceText(difference), 'as the config has it', redeploy(site))] : [];
}
