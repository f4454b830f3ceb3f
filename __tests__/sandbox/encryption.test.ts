import {
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  DescribeCopyJobCommand,
  DescribeRecoveryPointCommand,
  StartBackupJobCommand,
  StartCopyJobCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { type Running, SOURCE, startBackup } from './backup-client';

const ROLE = `arn:aws:iam::${SOURCE}:role/backup`;
const keyOf = (name: string) =>
  `arn:aws:kms:us-east-1:${SOURCE}:key/${name.padEnd(8, '0')}-1111-4111-8111-111111111111`;
const [MAIN, OTHER, OWN] = ['a', 'b', 'c'].map(keyOf);
const vaultArn = (name: string) => `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:${name}`;

const ARNS: Readonly<Record<string, string>> = {
  EBS: `arn:aws:ec2:us-east-1:${SOURCE}:volume/vol-1`,
  EC2: `arn:aws:ec2:us-east-1:${SOURCE}:instance/i-1`,
  RDS: `arn:aws:rds:us-east-1:${SOURCE}:db:one`,
  Aurora: `arn:aws:rds:us-east-1:${SOURCE}:cluster:one`,
  Neptune: `arn:aws:rds:us-east-1:${SOURCE}:cluster:two`,
  EFS: `arn:aws:elasticfilesystem:us-east-1:${SOURCE}:file-system/fs-1`,
  DynamoDB: `arn:aws:dynamodb:us-east-1:${SOURCE}:table/one`,
  S3: 'arn:aws:s3:::one',
};

let backup: Running;
let keyArn: string | undefined;
const client = () => backup.clientOf(SOURCE);

beforeAll(async () => {
  backup = await startBackup({
    resources: () => Object.entries(ARNS).map(([type, arn]) => ({ arn, type, tags: {}, sizeInBytes: 1, keyArn })),
  });
  await client().send(new CreateBackupVaultCommand({ BackupVaultName: 'main', EncryptionKeyArn: MAIN }));
  await client().send(new CreateBackupVaultCommand({ BackupVaultName: 'other', EncryptionKeyArn: OTHER }));
  const days = { MinRetentionDays: 7, MaxRetentionDays: 400 };
  await client().send(new CreateLogicallyAirGappedBackupVaultCommand({ BackupVaultName: 'gap', ...days }));
  const managed = { ResourceTypeManagementPreference: { DynamoDB: true } };
  await client().send(new UpdateRegionSettingsCommand(managed));
});
afterAll(() => backup.stop());

const backUp = async (type: string) => {
  const given = {
    BackupVaultName: 'main',
    ResourceArn: ARNS[type],
    IamRoleArn: ROLE,
    Lifecycle: { DeleteAfterDays: 35 },
  };
  const { BackupJobId = '' } = await client().send(new StartBackupJobCommand(given));
  await backup.world.settled();
  return backup.world.place(SOURCE, 'us-east-1').backupJobs.get(BackupJobId)?.RecoveryPointArn;
};
const copy = async (RecoveryPointArn: string | undefined, to: string) => {
  const ends = { SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn(to) };
  const { CopyJobId } = await client().send(new StartCopyJobCommand({ RecoveryPointArn, IamRoleArn: ROLE, ...ends }));
  await backup.world.settled();
  return (await client().send(new DescribeCopyJobCommand({ CopyJobId }))).CopyJob ?? {};
};
const keyIn = async (BackupVaultName: string, RecoveryPointArn: string | undefined) =>
  (await client().send(new DescribeRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }))).EncryptionKeyArn;

/**
 * Of each type: the key of a backup and of its copy, and whether an air-gapped vault takes it.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
test.each<[string, string, string | undefined, string | undefined, string | undefined, boolean]>([
  ['EBS', 'encrypted', OWN, OWN, OTHER, true],
  ['EBS', 'open', undefined, undefined, OTHER, true],
  ['EC2', 'open', undefined, undefined, OTHER, true],
  ['RDS', 'encrypted', OWN, OWN, OTHER, false],
  ['RDS', 'open', undefined, undefined, OTHER, false],
  ['Aurora', 'encrypted', OWN, OWN, OTHER, true],
  ['Aurora', 'open', undefined, undefined, undefined, false],
  ['Neptune', 'open', undefined, undefined, undefined, false],
  ['EFS', 'encrypted', OWN, MAIN, OTHER, true],
  ['EFS', 'open', undefined, MAIN, OTHER, true],
  ['DynamoDB', 'encrypted', OWN, MAIN, OTHER, true],
  ['S3', 'open', undefined, MAIN, OTHER, true],
])('%s that is %s', async (type, _, own, backupKey, copyKey, fitsAirGapped) => {
  keyArn = own;
  const made = await backUp(type);
  const copied = await copy(made, 'other');
  const sealed = await copy(made, 'gap');

  expect(await keyIn('main', made)).toBe(backupKey);
  expect(copied.State).toBe('COMPLETED');
  expect(await keyIn('other', copied.DestinationRecoveryPointArn)).toBe(copyKey);
  const refusal = expect.stringContaining('cannot be copied to a logically air-gapped vault');
  expect(sealed).toMatchObject(fitsAirGapped ? { State: 'COMPLETED' } : { State: 'FAILED', StatusMessage: refusal });
});
