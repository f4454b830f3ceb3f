import {
  type BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  CreateFrameworkCommand,
  CreateReportPlanCommand,
  CreateRestoreTestingPlanCommand,
  CreateRestoreTestingSelectionCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultNotificationsCommand,
  DeleteFrameworkCommand,
  DeleteReportPlanCommand,
  DeleteRestoreTestingPlanCommand,
  DeleteRestoreTestingSelectionCommand,
  DescribeFrameworkCommand,
  DescribeReportPlanCommand,
  GetBackupPlanCommand,
  GetBackupVaultNotificationsCommand,
  GetRestoreTestingPlanCommand,
  GetRestoreTestingSelectionCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListFrameworksCommand,
  ListReportPlansCommand,
  ListRestoreTestingPlansCommand,
  ListRestoreTestingSelectionsCommand,
  PutBackupVaultNotificationsCommand,
  UpdateBackupPlanCommand,
  UpdateFrameworkCommand,
  UpdateReportPlanCommand,
  UpdateRestoreTestingPlanCommand,
  UpdateRestoreTestingSelectionCommand,
} from '@aws-sdk/client-backup';
import { type Running, SOURCE, startBackup } from './backup-client';

let backup: Running;
let client: BackupClient;
beforeEach(async () => {
  backup = await startBackup();
  client = backup.clientOf(SOURCE);
});
afterEach(() => backup.stop());

const ROLE = `arn:aws:iam::${SOURCE}:role/backup`;
const GONE = { name: 'ResourceNotFoundException' };
const TAKEN = { name: 'AlreadyExistsException' };

test('frameworks come, change and go', async () => {
  const FrameworkControls = [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }];
  const create = () => client.send(new CreateFrameworkCommand({ FrameworkName: 'copies', FrameworkControls }));
  const named = { FrameworkName: 'copies' };
  await create();
  await client.send(new UpdateFrameworkCommand({ ...named, FrameworkDescription: 'all of them' }));

  expect(await client.send(new DescribeFrameworkCommand(named))).toMatchObject({
    FrameworkControls,
    FrameworkDescription: 'all of them',
    DeploymentStatus: 'COMPLETED',
    FrameworkArn: expect.stringMatching(/:framework:copies-[0-9a-f-]{36}$/),
  });
  await expect(create()).rejects.toMatchObject(TAKEN);
  expect((await client.send(new ListFrameworksCommand({}))).Frameworks).toMatchObject([{ NumberOfControls: 1 }]);
  await client.send(new DeleteFrameworkCommand(named));
  await expect(client.send(new DescribeFrameworkCommand(named))).rejects.toMatchObject(GONE);
});

test('report plans come, change and go', async () => {
  const given = {
    ReportPlanName: 'jobs',
    ReportDeliveryChannel: { S3BucketName: 'reports' },
    ReportSetting: { ReportTemplate: 'COPY_JOB_REPORT' },
  };
  await client.send(new CreateReportPlanCommand(given));
  await client.send(new UpdateReportPlanCommand({ ...given, ReportDeliveryChannel: { S3BucketName: 'others' } }));

  const { ReportPlan } = await client.send(new DescribeReportPlanCommand({ ReportPlanName: 'jobs' }));
  expect(ReportPlan).toMatchObject({
    ReportDeliveryChannel: { S3BucketName: 'others' },
    DeploymentStatus: 'COMPLETED',
  });
  await expect(client.send(new CreateReportPlanCommand(given))).rejects.toMatchObject(TAKEN);
  await client.send(new DeleteReportPlanCommand({ ReportPlanName: 'jobs' }));
  expect((await client.send(new ListReportPlansCommand({}))).ReportPlans).toEqual([]);
});

