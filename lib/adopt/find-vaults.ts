import { changed, policyChanges, tagChanges } from './compare';
import { type Finder, keyArnOf, refused, taken, textOf, vaultNamed } from './existing';

export const findVault: Finder = (resource, sight) => {
  const name = textOf(resource, 'name');
  const vault = vaultNamed(resource, name, sight);
  if (!vault) return undefined;
  if (vault.isAirGapped) return refused(`${name} is an air-gapped vault: let this one have another name`);
  if (keyArnOf(resource.block.kms_key_arn, sight) !== vault.keyArn)
    return refused(
      `the key of ${name} is ${vault.keyArn}, and a vault keeps its key: write it as keyArn, give it the alias of the config, or let another vault be made by another name (docs/decisions/0017-generations.md)`,
    );
  return taken(name, tagChanges(vault.tags, resource.tags));
};

export const findAirGappedVault: Finder = (resource, sight) => {
  const { block, tags } = resource;
  const name = textOf(resource, 'name');
  const vault = vaultNamed(resource, name, sight);
  if (!vault) return undefined;
  if (!vault.isAirGapped) return refused(`${name} is no air-gapped vault: let this one have another name`);
  const fixed = [
    ...changed('minRetentionDays', vault.lock?.minRetentionDays, block.min_retention_days),
    ...changed('maxRetentionDays', vault.lock?.maxRetentionDays, block.max_retention_days),
    ...(block.encryption_key_arn === undefined
      ? []
      : changed('key', vault.keyArn, keyArnOf(block.encryption_key_arn, sight))),
  ];
  if (fixed.length > 0)
    return refused(`an air-gapped vault stays as it was made (${fixed.join('; ')}): write its own values`);
  return taken(name, tagChanges(vault.tags, tags));
};

export const findVaultPolicy: Finder = (resource, sight) => {
  const name = textOf(resource, 'backup_vault_name');
  const vault = vaultNamed(resource, name, sight);
  if (vault?.policy === undefined) return undefined;
  return taken(name, policyChanges('access policy', vault.policy, resource.block.policy));
};

/** A governance lock that is other is not imported: made anew it is put over what is there, and never taken off. */
export const findLock: Finder = (resource, sight) => {
  const { block } = resource;
  const name = textOf(resource, 'backup_vault_name');
  const lock = vaultNamed(resource, name, sight)?.lock;
  if (!lock) return undefined;
  const changes = [
    ...changed('minRetentionDays', lock.minRetentionDays, block.min_retention_days),
    ...changed('maxRetentionDays', lock.maxRetentionDays, block.max_retention_days),
    ...changed('mode', modeOf(lock.lockDate), modeOf(block.changeable_for_days)),
  ];
  if (changes.length === 0) return taken(name);
  if (lock.lockDate === undefined) return { importId: undefined, changes };
  return refused(
    `the lock of ${name} is for good from ${lock.lockDate.toISOString()} on (${changes.join('; ')}): write its own mode and bounds as lock, and leave them behind by generations (docs/decisions/0017-generations.md)`,
  );
};

const modeOf = (end: unknown) => (end === undefined || end === null ? 'governance' : 'compliance');
