import { aConfig, aConfigInput, aPlan, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { resourceOf, resourcesOf, type StackJson, stackOf, synthesize } from '../support/synthesize';

const DESTINATION = 'destination-vault-eu-west-1';
const SOURCE = 'source-production-us-east-1';
const stack = (name: string, overrides: object = {}) => stackOf(synthesize(aConfig(overrides)), name);
const production = (fields: object) => ({
  sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], ...fields } },
});
const policyOf = (block: Readonly<Record<string, unknown>>) => JSON.parse(String(block.policy));
const sids = (block: Readonly<Record<string, unknown>>) =>
  policyOf(block).Statement.map(({ Sid }: { Sid: string }) => Sid);
/** Everything that asks the AWS provider: all but Terraform's own resource and other stacks' states. */
const allBound = ({ resource, data = {} }: StackJson) => {
  const { terraform_remote_state: _states, ...sources } = data;
  const { terraform_data: _ours, ...resources } = resource;
  return [resources, sources].flatMap((blocks) => Object.values(blocks).flatMap((ofType) => Object.values(ofType)));
};

describe.each(['management', DESTINATION, SOURCE])('every stack, such as %s', (name) => {
  const json = stack(name, { tags: { owner: 'platform' } });

  test('binds every resource to the provider of its account, which refuses another account', () => {
    const { aws } = json.provider;
    const expected = { management: MANAGEMENT_ID, [DESTINATION]: DESTINATION_ID, [SOURCE]: SOURCE_ID }[name];
    expect(aws).toHaveLength(1);
    expect(aws[0]).toMatchObject({ allowed_account_ids: [expected], default_tags: [{ tags: { owner: 'platform' } }] });
    expect(new Set(allBound(json).map(({ provider }) => provider))).toEqual(new Set([`aws.${aws[0]?.alias}`]));
  });

  test('takes any provider release from the first that has what it uses', () => {
    expect(json.terraform.required_providers.aws).toEqual({ source: 'aws', version: '>= 5.100.0, < 7.0.0' });
  });
});

describe('ManagementStack', () => {
  test('writes all three global settings, with the values of the config', () => {
    expect(resourceOf(stack('management'), 'aws_backup_global_settings').global_settings).toEqual({
      isCrossAccountBackupEnabled: 'true',
      isMpaEnabled: 'false',
      isDelegatedAdministratorEnabled: 'true',
    });
  });

  test('reads the organization, checks that it is the one of the config, and never makes it', () => {
    const json = stack('management', { organization: { id: 'o-abc1234567', rootId: 'r-abc1' } });
    expect(resourcesOf(json, 'aws_organizations_organization')).toEqual([]);
    const [organization] = Object.values(json.data?.aws_organizations_organization ?? {});
    const { postcondition } = { ...organization }.lifecycle as { postcondition: { condition: string }[] };
    expect(postcondition.map(({ condition }) => condition)).toEqual([
      '${self.id == "o-abc1234567"}',
      '${self.roots[0].id == "r-abc1"}',
      '${contains(self.enabled_policy_types, "SERVICE_CONTROL_POLICY")}',
    ]);
  });

  test('registers the delegated administrator only when there is one', () => {
    expect(resourcesOf(stack('management'), 'aws_organizations_delegated_administrator')).toEqual([]);
    const management = { ...aConfigInput().management, delegatedAdministrator: 'vault' };
    expect(resourceOf(stack('management', { management }), 'aws_organizations_delegated_administrator')).toMatchObject({
      account_id: DESTINATION_ID,
      service_principal: 'backup.amazonaws.com',
    });
  });

  test('has a provider for each Region whose opt-ins it sets', () => {
    const json = stack('management', { organizationPolicies: { regions: ['us-east-1', 'eu-west-1'] } });
    expect(json.provider.aws.map(({ alias, region }) => [alias, region])).toEqual([
      ['management-us-east-1', 'us-east-1'],
      ['management-eu-west-1', 'eu-west-1'],
    ]);
    const settings = Object.entries(json.resource.aws_backup_region_settings ?? {});
    const bound = settings.map(([id, { provider }]) => [id.replace(/_.*/, ''), provider]);
    expect(Object.fromEntries(bound)).toEqual({
      'OptIns-eu-west-1': 'aws.management-eu-west-1',
      'OptIns-us-east-1': 'aws.management-us-east-1',
    });
  });
});

