import {
  type BackupClient,
  DeleteBackupSelectionCommand,
  DeleteBackupVaultLockConfigurationCommand,
  GetBackupPlanCommand,
  GetBackupVaultAccessPolicyCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  TagResourceCommand,
  UpdateBackupPlanCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { DetachRolePolicyCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  GetKeyPolicyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { DetachPolicyCommand, ListPoliciesForTargetCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Credentials } from '../../sandbox/trial/identities';
import type { Trial } from '../../sandbox/trial/trial';
import { DESTINATION_VAULT, IRELAND, MANAGEMENT, PRODUCTION, vaultArn } from '../e2e/an-organization';
import { without } from '../e2e/grants';

/** A change that somebody makes past Terraform, and where `npm run drift` has to show it. */
export interface Planted {
  readonly name: string;
  plant(trial: Trial): Promise<unknown>;
  readonly stack: string;
  readonly resource: string | RegExp;
  /** The attribute; undefined where the whole resource is gone. */
  readonly path?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const DESTINATION_STACK = 'destination-vault-eu-west-1';
const SOURCE_STACK = 'source-production-us-east-1';
type Place = typeof PRODUCTION;

const clientOf = async <Client>(
  { aws, operators }: Trial,
  { accountId, region }: Place,
  Kind: new (config: { region: string; endpoint: string; credentials: Credentials }) => Client,
) => new Kind({ region, endpoint: aws.url, credentials: await operators.of(accountId) });

const onVault =
  (change: (client: BackupClient, vault: { BackupVaultName: string }) => Promise<unknown>) => (trial: Trial) =>
    trial.ask(IRELAND, (client) => change(client, { BackupVaultName: DESTINATION_VAULT }));

const onPlan = (change: (client: BackupClient, planId: string) => Promise<unknown>) => (trial: Trial) =>
  trial.ask(PRODUCTION, async (client) => {
    const { BackupPlansList: [plan] = [] } = await client.send(new ListBackupPlansCommand({}));
    return change(client, plan?.BackupPlanId ?? '');
  });

const onKey =
  (place: Place, alias: string, change: (kms: KMSClient, keyId: string) => Promise<unknown>) =>
  async (trial: Trial) => {
    const kms = await clientOf(trial, place, KMSClient);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
    await change(kms, KeyMetadata?.KeyId ?? '');
  };

/** A trust policy for one principal alone. */
export const somebodyElse = (AWS: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'SomebodyElse', Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
});

export const PLANTED: readonly Planted[] = [
  {
    name: "a statement of a vault's policy is taken out",
    plant: onVault(async (client, vault) => {
      const { Policy } = await client.send(new GetBackupVaultAccessPolicyCommand(vault));
      const Without = without(Policy, (sid) => sid === 'AllowSourcesToCopyIn');
      await client.send(new PutBackupVaultAccessPolicyCommand({ ...vault, Policy: Without }));
    }),
    stack: DESTINATION_STACK,
    resource: 'Vault/AccessPolicy',
    path: 'policy.Statement[AllowSourcesToCopyIn]',
    before: expect.objectContaining({ Effect: 'Allow' }),
    after: undefined,
  },
  {
    name: "the bounds of a vault's lock are loosened",
    plant: onVault(async (client, vault) => {
      await client.send(new DeleteBackupVaultLockConfigurationCommand(vault));
      const loose = { ...vault, MinRetentionDays: 1, MaxRetentionDays: 400 };
      await client.send(new PutBackupVaultLockConfigurationCommand(loose));
    }),
    stack: DESTINATION_STACK,
    resource: 'Vault/Lock',
    path: 'min_retention_days',
    before: 7,
    after: 1,
  },
  {
    name: 'a tag is changed',
    plant: onVault((client) =>
      client.send(
        new TagResourceCommand({ ResourceArn: vaultArn(IRELAND, DESTINATION_VAULT), Tags: { owner: 'somebody' } }),
      ),
    ),
    stack: DESTINATION_STACK,
    resource: 'Vault',
    path: 'tags_all.owner',
    before: 'platform',
    after: 'somebody',
  },
  {
    name: 'the rotation of a key is switched off',
    plant: onKey(IRELAND, 'alias/cab-destination', (kms, KeyId) => kms.send(new DisableKeyRotationCommand({ KeyId }))),
    stack: DESTINATION_STACK,
    resource: 'Vault/Key',
    path: 'enable_key_rotation',
    before: true,
    after: false,
  },
  {
    name: "a rule's schedule is changed",
    plant: onPlan(async (client, BackupPlanId) => {
      const { BackupPlan } = await client.send(new GetBackupPlanCommand({ BackupPlanId }));
      const Rules = BackupPlan?.Rules?.map(({ RuleId: _, ...rule }) =>
        rule.RuleName === 'daily' ? { ...rule, ScheduleExpression: 'cron(0 4 ? * * *)' } : rule,
      );
      const changed = { ...BackupPlan, BackupPlanName: BackupPlan?.BackupPlanName, Rules };
      await client.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan: changed }));
    }),
    stack: SOURCE_STACK,
    resource: 'Plan-daily',
    path: 'rule[daily].schedule',
    before: 'cron(0 3 ? * * *)',
    after: 'cron(0 4 ? * * *)',
  },
  {
    name: 'a selection is deleted',
    plant: onPlan(async (client, BackupPlanId) => {
      const { BackupSelectionsList: [one] = [] } = await client.send(new ListBackupSelectionsCommand({ BackupPlanId }));
      await client.send(new DeleteBackupSelectionCommand({ BackupPlanId, SelectionId: one?.SelectionId }));
    }),
    stack: SOURCE_STACK,
    resource: 'Plan-daily/Selection-tagged',
  },
  {
    name: "a statement of a key's policy is taken out",
    plant: onKey(PRODUCTION, 'alias/cab-resource', async (kms, KeyId) => {
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
      const Without = without(Policy, (sid) => sid.startsWith('AllowBackupOfOtherAccounts'));
      await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: Without }));
    }),
    stack: SOURCE_STACK,
    resource: 'ResourceKey',
    path: 'policy.Statement[AllowBackupOfOtherAccountsToGrant]',
    before: expect.objectContaining({ Effect: 'Allow' }),
    after: undefined,
  },
  {
    name: 'an alias is deleted',
    plant: onKey(PRODUCTION, 'alias/cab-source', (kms) =>
      kms.send(new DeleteAliasCommand({ AliasName: 'alias/cab-source' })),
    ),
    stack: SOURCE_STACK,
    resource: 'Vault/Key/Alias',
  },
  {
    name: 'somebody else is let take a role',
    plant: async (trial) => {
      const iam = await clientOf(trial, PRODUCTION, IAMClient);
      const PolicyDocument = JSON.stringify(somebodyElse('*'));
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'cab-backup-us-east-1', PolicyDocument }));
    },
    stack: SOURCE_STACK,
    resource: 'BackupRole',
    path: 'assume_role_policy.Statement[SomebodyElse]',
    before: undefined,
    after: expect.objectContaining({ Effect: 'Allow' }),
  },
  {
    name: 'a managed policy is detached from a role',
    plant: async (trial) => {
      const iam = await clientOf(trial, PRODUCTION, IAMClient);
      const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores';
      await iam.send(new DetachRolePolicyCommand({ RoleName: 'cab-restore-us-east-1', PolicyArn }));
    },
    stack: SOURCE_STACK,
    resource: 'RestoreRole/Restores',
  },
  {
    name: 'a resource type is opted out in a Region',
    plant: ({ ask }) =>
      ask(PRODUCTION, (client) =>
        client.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { EFS: false } })),
      ),
    stack: SOURCE_STACK,
    resource: 'OptIns',
    path: 'resource_type_opt_in_preference.EFS',
    before: true,
    after: false,
  },
  {
    name: 'a service control policy is detached from an account',
    plant: async (trial) => {
      const organizations = await clientOf(trial, MANAGEMENT, OrganizationsClient);
      const TargetId = PRODUCTION.accountId;
      const { Policies = [] } = await organizations.send(
        new ListPoliciesForTargetCommand({ TargetId, Filter: 'SERVICE_CONTROL_POLICY' }),
      );
      const ours = Policies.find(({ AwsManaged }) => !AwsManaged);
      await organizations.send(new DetachPolicyCommand({ TargetId, PolicyId: ours?.Id }));
    },
    stack: 'management',
    resource: /^Guardrails\/.*111111111111/,
  },
  {
    name: 'copies across accounts are switched off',
    plant: ({ ask }) =>
      ask(MANAGEMENT, (client) =>
        client.send(new UpdateGlobalSettingsCommand({ GlobalSettings: { isCrossAccountBackupEnabled: 'false' } })),
      ),
    stack: 'management',
    resource: 'OrganizationSettings',
    path: 'global_settings.isCrossAccountBackupEnabled',
    before: 'true',
    after: 'false',
  },
];
