import { vaultArn } from '../aws/arn';
import type { VaultLock } from '../topology/topology';
import type { DeployedVault } from './deployed';
import { once, type Placed, type PlacedResources, policyOf } from './placed';
import { ProofError } from './proof-error';

/**
 * Every vault of the stacks, standard or air-gapped, with its policy and its lock.
 * @throws ProofError where a vault has two policies, or Terraform would empty a locked one to destroy it
 */
export function readVaults(resources: PlacedResources): DeployedVault[] {
  const ofVault = (placed: Placed) => vaultArn(placed, String(placed.block.backup_vault_name));
  const policies = once(
    resources
      .all('aws_backup_vault_policy')
      .map((placed) => [ofVault(placed), policyOf(placed, placed.block.policy)] as const),
  );
  const locks = new Map<string, VaultLock>();
  for (const [arn, lock] of resources
    .all('aws_backup_vault_lock_configuration')
    .map((placed) => [ofVault(placed), lockOf(placed, placed.block.changeable_for_days)] as const)) {
    if (locks.has(arn)) throw new ProofError(`${arn} has two locks, of which the last deployed wins`);
    locks.set(arn, lock);
  }
  const standard = resources.all('aws_backup_vault').map((placed): DeployedVault => {
    const { block, accountId, region, tags, stack, id } = placed;
    const arn = vaultArn(placed, String(block.name));
    const lock = locks.get(arn);
    if (![undefined, null, false].includes(block.force_destroy as undefined) && lock) {
      throw new ProofError(`${stack}.${id} has force_destroy beside a lock: recovery points would go with the vault`);
    }
    return { arn, accountId, region, tags, keyArn: keyOf(block.kms_key_arn), policy: policies.get(arn), lock };
  });
  const airGapped = resources.all('aws_backup_logically_air_gapped_vault').map((placed): DeployedVault => {
    const { block, accountId, region, tags } = placed;
    const arn = vaultArn(placed, String(block.name));
    const keyArn = keyOf(block.encryption_key_arn);
    return { arn, accountId, region, tags, keyArn, policy: policies.get(arn), lock: lockOf(placed, 0) };
  });
  return [...standard, ...airGapped];
}

const keyOf = (arn: unknown) => (typeof arn === 'string' ? arn : undefined);

const lockOf = ({ block }: Placed, changeableForDays: unknown): VaultLock => ({
  minRetentionDays: Number(block.min_retention_days),
  maxRetentionDays: Number(block.max_retention_days),
  changeableForDays: typeof changeableForDays === 'number' ? changeableForDays : undefined,
});

/** What is wrong with the lock of a vault, in a line; undefined when it is as the config has it. */
export function lockComplaint({ arn, lock }: DeployedVault, promised: VaultLock | undefined): string | undefined {
  const shown = (one: VaultLock | undefined) =>
    one
      ? `${one.minRetentionDays} to ${one.maxRetentionDays} days, ${one.changeableForDays === undefined ? 'removable' : `for good after ${one.changeableForDays} days`}`
      : 'no lock';
  if (promised === undefined) return undefined;
  const isAsPromised =
    lock?.minRetentionDays === promised.minRetentionDays &&
    lock.maxRetentionDays === promised.maxRetentionDays &&
    lock.changeableForDays === promised.changeableForDays;
  return isAsPromised ? undefined : `${arn} must be locked for ${shown(promised)}, and has ${shown(lock)}`;
}