describe('vault locks', () => {
  const lockedWith = (lock: object) =>
    stack(DESTINATION, { destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': { lock } } } } });

  test('destinations have one by default, sources none', () => {
    expect(resourceOf(stack(DESTINATION), 'aws_backup_vault_lock_configuration')).toMatchObject({
      min_retention_days: 1,
      max_retention_days: 36500,
    });
    expect(resourcesOf(stack(SOURCE), 'aws_backup_vault_lock_configuration')).toEqual([]);
  });

  test('governance can be taken off, compliance only for the days it says', () => {
    const governance = resourceOf(lockedWith({ mode: 'governance' }), 'aws_backup_vault_lock_configuration');
    expect(governance).not.toHaveProperty('changeable_for_days');
    const compliance = { mode: 'compliance', changeableForDays: 3, acknowledge: 'cab-destination' };
    expect(resourceOf(lockedWith(compliance), 'aws_backup_vault_lock_configuration')).toMatchObject({
      changeable_for_days: 3,
      lifecycle: { ignore_changes: ['changeable_for_days'] },
    });
  });

  test('none is made when none is wanted', () => {
    expect(resourcesOf(lockedWith({ mode: 'none' }), 'aws_backup_vault_lock_configuration')).toEqual([]);
  });
});

describe('DestinationStack', () => {
  test('keeps copies in a vault under a key of its own that rotates and is slow to delete', () => {
    const json = stack(DESTINATION);
    expect(resourceOf(json, 'aws_kms_key')).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    expect(resourceOf(json, 'aws_kms_alias').name).toBe('alias/cab-destination');
    expect(resourceOf(json, 'aws_backup_vault')).toMatchObject({
      name: 'cab-destination',
      kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\./),
    });
  });

  test('gives sources nothing on its key', () => {
    expect(sids(resourceOf(stack(DESTINATION), 'aws_kms_key'))).toEqual([
      'AllowAccountAdministration',
      'DenyTampering',
      'DenyGrantsByUsers',
    ]);
  });

  test('limits its vault to the organization that the management stack found', () => {
    const [statement] = policyOf(resourceOf(stack(DESTINATION), 'aws_backup_vault_policy')).Statement;
    expect(statement.Condition.StringEquals['aws:PrincipalOrgID']).toBe(
      '${data.terraform_remote_state.State-management.outputs.organization_id}',
    );
  });

  test('lets nobody copy in when nothing is copied there', () => {
    expect(sids(resourceOf(stack(DESTINATION, production({ plans: [] })), 'aws_backup_vault_policy'))).toEqual([
      'DenyTampering',
      'DenyCopyingElsewhere',
    ]);
  });

  test('lets its restore role copy back only when a source takes copies back', () => {
    expect(resourcesOf(stack(DESTINATION), 'aws_iam_role_policy')).toEqual([]);
    const json = stack(DESTINATION, production({ copyBack: true }));
    expect(JSON.stringify(policyOf(resourceOf(json, 'aws_iam_role_policy')))).toContain(
      'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source',
    );
    expect(sids(resourceOf(json, 'aws_kms_key'))).toContain('AllowOtherAccountsToReadManagedCopies');
  });

  test('tells other stacks its vault, key and role', () => {
    const { account_id, region, ...others } = stack(DESTINATION).output;
    expect(account_id?.value).toBe(DESTINATION_ID);
    expect(region?.value).toBe('eu-west-1');
    expect(Object.keys(others).sort()).toEqual(['key_arn', 'restore_role_arn', 'vault_arn', 'vault_name']);
  });
});

describe('SourceStack', () => {
  test('lets the destination read the key of its vault', () => {
    expect(sids(resourceOf(stack(SOURCE), 'aws_kms_key'))).toContain('AllowOtherAccountsToReadManagedCopies');
  });

  test('backs up with one role and restores with another', () => {
    const attachments = resourcesOf(stack(SOURCE), 'aws_iam_role_policy_attachment').map(
      ({ policy_arn }) => policy_arn,
    );
    expect(attachments.map((arn) => String(arn).split('/').at(-1))).toEqual([
      'AWSBackupServiceRolePolicyForBackup',
      'AWSBackupServiceRolePolicyForS3Backup',
      'AWSBackupServiceRolePolicyForRestores',
      'AWSBackupServiceRolePolicyForS3Restore',
    ]);
  });

  test('says windows and lifecycles of rules and copies itself', () => {
    const lifecycle = { deleteAfterDays: 365, moveToColdStorageAfterDays: 30, optInToArchive: true };
    const rule = { name: 'r', schedule: 'cron(0 3 ? * * *)', timezone: 'Europe/Paris', enableContinuousBackup: true };
    const copies = [{ to: 'vault/eu-west-1', ...lifecycle }];
    const plan = aPlan({
      rules: [{ ...rule, deleteAfterDays: 35, recoveryPointTags: { a: 'b' }, copies }],
      windowsVss: true,
    });
    expect(resourceOf(stack(SOURCE, { plans: { daily: plan } }), 'aws_backup_plan')).toMatchObject({
      advanced_backup_setting: [{ backup_options: { WindowsVSS: 'enabled' }, resource_type: 'EC2' }],
      rule: [
        {
          schedule: 'cron(0 3 ? * * *)',
          schedule_expression_timezone: 'Europe/Paris',
          start_window: 480,
          completion_window: 10080,
          enable_continuous_backup: true,
          recovery_point_tags: { a: 'b' },
          lifecycle: { delete_after: 35 },
          copy_action: [
            {
              lifecycle: { cold_storage_after: 30, delete_after: 365, opt_in_to_archive_for_supported_resources: true },
            },
          ],
        },
      ],
    });
  });

  test('selects only after the role can do its work', () => {
    const json = stack(SOURCE);
    const attachments = Object.keys(json.resource.aws_iam_role_policy_attachment ?? {}).filter((id) =>
      id.startsWith('BackupRole'),
    );
    expect(resourceOf(json, 'aws_backup_selection').depends_on).toEqual(
      attachments.map((id) => `aws_iam_role_policy_attachment.${id}`),
    );
  });

  test('copies to a vault outside by its ARN', () => {
    const to = 'arn:aws:backup:eu-west-3:444444444444:backup-vault:copies';
    const rules = [
      { name: 'r', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35, copies: [{ to, deleteAfterDays: 90 }] },
    ];
    const { rule } = resourceOf(stack(SOURCE, { plans: { daily: aPlan({ rules }) } }), 'aws_backup_plan');
    expect(rule).toMatchObject([{ copy_action: [{ destination_vault_arn: to }] }]);
  });

  test('admits the restore role of the destination, and tells its key, only when it takes copies back', () => {
    const without = stack(SOURCE);
    const denies = ['DenyTampering', 'DenyCopyingElsewhere'];
    expect(sids(resourceOf(without, 'aws_backup_vault_policy'))).toEqual(denies);
    expect(without.output).not.toHaveProperty('copy_back_key_arns');

    const json = stack(SOURCE, production({ copyBack: true }));
    expect(sids(resourceOf(json, 'aws_backup_vault_policy'))).toEqual(['AllowDestinationsToCopyBack', ...denies]);
    expect(json.output.copy_back_key_arns?.value).toEqual({
      [DESTINATION]: `\${data.terraform_remote_state.State-${DESTINATION}.outputs.key_arn}`,
    });
  });

  test('makes a key for resources when asked, and tells what every other one must allow', () => {
    const json = stack(SOURCE, production({ regions: { 'us-east-1': { createResourceKey: true } } }));
    const aliases = resourcesOf(json, 'aws_kms_alias').map(({ name }) => name);
    expect(aliases.sort()).toEqual(['alias/cab-resource', 'alias/cab-source']);
    expect(JSON.parse(String(json.output.resource_key_statements?.value))).toHaveLength(3);
    expect(json.output).toHaveProperty('resource_key_arn');
  });

  test('uses a key that exists and leaves its policy alone', () => {
    const keyArn = 'arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
    const json = stack(SOURCE, production({ regions: { 'us-east-1': { keyArn } } }));
    expect(resourcesOf(json, 'aws_kms_key')).toEqual([]);
    expect(resourceOf(json, 'aws_backup_vault').kms_key_arn).toBe(keyArn);
    expect(json.output.key_arn?.value).toBe(keyArn);
  });

  test('leaves the Region settings as they are when told so', () => {
    const json = stack(SOURCE, production({ regions: { 'us-east-1': { regionSettings: 'leave' } } }));
    expect(resourcesOf(json, 'aws_backup_region_settings')).toEqual([]);
  });

  test('ignores management preferences that nobody can choose', () => {
    expect(resourceOf(stack(SOURCE), 'aws_backup_region_settings')).toMatchObject({
      resource_type_management_preference: { DynamoDB: true, EFS: true },
      lifecycle: {
        ignore_changes: [
          'resource_type_management_preference["CloudFormation"]',
          'resource_type_management_preference["DSQL"]',
        ],
      },
    });
  });
});
