import {
  type BackupClient,
  DescribeBackupVaultCommand,
  GetBackupVaultAccessPolicyCommand,
  ListTagsCommand,
  paginateListBackupVaults,
} from '@aws-sdk/client-backup';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { listAll } from '../live/list-all';
import type { FoundVault } from './inventory';

const AT_A_TIME = 4;

/** Vaults that AWS makes by itself, and nobody adopts: of every account, and of EFS's automatic backups. */
const OF_AWS = /^(?:default|aws\/.*)$/i;

/** Every vault of an account and Region but AWS's own. */
export async function readVaults(client: BackupClient): Promise<FoundVault[]> {
  const listed = await listAll(
    'backup:ListBackupVaults',
    () => paginateListBackupVaults({ client }, {}),
    ({ BackupVaultList }) => BackupVaultList,
  );
  const names = listed.flatMap(({ BackupVaultName = '' }) => (OF_AWS.test(BackupVaultName) ? [] : [BackupVaultName]));
  return inParallel(AT_A_TIME, names, (name) => readVault(client, name));
}

async function readVault(client: BackupClient, name: string): Promise<FoundVault> {
  const BackupVaultName = name;
  const vault = await ask('backup:DescribeBackupVault', () =>
    client.send(new DescribeBackupVaultCommand({ BackupVaultName })),
  );
  const arn = vault.BackupVaultArn ?? '';
  const policy = await ask<{ readonly Policy?: string | undefined }>(
    'backup:GetBackupVaultAccessPolicy',
    () => client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName })),
    { ResourceNotFoundException: {} },
  );
  return {
    name,
    arn,
    isAirGapped: vault.VaultType === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
    keyArn: vault.EncryptionKeyArn,
    recoveryPoints: vault.NumberOfRecoveryPoints ?? 0,
    lock: vault.Locked
      ? {
          minRetentionDays: vault.MinRetentionDays,
          maxRetentionDays: vault.MaxRetentionDays,
          lockDate: vault.LockDate,
        }
      : undefined,
    policy: policy.Policy,
    tags: await tagsOf(client, arn),
  };
}

const tagsOf = (client: BackupClient, arn: string) =>
  ask('backup:ListTags', async () => {
    const tags: Record<string, string> = {};
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListTagsCommand({ ResourceArn: arn, ...(NextToken ? { NextToken } : {}) }));
      Object.assign(tags, page.Tags);
      NextToken = page.NextToken;
    } while (NextToken);
    return tags;
  });
