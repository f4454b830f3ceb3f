import {
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DescribeBackupJobCommand,
  DescribeCopyJobCommand,
  DescribeProtectedResourceCommand,
  DescribeRecoveryPointCommand,
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  GetRestoreJobMetadataCommand,
  ListBackupJobsCommand,
  ListCopyJobsCommand,
  ListProtectedResourcesByBackupVaultCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRecoveryPointsByResourceCommand,
  ListRestoreJobsCommand,
  PutBackupVaultLockConfigurationCommand,
  StartBackupJobCommand,
  StartCopyJobCommand,
  StartRestoreJobCommand,
  StopBackupJobCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import type { BackupEvent, CopyRequest, Resource } from '../../sandbox/backup-api/seams';
import { DESTINATION, MANAGEMENT, OUTSIDER, type Running, SOURCE, startBackup } from './backup-client';

const ROLE = `arn:aws:iam::${SOURCE}:role/backup`;
const VOLUME = `arn:aws:ec2:us-east-1:${SOURCE}:volume/vol-1`;
const keyOf = (account: string, region: string) =>
  `arn:aws:kms:${region}:${account}:key/11111111-1111-4111-8111-111111111111`;
const COPIES = `arn:aws:backup:eu-west-1:${DESTINATION}:backup-vault:copies`;

const TABLE = `arn:aws:dynamodb:us-east-1:${SOURCE}:table/orders`;
const RESOURCES: readonly Resource[] = [
  { arn: VOLUME, type: 'EBS', tags: { Backup: 'true' }, sizeInBytes: 1024, keyArn: keyOf(SOURCE, 'us-east-1') },
  { arn: TABLE, type: 'DynamoDB', tags: {}, sizeInBytes: 1, keyArn: undefined },
];

let backup: Running;
let now: Date;
let events: BackupEvent[];
let denial: string | undefined;
let asked: CopyRequest[];

beforeEach(async () => {
  now = new Date('2026-11-21T03:00:00Z');
  [events, denial, asked] = [[], undefined, []];
  backup = await startBackup({
    clock: () => now,
    resources: (accountId) => (accountId === SOURCE ? RESOURCES : []),
    onEvent: (event) => void events.push(event),
    permitCopy: (copy) => {
      asked.push(copy);
      return denial;
    },
  });
  const switchOn = { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } };
  await backup.clientOf(MANAGEMENT).send(new UpdateGlobalSettingsCommand(switchOn));
  await makeVault(SOURCE, 'us-east-1', 'main');
  await makeVault(DESTINATION, 'eu-west-1', 'copies');
});
afterEach(() => backup.stop());

const makeVault = (
  account: string,
  region: string,
  BackupVaultName: string,
  EncryptionKeyArn = keyOf(account, region),
) => backup.clientOf(account, region).send(new CreateBackupVaultCommand({ BackupVaultName, EncryptionKeyArn }));

async function backUp(ResourceArn = VOLUME, more = {}) {
  const client = backup.clientOf(SOURCE);
  const given = { BackupVaultName: 'main', ResourceArn, IamRoleArn: ROLE, Lifecycle: { DeleteAfterDays: 35 }, ...more };
  const { BackupJobId } = await client.send(new StartBackupJobCommand(given));
  await backup.world.settled();
  return client.send(new DescribeBackupJobCommand({ BackupJobId }));
}

async function copyTo(DestinationBackupVaultArn: string, RecoveryPointArn = '', more = {}) {
  const client = backup.clientOf(SOURCE);
  const given = {
    SourceBackupVaultName: 'main',
    IamRoleArn: ROLE,
    DestinationBackupVaultArn,
    RecoveryPointArn,
    ...more,
  };
  const { CopyJobId } = await client.send(new StartCopyJobCommand(given));
  await backup.world.settled();
  return (await client.send(new DescribeCopyJobCommand({ CopyJobId }))).CopyJob ?? {};
}

