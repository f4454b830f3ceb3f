import {
  type BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DeleteBackupPlanCommand,
  DeleteBackupSelectionCommand,
  DescribeBackupVaultCommand,
  DescribeGlobalSettingsCommand,
  DescribeRegionSettingsCommand,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  GetBackupVaultAccessPolicyCommand,
  ListLegalHoldsCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultNotificationsCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { DESTINATION, MANAGEMENT, OUTSIDER, type Running, SOURCE, startBackup } from './backup-client';

const ROLE = `arn:aws:iam::${SOURCE}:role/backup`;
let backup: Running;
let client: BackupClient;

beforeAll(async () => {
  backup = await startBackup();
  client = backup.clientOf(SOURCE);
  await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
});
afterAll(() => backup.stop());

const planWith = (rule: object, name = 'daily') =>
  new CreateBackupPlanCommand({
    BackupPlan: { BackupPlanName: name, Rules: [{ RuleName: 'daily', TargetBackupVaultName: 'main', ...rule }] },
  });
const copyTo = (arn: string) => ({ CopyActions: [{ DestinationBackupVaultArn: arn }] });

describe('a plan', () => {
  test.each([
    [
      'deletes too soon after cold storage',
      { Lifecycle: { MoveToColdStorageAfterDays: 7, DeleteAfterDays: 96 } },
      'Error in rule daily : Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays',
    ],
    [
      'deletes after no day',
      { Lifecycle: { DeleteAfterDays: 0 } },
      'Error in rule daily : Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days',
    ],
    ['keeps for too long', { Lifecycle: { DeleteAfterDays: 36_501 } }, 'cannot be less than 1 or more than 36500 days'],
    [
      'is continuous for more than 35 days',
      { EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 36 } },
      'more than 35 days',
    ],
    [
      'is continuous with cold storage',
      { EnableContinuousBackup: true, Lifecycle: { MoveToColdStorageAfterDays: 1, DeleteAfterDays: 35 } },
      'Invalid lifecycle',
    ],
    ['has a rate for a schedule', { ScheduleExpression: 'rate(1 day)' }, 'Invalid schedule expression'],
    ['has a zone that is none', { ScheduleExpressionTimezone: 'Mars/Olympus' }, 'timezone'],
    ['starts within less than an hour', { StartWindowMinutes: 59 }, 'StartWindowMinutes'],
    ['completes before it starts', { StartWindowMinutes: 60, CompletionWindowMinutes: 59 }, 'CompletionWindowMinutes'],
    ['copies to what is no vault', copyTo('arn:aws:s3:::copies'), 'Invalid destination backup vault ARN'],
    ['copies to itself', copyTo(`arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`), 'cannot be the same'],
    [
      'names its vault by ARN',
      { TargetBackupVaultName: `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main` },
      'failed to satisfy constraint',
    ],
    [
      'has six copies',
      { CopyActions: Array(6).fill(copyTo(`arn:aws:backup:eu-west-1:${SOURCE}:backup-vault:main`).CopyActions[0]) },
      'more than 5',
    ],
  ])('fails when it %s', async (_, rule, message) => {
    await expect(client.send(planWith(rule))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  test('takes a deletion 90 days after cold storage', async () => {
    const rule = { Lifecycle: { MoveToColdStorageAfterDays: 7, DeleteAfterDays: 97 } };
    await expect(client.send(planWith(rule, 'cold'))).resolves.toMatchObject({ BackupPlanId: expect.any(String) });
  });

  test('is read back with what AWS fills in, and stays while it selects', async () => {
    const { BackupPlanId } = await client.send(planWith({}, 'full'));
    const BackupSelection = { SelectionName: 'all', IamRoleArn: ROLE, Resources: ['*'] };
    const { SelectionId } = await client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));

    const { BackupPlan } = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
    expect(BackupPlan?.Rules).toMatchObject([{ ScheduleExpressionTimezone: 'Etc/UTC', RuleId: expect.any(String) }]);
    const selection = await client.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId }));
    expect(selection.BackupSelection).toMatchObject({ NotResources: [], Conditions: { StringEquals: [] } });
    await expect(client.send(new DeleteBackupPlanCommand({ BackupPlanId }))).rejects.toThrow(
      'Related backup plan selections must be deleted prior to backup plan deletion',
    );
    await client.send(new DeleteBackupSelectionCommand({ BackupPlanId, SelectionId }));
    await client.send(new DeleteBackupPlanCommand({ BackupPlanId }));
    await expect(client.send(new GetBackupPlanCommand({ BackupPlanId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('a selection', () => {
  test.each([
    ['selects nothing', { Resources: [] }, "Either 'ListOfTags' or 'Resources' section must be non-empty"],
    [
      'has the role of another account',
      { IamRoleArn: ROLE.replace(SOURCE, DESTINATION) },
      'cannot be assumed by AWS Backup',
    ],
    [
      'has a condition without its prefix',
      { Conditions: { StringEquals: [{ ConditionKey: 'Backup', ConditionValue: 'true' }] } },
      'Invalid condition key',
    ],
    ['names what is no ARN', { Resources: ['vol-1'] }, 'Invalid ARN'],
  ])('fails when it %s', async (_, given, message) => {
    const { BackupPlanId } = await client.send(planWith({}, `plan-${message.length}`));
    const BackupSelection = { SelectionName: 'one', IamRoleArn: ROLE, Resources: ['*'], ...given };
    await expect(client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }))).rejects.toThrow(
      message,
    );
  });
});

describe('a vault', () => {
  const put = (Action: string) =>
    client.send(
      new PutBackupVaultAccessPolicyCommand({
        BackupVaultName: 'main',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }],
        }),
      }),
    );

  test('has a policy as it was put, and refuses one with a wildcard of actions', async () => {
    await expect(client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: 'main' }))).rejects.toThrow(
      'not found',
    );
    await put('backup:CopyIntoBackupVault');
    const { Policy } = await client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: 'main' }));
    expect(Policy).toContain('backup:CopyIntoBackupVault');
    await expect(put('backup:*')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('of another account is not to be had, even by its ARN', async () => {
    const BackupVaultName = `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`;
    await expect(
      backup.clientOf(DESTINATION).send(new DescribeBackupVaultCommand({ BackupVaultName })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('tells only a topic of its own account and Region', async () => {
    const SNSTopicArn = `arn:aws:sns:us-east-1:${DESTINATION}:jobs`;
    const given = { BackupVaultName: 'main', SNSTopicArn, BackupVaultEvents: ['COPY_JOB_FAILED' as const] };
    await expect(client.send(new PutBackupVaultNotificationsCommand(given))).rejects.toThrow('Invalid SNS topic');
  });
});

describe('settings', () => {
  const GlobalSettings = { isCrossAccountBackupEnabled: 'true' };

  test('of the organization are the management account’s to set, and every member’s to read', async () => {
    await expect(client.send(new UpdateGlobalSettingsCommand({ GlobalSettings }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await backup.clientOf(MANAGEMENT, 'eu-west-1').send(new UpdateGlobalSettingsCommand({ GlobalSettings }));
    const read = await client.send(new DescribeGlobalSettingsCommand({}));
    expect(read.GlobalSettings).toEqual({
      isCrossAccountBackupEnabled: 'true',
      isDelegatedAdministratorEnabled: 'false',
      isMpaEnabled: 'false',
    });
  });

  test.each([
    ['an outsider', OUTSIDER, GlobalSettings, 'Your account is not a member of an organization.'],
    ['an unknown key', MANAGEMENT, { isMagicEnabled: 'true' }, 'Invalid global setting'],
    ['a value that is no boolean', MANAGEMENT, { isMpaEnabled: 'yes' }, 'Invalid value'],
  ])('of the organization fail with %s', async (_, account, settings, message) => {
    const command = new UpdateGlobalSettingsCommand({ GlobalSettings: settings as Record<string, string> });
    await expect(backup.clientOf(account).send(command)).rejects.toThrow(message);
  });

  test('of a Region come back with types that nobody has set, and refuse types that it lacks', async () => {
    const put = (preference: Record<string, boolean>) =>
      client.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: preference }));
    await put({ 'SAP HANA on Amazon EC2': true });
    const read = await client.send(new DescribeRegionSettingsCommand({}));

    expect(read.ResourceTypeOptInPreference).toMatchObject({ 'SAP HANA on Amazon EC2': true, EBS: false });
    expect(read.ResourceTypeManagementPreference).toMatchObject({ CloudFormation: true, DSQL: true });
    await expect(put({ Floppy: true })).rejects.toThrow('Invalid resource type');
  });
});

test('an operation that nobody serves is refused by name, and not tried again', async () => {
  const start = Date.now();
  await expect(client.send(new ListLegalHoldsCommand({}))).rejects.toMatchObject({
    name: 'OperationNotInSandbox',
    message: expect.stringContaining('backup:ListLegalHolds'),
    $metadata: { httpStatusCode: 400 },
  });
  expect(Date.now() - start).toBeLessThan(2000);
});