describe('restore testing', () => {
  const RestoreTestingPlanName = 'weekly';
  const plan = {
    RestoreTestingPlanName,
    ScheduleExpression: 'cron(0 3 ? * 1 *)',
    RecoveryPointSelection: { Algorithm: 'LATEST_WITHIN_WINDOW' as const, IncludeVaults: ['*'] },
  };
  const RestoreTestingSelectionName = 'volumes';
  const selection = { RestoreTestingSelectionName, ProtectedResourceType: 'EBS', IamRoleArn: ROLE };
  const both = { RestoreTestingPlanName, RestoreTestingSelectionName };
  const create = (more = {}) =>
    client.send(new CreateRestoreTestingPlanCommand({ RestoreTestingPlan: { ...plan, ...more } }));

  test('comes with what AWS fills in, changes and goes', async () => {
    await create();
    const change = { ScheduleExpression: 'cron(0 4 ? * 1 *)' };
    await client.send(new UpdateRestoreTestingPlanCommand({ RestoreTestingPlanName, RestoreTestingPlan: change }));
    const add = new CreateRestoreTestingSelectionCommand({
      RestoreTestingPlanName,
      RestoreTestingSelection: selection,
    });
    await client.send(add);
    const RestoreTestingSelection = { ValidationWindowHours: 4 };
    await client.send(new UpdateRestoreTestingSelectionCommand({ ...both, RestoreTestingSelection }));

    const read = await client.send(new GetRestoreTestingPlanCommand({ RestoreTestingPlanName }));
    expect(read.RestoreTestingPlan).toMatchObject({
      ...change,
      StartWindowHours: 24,
      ScheduleExpressionTimezone: 'Etc/UTC',
      RecoveryPointSelection: { SelectionWindowDays: 30, IncludeVaults: ['*'] },
    });
    const one = await client.send(new GetRestoreTestingSelectionCommand(both));
    expect(one.RestoreTestingSelection).toMatchObject({ ...selection, ValidationWindowHours: 4 });
    const list = await client.send(new ListRestoreTestingSelectionsCommand({ RestoreTestingPlanName }));
    expect(list.RestoreTestingSelections).toHaveLength(1);

    const remove = () => client.send(new DeleteRestoreTestingPlanCommand({ RestoreTestingPlanName }));
    await expect(remove()).rejects.toThrow('selections must be deleted');
    await client.send(new DeleteRestoreTestingSelectionCommand(both));
    await remove();
    expect((await client.send(new ListRestoreTestingPlansCommand({}))).RestoreTestingPlans).toEqual([]);
  });

  test.each([
    ['a name with a hyphen', { RestoreTestingPlanName: 'every-week' }],
    ['a window of more than a week', { StartWindowHours: 169 }],
  ])('fails with %s', async (_, given) => {
    await expect(create(given)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

test('a plan changes in place, and its rules keep their ids', async () => {
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 35 } };
  const planOf = (DeleteAfterDays: number) => ({
    BackupPlanName: 'daily',
    Rules: [{ ...rule, Lifecycle: { DeleteAfterDays } }],
  });
  const made = await client.send(new CreateBackupPlanCommand({ BackupPlan: planOf(35) }));
  const { BackupPlanId } = made;
  const before = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
  const changed = await client.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan: planOf(60) }));
  const after = await client.send(new GetBackupPlanCommand({ BackupPlanId }));

  expect(changed.VersionId).not.toBe(made.VersionId);
  expect(after.BackupPlan?.Rules?.[0]).toEqual({
    ...before.BackupPlan?.Rules?.[0],
    Lifecycle: { DeleteAfterDays: 60 },
  });
  const BackupSelection = { SelectionName: 'all', IamRoleArn: ROLE, Resources: ['*'] };
  await client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
  const { BackupSelectionsList } = await client.send(new ListBackupSelectionsCommand({ BackupPlanId }));
  expect(BackupSelectionsList).toMatchObject([{ SelectionName: 'all', IamRoleArn: ROLE }]);
  expect((await client.send(new ListBackupPlansCommand({}))).BackupPlansList).toMatchObject([
    { BackupPlanName: 'daily' },
  ]);
});

test('a plan keeps what it indexes and scans', async () => {
  const scan = { MalwareScanner: 'GUARDDUTY', ScanMode: 'INCREMENTAL_SCAN' } as const;
  const actions = { IndexActions: [{ ResourceTypes: ['EBS', 'S3'] }], ScanActions: [scan] };
  const ScanSettings = [{ MalwareScanner: 'GUARDDUTY' as const, ResourceTypes: ['ALL'], ScannerRoleArn: ROLE }];
  const Rules = [{ RuleName: 'daily', TargetBackupVaultName: 'main', ...actions }];
  const BackupPlan = { BackupPlanName: 'scanned', Rules, ScanSettings };
  const { BackupPlanId } = await client.send(new CreateBackupPlanCommand({ BackupPlan }));
  const read = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
  expect(read.BackupPlan).toMatchObject({ Rules: [actions], ScanSettings });
});

test('a vault’s notifications and policy come and go', async () => {
  const BackupVaultName = 'main';
  await client.send(new CreateBackupVaultCommand({ BackupVaultName }));
  const SNSTopicArn = `arn:aws:sns:us-east-1:${SOURCE}:jobs`;
  const given = { BackupVaultName, SNSTopicArn, BackupVaultEvents: ['COPY_JOB_FAILED' as const] };
  await client.send(new PutBackupVaultNotificationsCommand(given));
  const read = () => client.send(new GetBackupVaultNotificationsCommand({ BackupVaultName }));

  expect(await read()).toMatchObject(given);
  await client.send(new DeleteBackupVaultNotificationsCommand({ BackupVaultName }));
  await expect(read()).rejects.toMatchObject(GONE);
  await client.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }));
});