describe('a backup job', () => {
  test('ends in a recovery point with its expiry', async () => {
    const job = await backUp();
    const RecoveryPointArn = job.RecoveryPointArn ?? '';
    const client = backup.clientOf(SOURCE);

    expect(job).toMatchObject({ State: 'COMPLETED', ResourceType: 'EBS', PercentDone: '100.0' });
    expect(RecoveryPointArn).toMatch(/^arn:aws:ec2:us-east-1::snapshot\/snap-/);
    expect(
      await client.send(new DescribeRecoveryPointCommand({ BackupVaultName: 'main', RecoveryPointArn })),
    ).toMatchObject({
      Status: 'COMPLETED',
      EncryptionKeyArn: keyOf(SOURCE, 'us-east-1'),
      CalculatedLifecycle: { DeleteAt: new Date('2026-12-26T03:00:00Z') },
    });
    const { Results } = await client.send(new ListProtectedResourcesCommand({}));
    expect(Results?.map(({ ResourceArn }) => ResourceArn)).toEqual([VOLUME]);
    const here = new ListProtectedResourcesByBackupVaultCommand({ BackupVaultName: 'main' });
    expect((await client.send(here)).Results).toHaveLength(1);
    const one = await client.send(new DescribeProtectedResourceCommand({ ResourceArn: VOLUME }));
    expect(one.LastRecoveryPointArn).toBe(RecoveryPointArn);
    const byResource = await client.send(new ListRecoveryPointsByResourceCommand({ ResourceArn: VOLUME }));
    expect(byResource.RecoveryPoints).toHaveLength(1);
    const { BackupJobs } = await client.send(new ListBackupJobsCommand({ ByState: 'COMPLETED' }));
    expect(BackupJobs).toHaveLength(1);
  });

  test('can be stopped as long as it runs', async () => {
    const slow = await startBackup({ resources: () => RESOURCES, jobDelayMilliseconds: 300 });
    const client = slow.clientOf(SOURCE);
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    const given = { BackupVaultName: 'main', ResourceArn: VOLUME, IamRoleArn: ROLE };
    const { BackupJobId } = await client.send(new StartBackupJobCommand(given));
    const stop = () => client.send(new StopBackupJobCommand({ BackupJobId }));
    await stop();
    await slow.world.settled();

    expect(await client.send(new DescribeBackupJobCommand({ BackupJobId }))).toMatchObject({ State: 'ABORTED' });
    await expect(stop()).rejects.toThrow('in state ABORTED');
    await slow.stop();
  });

  test('fails at once of what is not there', async () => {
    await expect(backUp('arn:aws:s3:::none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test.each([
    ['shorter', 6],
    ['longer', 401],
  ])('fails when its retention is %s than the lock of the vault allows', async (_, DeleteAfterDays) => {
    const lock = { BackupVaultName: 'main', MinRetentionDays: 7, MaxRetentionDays: 400 };
    await backup.clientOf(SOURCE).send(new PutBackupVaultLockConfigurationCommand(lock));

    expect(await backUp(VOLUME, { Lifecycle: { DeleteAfterDays } })).toMatchObject({
      State: 'FAILED',
      StatusMessage: `The retention is ${DeleteAfterDays} days, and the Vault Lock of main allows 7 to 400 days`,
    });
  });
});

describe('a copy job', () => {
  test('ends in a recovery point of the other account under its key, counted from the backup', async () => {
    const { RecoveryPointArn = '' } = await backUp();
    now = new Date('2026-11-22T03:00:00Z');
    const job = await copyTo(COPIES, RecoveryPointArn, { Lifecycle: { DeleteAfterDays: 365 } });

    expect(job).toMatchObject({ State: 'COMPLETED', AccountId: SOURCE, DestinationBackupVaultArn: COPIES });
    expect(asked[0]).toMatchObject({ roleArn: ROLE, source: { accountId: SOURCE }, destination: { arn: COPIES } });
    const there = backup.clientOf(DESTINATION, 'eu-west-1');
    const { RecoveryPoints } = await there.send(
      new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: 'copies' }),
    );
    expect(RecoveryPoints).toMatchObject([
      {
        RecoveryPointArn: job.DestinationRecoveryPointArn,
        SourceBackupVaultArn: `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`,
        EncryptionKeyArn: keyOf(DESTINATION, 'eu-west-1'),
        CalculatedLifecycle: { DeleteAt: new Date('2027-11-21T03:00:00Z') },
      },
    ]);
    const { CopyJobs } = await backup.clientOf(SOURCE).send(new ListCopyJobsCommand({ ByDestinationVaultArn: COPIES }));
    expect(CopyJobs).toHaveLength(1);
    expect((await there.send(new ListCopyJobsCommand({}))).CopyJobs).toEqual([]);
  });

  test('tells its states to the bus of the source', async () => {
    const { RecoveryPointArn = '' } = await backUp();
    await copyTo(COPIES, RecoveryPointArn);
    const told = events.filter(({ detailType }) => detailType === 'Copy Job State Change');

    expect(told.map(({ detail }) => detail.state)).toEqual(['CREATED', 'RUNNING', 'COMPLETED']);
    expect(told.every(({ accountId, region }) => accountId === SOURCE && region === 'us-east-1')).toBe(true);
    expect(told[0]).toMatchObject({ resources: [RecoveryPointArn], detail: { destinationRecoveryPointArn: {} } });
  });

  test.each([
    ['an account outside the organization', OUTSIDER, 'must be a member of the same organization'],
    ['a vault that is not there', DESTINATION, 'Access Denied'],
  ])('fails when it goes to %s', async (_, account, message) => {
    const { RecoveryPointArn = '' } = await backUp();
    await makeVault(OUTSIDER, 'eu-west-1', 'main');
    const to = `arn:aws:backup:eu-west-1:${account}:backup-vault:main`;
    expect(await copyTo(to, RecoveryPointArn)).toMatchObject({
      State: 'FAILED',
      StatusMessage: expect.stringContaining(message),
    });
  });

  test.each([
    ['the organization has copies across accounts switched off', 'not enabled for the current organization'],
    ['the seam refuses it', 'no grant'],
    ['the lock of the destination wants more days', 'allows 60 to any number of days'],
    ['the destination is under the key of the service', 'default Backup service managed key'],
  ])('fails when %s', async (why, message) => {
    const { RecoveryPointArn = '' } = await backUp();
    const off = { GlobalSettings: { isCrossAccountBackupEnabled: 'false' } };
    if (why.includes('switched off')) await backup.clientOf(MANAGEMENT).send(new UpdateGlobalSettingsCommand(off));
    if (why.includes('seam')) denial = 'no grant';
    const there = backup.clientOf(DESTINATION, 'eu-west-1');
    const lock = { BackupVaultName: 'copies', MinRetentionDays: 60 };
    if (why.includes('lock')) await there.send(new PutBackupVaultLockConfigurationCommand(lock));
    await there.send(new CreateBackupVaultCommand({ BackupVaultName: 'Default' }));

    const to = why.includes('key') ? COPIES.replace(/copies$/, 'Default') : COPIES;
    expect(await copyTo(to, RecoveryPointArn)).toMatchObject({
      State: 'FAILED',
      StatusMessage: expect.stringContaining(message),
    });
  });

  test('of DynamoDB waits for the type to be managed in full', async () => {
    const basic = await backUp(TABLE);
    const refused = await copyTo(COPIES, basic.RecoveryPointArn);
    const managed = { ResourceTypeManagementPreference: { DynamoDB: true } };
    await backup.clientOf(SOURCE).send(new UpdateRegionSettingsCommand(managed));
    const advanced = await backUp(TABLE);

    expect(refused).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringContaining('cannot be copied') });
    expect(await copyTo(COPIES, advanced.RecoveryPointArn)).toMatchObject({
      State: 'COMPLETED',
      DestinationRecoveryPointArn: expect.stringContaining(`arn:aws:backup:eu-west-1:${DESTINATION}:recovery-point:`),
    });
  });

  test('fails at once with a destination that is no vault, or the source itself', async () => {
    const { RecoveryPointArn } = await backUp();
    const main = `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`;
    await expect(copyTo('arn:aws:s3:::copies', RecoveryPointArn)).rejects.toThrow('Invalid destination');
    await expect(copyTo(main, RecoveryPointArn)).rejects.toThrow('cannot be the same');
    await expect(copyTo(COPIES, 'arn:aws:ec2:us-east-1::snapshot/snap-0')).rejects.toThrow('not found');
  });
});

