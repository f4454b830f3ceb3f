import { backupArn, parseVaultArn } from './arns';
import { invalidValue, vaultExists, vaultNotEmpty } from './errors';
import { page, vaultOf } from './lookups';
import type { Call, Handlers } from './operations';
import type { Vault } from './place';
import { isLocked } from './vault-lock';

/**
 * The shortest retention that an air-gapped vault may ask for.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateLogicallyAirGappedBackupVault.html
 */
const AIR_GAPPED_MINIMUM_DAYS = 7;

/** Vaults of both types: made, described, listed, deleted. */
export const vaultHandlers = {
  CreateBackupVault: ({ BackupVaultName: name, EncryptionKeyArn, BackupVaultTags, CreatorRequestId }, call) => {
    const vault = add(call, BackupVaultTags, {
      ...vaultFrame(call, name, CreatorRequestId, EncryptionKeyArn),
      type: 'BACKUP_VAULT',
      lock: undefined,
    });
    return { BackupVaultName: vault.name, BackupVaultArn: vault.arn, CreationDate: vault.created };
  },

  CreateLogicallyAirGappedBackupVault: (
    { BackupVaultName: name, BackupVaultTags, CreatorRequestId, MinRetentionDays, MaxRetentionDays, EncryptionKeyArn },
    call,
  ) => {
    if (MinRetentionDays < AIR_GAPPED_MINIMUM_DAYS)
      throw invalidValue(`Minimum retention period must be at least ${AIR_GAPPED_MINIMUM_DAYS} days`);
    if (MaxRetentionDays < MinRetentionDays)
      throw invalidValue('Maximum retention period cannot be less than minimum retention period');
    const vault = add(call, BackupVaultTags, {
      ...vaultFrame(call, name, CreatorRequestId, EncryptionKeyArn),
      type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
      lock: { minRetentionDays: MinRetentionDays, maxRetentionDays: MaxRetentionDays, lockDate: call.now },
    });
    const { arn, created } = vault;
    return { BackupVaultName: name, BackupVaultArn: arn, CreationDate: created, VaultState: 'AVAILABLE' };
  },

  DescribeBackupVault: ({ BackupVaultName, BackupVaultAccountId }, call) => {
    const name = BackupVaultAccountId === undefined || BackupVaultAccountId === call.accountId ? BackupVaultName : '';
    return describe(vaultOf(call, name));
  },

  ListBackupVaults: ({ ByVaultType, MaxResults, NextToken }, call) => {
    const all = [...call.place.vaults.values()].filter(({ type }) => ByVaultType === undefined || type === ByVaultType);
    const { items, NextToken: next } = page(all, { MaxResults, NextToken });
    return { BackupVaultList: items.map(describe), NextToken: next };
  },

  DeleteBackupVault: ({ BackupVaultName }, call) => {
    const vault = vaultOf(call, BackupVaultName);
    if (vault.recoveryPoints.size > 0) throw vaultNotEmpty();
    call.place.vaults.delete(vault.name);
    call.place.tags.delete(vault.arn);
    return {};
  },
} satisfies Handlers;

function vaultFrame(call: Call, name: string, creatorRequestId: string | undefined, keyArn: string | undefined) {
  const { accountId, region, now } = call;
  if (keyArn !== undefined && keyArn.split(':')[3] !== region)
    throw invalidValue(`The encryption key ${keyArn} is not in the Region of the backup vault`, keyArn);
  return {
    name,
    arn: backupArn({ accountId, region }, `backup-vault:${name}`),
    accountId,
    region,
    keyArn: keyArn ?? serviceKeyArn(call),
    hasServiceKey: keyArn === undefined,
    created: now,
    creatorRequestId,
    policy: undefined,
    notifications: undefined,
    recoveryPoints: new Map(),
  };
}

/** A vault that is asked for again by the same request is the same vault. */
function add({ place }: Call, tags: Readonly<Record<string, string>> | undefined, vault: Vault): Vault {
  const standing = place.vaults.get(vault.name);
  if (standing && vault.creatorRequestId !== undefined && standing.creatorRequestId === vault.creatorRequestId)
    return standing;
  if (standing) throw vaultExists(vault.name);
  if (!parseVaultArn(vault.arn)) throw invalidValue(`Invalid backup vault name: ${vault.name}`, vault.name);
  place.vaults.set(vault.name, vault);
  place.tags.set(vault.arn, { ...tags });
  return vault;
}

/** AWS Backup's own key of the account; the sandbox has one id for it. */
const serviceKeyArn = ({ accountId, region }: Call) =>
  backupArn({ accountId, region }, 'key/00000000-0000-4000-8000-000000000000').replace(':backup:', ':kms:');

function describe(vault: Vault) {
  const { lock } = vault;
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    VaultType: vault.type,
    VaultState: 'AVAILABLE' as const,
    EncryptionKeyArn: vault.keyArn,
    EncryptionKeyType: vault.hasServiceKey ? ('AWS_OWNED_KMS_KEY' as const) : ('CUSTOMER_MANAGED_KMS_KEY' as const),
    CreationDate: vault.created,
    CreatorRequestId: vault.creatorRequestId,
    NumberOfRecoveryPoints: vault.recoveryPoints.size,
    Locked: isLocked(vault),
    MinRetentionDays: lock?.minRetentionDays,
    MaxRetentionDays: lock?.maxRetentionDays,
    LockDate: lock?.lockDate,
  };
}
