import {
  BackupClient,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DeleteRecoveryPointCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  UpdateRecoveryPointLifecycleCommand,
} from '@aws-sdk/client-backup';
import {
  DescribeKeyCommand,
  DisableKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { Credentials } from '../../sandbox/trial/identities';
import type { Trial } from '../../sandbox/trial/trial';

/** A vault that somebody tampers with, and who that is. */
export interface Target {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly vault: string;
  readonly recoveryPointArn: string;
  readonly keyArn: string;
}

const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

/** What somebody tries in order to lose copies, each with the real SDK. */
const ATTEMPTS: Readonly<Record<string, (target: Target, backup: BackupClient, kms: KMSClient) => Promise<unknown>>> = {
  'delete a recovery point': ({ vault, recoveryPointArn }, backup) =>
    backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: vault, RecoveryPointArn: recoveryPointArn })),
  'shorten a recovery point': ({ vault, recoveryPointArn }, backup) =>
    backup.send(
      new UpdateRecoveryPointLifecycleCommand({
        BackupVaultName: vault,
        RecoveryPointArn: recoveryPointArn,
        Lifecycle: { DeleteAfterDays: 8 },
      }),
    ),
  'remove the policy of the vault': ({ vault }, backup) =>
    backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName: vault })),
  'open the policy of the vault': ({ vault }, backup) =>
    backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName: vault, Policy: OPEN })),
  'remove the lock': ({ vault }, backup) =>
    backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName: vault })),
  'loosen the lock': ({ vault }, backup) =>
    backup.send(new PutBackupVaultLockConfigurationCommand({ BackupVaultName: vault, MinRetentionDays: 1 })),
  'delete the vault': ({ vault }, backup) => backup.send(new DeleteBackupVaultCommand({ BackupVaultName: vault })),
  'delete the key': ({ keyArn }, _, kms) =>
    kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyArn, PendingWindowInDays: 7 })),
  'disable the key': ({ keyArn }, _, kms) => kms.send(new DisableKeyCommand({ KeyId: keyArn })),
  'open the policy of the key': ({ keyArn }, _, kms) =>
    kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'default', Policy: OPEN })),
};

/** Tries everything; by attempt, the name of the error that AWS answers with, or that it went well. */
export async function tamper(target: Target, attempts = Object.keys(ATTEMPTS)): Promise<Record<string, string>> {
  const { endpoint, region, credentials } = target;
  const backup = new BackupClient({ endpoint, region, credentials });
  const kms = new KMSClient({ endpoint, region, credentials });
  const answers: Record<string, string> = {};
  for (const name of attempts)
    answers[name] = await (ATTEMPTS[name]?.(target, backup, kms) ?? Promise.reject(new Error(name))).then(
      () => 'done',
      (error: Error) => error.name,
    );
  backup.destroy();
  kms.destroy();
  return answers;
}

/** What there is to lose in a vault and its key; the same text means that nothing was lost. */
export async function belongings(
  { aws, operators }: Trial,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  vaultName: string,
): Promise<string> {
  const vault = aws.backup.world.place(accountId, region).vaults.get(vaultName);
  const kms = new KMSClient({ endpoint: aws.url, region, credentials: await operators.of(accountId) });
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: vault?.keyArn }));
  kms.destroy();
  return JSON.stringify([vault, [...(vault?.recoveryPoints.values() ?? [])], KeyMetadata?.KeyState]);
}
