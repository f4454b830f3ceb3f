import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
} from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import type { Trial } from '../../sandbox/trial/trial';

const SOURCE = { accountId: '111111111111', region: 'us-east-1' };
const DESTINATION = { accountId: '222222222222', region: 'eu-west-1' };
const MANAGED = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor';

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** Builds what somebody has built in the accounts of adopt.yaml, under names of their own; the ARNs of the keys. */
export async function buildByHand({ aws, operators }: Trial): Promise<string[]> {
  const endpoint = aws.url;
  const of = async ({ accountId, region }: typeof SOURCE) => {
    const config = { endpoint, region, credentials: await operators.of(accountId) };
    return { backup: new BackupClient(config), iam: new IAMClient(config), kms: new KMSClient(config) };
  };
  const destination = await of(DESTINATION);
  const destinationKeyArn = await makeKey(destination.kms, 'alias/central');
  await destination.backup.send(
    new CreateBackupVaultCommand({ BackupVaultName: 'central-copies', EncryptionKeyArn: destinationKeyArn }),
  );
  await destination.backup.send(
    new PutBackupVaultAccessPolicyCommand({
      BackupVaultName: 'central-copies',
      Policy: policy({
        Sid: 'LetProductionIn',
        Effect: 'Allow',
        Principal: { AWS: SOURCE.accountId },
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
      }),
    }),
  );
  await destination.backup.send(
    new PutBackupVaultLockConfigurationCommand({
      BackupVaultName: 'central-copies',
      MinRetentionDays: 7,
      MaxRetentionDays: 400,
    }),
  );
  await makeRole(destination.iam, 'Restorer', 'Restores');

  const source = await of(SOURCE);
  const EncryptionKeyArn = await makeKey(source.kms, 'alias/local-backups');
  await source.backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'local-backups', EncryptionKeyArn }));
  await source.backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'experiments', EncryptionKeyArn }));
  const IamRoleArn = await makeRole(source.iam, 'NightlyBackup', 'Backup');
  await makePlan(source.backup, IamRoleArn);

  const management = new OrganizationsClient({ endpoint, region: 'us-east-1', credentials: operators.management });
  await management.send(
    new RegisterDelegatedAdministratorCommand({
      AccountId: DESTINATION.accountId,
      ServicePrincipal: 'backup.amazonaws.com',
    }),
  );
  const { Policy } = await management.send(
    new CreatePolicyCommand({
      Name: 'cab-guardrails-1',
      Description: 'an earlier try',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: policy({ Effect: 'Deny', Action: 'backup:DeleteBackupVault', Resource: '*' }),
    }),
  );
  await management.send(
    new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: DESTINATION.accountId }),
  );
  return [destinationKeyArn, EncryptionKeyArn];
}

async function makeKey(kms: KMSClient, AliasName: string): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'made by hand' }));
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
  return KeyMetadata?.Arn ?? '';
}

async function makeRole(iam: IAMClient, RoleName: string, purpose: 'Backup' | 'Restores'): Promise<string> {
  const trust = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `${MANAGED}${purpose}` }));
  return Role?.Arn ?? '';
}

async function makePlan(backup: BackupClient, IamRoleArn: string): Promise<void> {
  const central = `arn:aws:backup:${DESTINATION.region}:${DESTINATION.accountId}:backup-vault:central-copies`;
  const { BackupPlanId } = await backup.send(
    new CreateBackupPlanCommand({
      BackupPlan: {
        BackupPlanName: 'nightly',
        Rules: [
          {
            RuleName: 'every-night',
            TargetBackupVaultName: 'local-backups',
            ScheduleExpression: 'cron(0 3 ? * * *)',
            Lifecycle: { DeleteAfterDays: 35 },
            CopyActions: [{ DestinationBackupVaultArn: central, Lifecycle: { DeleteAfterDays: 365 } }],
          },
        ],
      },
    }),
  );
  await backup.send(
    new CreateBackupSelectionCommand({
      BackupPlanId,
      BackupSelection: {
        SelectionName: 'tagged',
        IamRoleArn,
        Resources: ['arn:aws:elasticfilesystem:*:*:file-system/*'],
        Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/Backup', ConditionValue: 'true' }] },
      },
    }),
  );
}
