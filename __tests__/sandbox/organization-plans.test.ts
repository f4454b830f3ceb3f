import {
  BackupClient,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DeleteBackupPlanCommand,
  DeleteBackupSelectionCommand,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListTagsCommand,
  UpdateBackupPlanCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DescribeEffectivePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { type BackupApi, createBackupApi } from '../../sandbox/backup-api/backup-api';
import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';
import { createOrganizationsApi, type OrganizationsApi } from '../../sandbox/organizations-api/organizations-api';
import { administratorOf, MANAGEMENT, SOURCE } from './backup-client';

const [ROOT, OUTER, INNER] = ['r-abc1', 'ou-abc1-outer000', 'ou-abc1-inner000'] as const;
const REGION = 'eu-west-1';
const VAULT = 'arn:aws:backup:eu-central-1:222222222222:backup-vault:central';
const VOLUME = `arn:aws:ec2:${REGION}:${SOURCE}:volume/vol-1`;

const account = (id: string, parentId: string) => ({ id, name: id, parentId, email: `${id}@example.com` });
const SETUP = {
  id: 'o-abc1234567',
  rootId: ROOT,
  managementAccountId: MANAGEMENT,
  units: [
    { id: OUTER, name: 'outer', parentId: ROOT },
    { id: INNER, name: 'inner', parentId: OUTER },
  ],
  accounts: [account(MANAGEMENT, ROOT), account(SOURCE, INNER)],
};

const assign = (value: unknown) => ({ '@@assign': value });
const aPlan = (changes: object = {}) => ({
  regions: assign([REGION]),
  rules: {
    Nightly: {
      schedule_expression: assign('cron(0 3 ? * * *)'),
      target_backup_vault_name: assign('main'),
      lifecycle: { delete_after_days: assign('35') },
      copy_actions: {
        [VAULT]: { target_backup_vault_arn: assign(VAULT), lifecycle: { delete_after_days: assign('90') } },
      },
    },
  },
  selections: {
    tags: {
      tagged: {
        iam_role_arn: assign('arn:aws:iam::$account:role/backup'),
        tag_key: assign('Backup'),
        tag_value: assign(['true', 'yes']),
        conditions: {
          string_not_equals: {
            first: { condition_key: assign('aws:ResourceTag/Stage'), condition_value: assign('test') },
          },
        },
      },
    },
  },
  backup_plan_tags: { kind: { tag_key: assign('Kind'), tag_value: assign('rollout') } },
  ...changes,
});

describe('plans of backup policies', () => {
  let organizations: OrganizationsApi;
  let backup: BackupApi;
  let gateway: Gateway;
  let policies: OrganizationsClient;
  let clients: (BackupClient | OrganizationsClient)[];

  const clientOf = (accessKeyId: string, region = REGION) => {
    const credentials = { accessKeyId, secretAccessKey: 'none' };
    const client = new BackupClient({ region, endpoint: gateway.url, credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  };
  const attach = async (TargetId: string, plans: object) => {
    const Name = `${TargetId}-${organizations.directory.policies.size}`;
    const given = { Name, Type: 'BACKUP_POLICY', Description: '', Content: JSON.stringify({ plans }) } as const;
    const { Policy } = await policies.send(new CreatePolicyCommand(given));
    const PolicyId = Policy?.PolicySummary?.Id;
    await policies.send(new AttachPolicyCommand({ PolicyId, TargetId }));
    return PolicyId;
  };
  const plansOf = async (client: BackupClient) =>
    (await client.send(new ListBackupPlansCommand({}))).BackupPlansList ?? [];

  beforeEach(async () => {
    organizations = createOrganizationsApi({ setup: SETUP });
    const resource = { arn: VOLUME, type: 'EBS', tags: { Backup: 'true' }, sizeInBytes: 1, keyArn: undefined };
    const resources = (accountId: string) => (accountId === SOURCE ? [resource] : []);
    backup = createBackupApi({ organization: organizations.directory, jobDelayMilliseconds: 1, resources });
    gateway = await startGateway({
      services: { backup: backup.serve, organizations: organizations.serve },
      identify: async (accessKeyId) => administratorOf(accessKeyId),
    });
    const credentials = { accessKeyId: MANAGEMENT, secretAccessKey: 'none' };
    policies = new OrganizationsClient({ region: 'us-east-1', endpoint: gateway.url, credentials, maxAttempts: 1 });
    clients = [policies];
    await policies.send(new EnablePolicyTypeCommand({ RootId: ROOT, PolicyType: 'BACKUP_POLICY' }));
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await backup.world.settled();
    await gateway.close();
  });

  test('are read as any plan, in the account’s own words, in the Regions of the policy alone', async () => {
    await attach(OUTER, { Daily: aPlan() });
    const client = clientOf(SOURCE);
    const [plan] = await plansOf(client);
    expect(plan).toMatchObject({
      BackupPlanName: 'daily',
      BackupPlanId: expect.stringMatching(/^orgs\/[0-9a-f-]{36}$/),
    });
    const { BackupPlanId = '' } = plan ?? {};
    expect(plan?.BackupPlanArn).toBe(`arn:aws:backup:${REGION}:${SOURCE}:backup-plan:${BackupPlanId}`);
    const { BackupPlan } = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
    expect(BackupPlan?.Rules).toEqual([
      expect.objectContaining({
        RuleName: 'nightly',
        TargetBackupVaultName: 'main',
        Lifecycle: { DeleteAfterDays: 35 },
        CopyActions: [{ DestinationBackupVaultArn: VAULT, Lifecycle: { DeleteAfterDays: 90 } }],
      }),
    ]);
    const listed = await client.send(new ListBackupSelectionsCommand({ BackupPlanId }));
    const SelectionId = listed.BackupSelectionsList?.[0]?.SelectionId;
    const { BackupSelection } = await client.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId }));
    expect(BackupSelection).toMatchObject({
      SelectionName: 'tagged',
      IamRoleArn: `arn:aws:iam::${SOURCE}:role/backup`,
      ListOfTags: ['true', 'yes'].map((ConditionValue) => ({ ConditionKey: 'Backup', ConditionValue })),
      Conditions: { StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/Stage', ConditionValue: 'test' }] },
    });
    expect((await client.send(new ListTagsCommand({ ResourceArn: plan?.BackupPlanArn }))).Tags).toEqual({
      Kind: 'rollout',
    });
    expect(await plansOf(clientOf(SOURCE, 'us-east-1'))).toEqual([]);
    expect(await plansOf(clientOf(MANAGEMENT))).toEqual([]);
  });

  test('come of policies on the root, two nested units and the account, merged', async () => {
    await attach(ROOT, { Daily: aPlan(), Weekly: aPlan() });
    await attach(OUTER, { daily: { rules: { nightly: { lifecycle: { delete_after_days: assign('50') } } } } });
    await attach(INNER, { DAILY: { regions: { '@@append': ['us-east-1'] } }, Monthly: aPlan() });
    await attach(SOURCE, { daily: { rules: { nightly: { target_backup_vault_name: assign('own') } } } });
    const asked = new DescribeEffectivePolicyCommand({ PolicyType: 'BACKUP_POLICY', TargetId: SOURCE });
    const { EffectivePolicy } = await policies.send(asked);
    const { plans } = JSON.parse(EffectivePolicy?.PolicyContent ?? '');
    expect(Object.keys(plans)).toEqual(['daily', 'weekly', 'monthly']);
    expect(plans.daily).toMatchObject({
      regions: [REGION, 'us-east-1'],
      rules: { nightly: { target_backup_vault_name: 'own', lifecycle: { delete_after_days: '50' } } },
    });
    const client = clientOf(SOURCE);
    const named = await plansOf(client);
    expect(named.map(({ BackupPlanName }) => BackupPlanName)).toEqual(['daily', 'weekly', 'monthly']);
    const BackupPlanId = named[0]?.BackupPlanId;
    const { BackupPlan } = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
    expect(BackupPlan?.Rules?.[0]).toMatchObject({ TargetBackupVaultName: 'own', Lifecycle: { DeleteAfterDays: 50 } });
    expect(await plansOf(clientOf(SOURCE, 'us-east-1'))).toHaveLength(1);
  });

  test('keep their ids when the policy changes, and go with it or with the account', async () => {
    const PolicyId = await attach(OUTER, { daily: aPlan() });
    const client = clientOf(SOURCE);
    const [before] = await plansOf(client);
    const weekly = aPlan({ backup_plan_tags: {} });
    await policies.send(new UpdatePolicyCommand({ PolicyId, Content: JSON.stringify({ plans: { daily: weekly } }) }));
    const [after] = await plansOf(client);
    expect(after?.BackupPlanId).toBe(before?.BackupPlanId);
    expect(after?.VersionId).not.toBe(before?.VersionId);
    organizations.directory.move(SOURCE, ROOT);
    expect(await plansOf(client)).toEqual([]);
    organizations.directory.move(SOURCE, INNER);
    expect(await plansOf(client)).toHaveLength(1);
    organizations.directory.remove(SOURCE);
    expect(await plansOf(client)).toEqual([]);
  });

  test('are not the account’s to change', async () => {
    await attach(OUTER, { daily: aPlan() });
    const client = clientOf(SOURCE);
    const [{ BackupPlanId } = { BackupPlanId: '' }] = await plansOf(client);
    const { BackupSelectionsList } = await client.send(new ListBackupSelectionsCommand({ BackupPlanId }));
    const SelectionId = BackupSelectionsList?.[0]?.SelectionId;
    const rule = { RuleName: 'mine', TargetBackupVaultName: 'main' };
    const role = { SelectionName: 'mine', IamRoleArn: `arn:aws:iam::${SOURCE}:role/backup`, Resources: ['*'] };
    const refused = { name: 'InvalidParameterValueException' };
    await expect(client.send(new DeleteBackupPlanCommand({ BackupPlanId }))).rejects.toMatchObject({
      ...refused,
      message: `Backup plan cannot be deleted for backup plan ${BackupPlanId} created by organizations`,
    });
    const BackupPlan = { BackupPlanName: 'daily', Rules: [rule] };
    await expect(client.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan }))).rejects.toMatchObject(refused);
    await expect(client.send(new DeleteBackupSelectionCommand({ BackupPlanId, SelectionId }))).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('Cannot delete selection for backup plan orgs/'),
    });
    await expect(
      client.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection: role })),
    ).rejects.toMatchObject(refused);
  });

  test('select what the management account has opted in, whatever the account itself has', async () => {
    await attach(OUTER, { daily: aPlan() });
    const client = clientOf(SOURCE);
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    const [{ BackupPlanId: planId } = { BackupPlanId: '' }] = await plansOf(client);
    const run = async () =>
      (await backup.runPlan({ accountId: SOURCE, region: REGION, planId: `${planId}` })).backupJobIds;
    const optIn = (accountId: string, EBS: boolean) =>
      clientOf(accountId).send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { EBS } }));
    await optIn(SOURCE, false);
    await optIn(MANAGEMENT, true);
    expect(await run()).toHaveLength(1);
    await optIn(SOURCE, true);
    await optIn(MANAGEMENT, false);
    expect(await run()).toEqual([]);
  });

  test('are left out without a word where AWS Backup would not take them', async () => {
    const cold = { move_to_cold_storage_after_days: assign('30'), delete_after_days: assign('60') };
    const rules = { nightly: { target_backup_vault_name: assign('main'), lifecycle: cold } };
    await attach(OUTER, { daily: aPlan(), broken: aPlan({ rules }), empty: { regions: assign([REGION]) } });
    expect((await plansOf(clientOf(SOURCE))).map(({ BackupPlanName }) => BackupPlanName)).toEqual(['daily']);
  });
});