test('a restore job ends in something new, with the metadata of the recovery point', async () => {
  const { RecoveryPointArn } = await backUp();
  const client = backup.clientOf(SOURCE);
  const metadata = new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName: 'main', RecoveryPointArn });
  const { RestoreMetadata: Metadata } = await client.send(metadata);
  const given = { RecoveryPointArn, IamRoleArn: ROLE, Metadata };
  const { RestoreJobId } = await client.send(new StartRestoreJobCommand(given));
  await backup.world.settled();

  const job = await client.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  expect(job).toMatchObject({
    Status: 'COMPLETED',
    CreatedResourceArn: expect.stringContaining(`${VOLUME}-restored-`),
  });
  expect((await client.send(new GetRestoreJobMetadataCommand({ RestoreJobId }))).Metadata).toEqual(Metadata);
  expect((await client.send(new ListRestoreJobsCommand({ ByStatus: 'COMPLETED' }))).RestoreJobs).toHaveLength(1);
});

test('a plan that runs backs up what it selects, and copies it', async () => {
  const client = backup.clientOf(SOURCE);
  const CopyActions = [{ DestinationBackupVaultArn: COPIES, Lifecycle: { DeleteAfterDays: 365 } }];
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 35 }, CopyActions };
  const plan = { BackupPlan: { BackupPlanName: 'daily', Rules: [rule] } };
  const { BackupPlanId = '' } = await client.send(new CreateBackupPlanCommand(plan));
  const StringEquals = [{ ConditionKey: 'aws:ResourceTag/Backup', ConditionValue: 'true' }];
  const selection = { SelectionName: 'tagged', IamRoleArn: ROLE, Resources: ['*'], Conditions: { StringEquals } };
  await client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection: selection }));
  await client.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { EBS: true, DynamoDB: true } }));

  const { backupJobIds } = await backup.runPlan({ accountId: SOURCE, region: 'us-east-1', planId: BackupPlanId });
  await backup.world.settled();

  expect(backupJobIds).toHaveLength(1);
  const { CopyJobs } = await client.send(new ListCopyJobsCommand({}));
  expect(CopyJobs).toMatchObject([{ State: 'COMPLETED', ResourceArn: VOLUME, CreatedBy: { BackupPlanId } }]);
});
