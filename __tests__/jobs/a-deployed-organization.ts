import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  PutBackupVaultAccessPolicyCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { bootstrap } from '../../lib/bootstrap/bootstrap';
import type { Config } from '../../lib/config/config';
import type { ClientConfig } from '../../lib/live/sessions';
import {
  backupPolicies,
  backupTrustPolicy,
  type ManagedPolicies,
  restorePolicies,
} from '../../lib/policies/backup-role-policies';
import { copyBackPolicy } from '../../lib/policies/copy-back-policy';
import { type PolicyDocument, policyJson } from '../../lib/policies/policy-document';
import {
  destinationAccessPolicy,
  destinationKeyPolicy,
  sourceAccessPolicy,
  sourceKeyPolicy,
} from '../../lib/policies/site-policies';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import type { DestinationSite, RoleNames, SourceSite, Topology } from '../../lib/topology/topology';
import { type EmulatedAws, type EmulatedAwsOptions, startEmulatedAws } from '../../sandbox/emulated-aws';
import { foundOrganization } from '../../sandbox/trial/found-organization';
import { assumeRole, type Credentials, sandboxEnvironment } from '../../sandbox/trial/identities';
import { organizationOf } from '../../sandbox/trial/organization';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What the stacks of a config make, made by calls of the SDK, from the same names and policies. */
export interface DeployedOrganization {
  readonly aws: EmulatedAws;
  readonly topology: Topology;
  /** Of the management account: who the commands are run as. */
  readonly credentials: Credentials;
  /** The environment of a command that sees nothing but this. */
  readonly env: NodeJS.ProcessEnv;
  /** What a client takes to be an administrator of an account. */
  administrator(place: Place): Promise<ClientConfig>;
  /** Runs every plan of the sources once, and waits for its jobs. */
  runPlans(): Promise<void>;
  stop(): Promise<void>;
}

export async function aDeployedOrganization(
  config: Config,
  options: Omit<EmulatedAwsOptions, 'organization'> = {},
): Promise<DeployedOrganization> {
  const topology = resolveTopology(config);
  const { management, organization } = topology;
  const aws = await startEmulatedAws({ organization: organizationOf(topology), ...options });
  const credentials = await foundOrganization(aws.motoUrl, topology);
  const walk = { isDryRun: false, makesDeployRoles: true, env: {}, onRow: () => {} };
  const { rows } = await bootstrap(config, topology, { endpoint: aws.url, credentials }, walk);
  const failed = rows.find(({ result }) => result === 'failed');
  if (failed) throw new Error(`bootstrap: ${failed.what}: ${failed.reason}`);
  const administrator = async ({ accountId, region }: Place): Promise<ClientConfig> => {
    const roleArn = `arn:${management.partition}:iam::${accountId}:role/OrganizationAccountAccessRole`;
    const isManagement = accountId === management.accountId;
    const keys = isManagement ? credentials : await assumeRole(aws.url, credentials, roleArn);
    return { endpoint: aws.url, region, credentials: keys, maxAttempts: 3 };
  };
  const settings = {
    isCrossAccountBackupEnabled: 'true',
    isMpaEnabled: 'false',
    isDelegatedAdministratorEnabled: 'false',
  };
  await new BackupClient(await administrator(management)).send(
    new UpdateGlobalSettingsCommand({ GlobalSettings: settings }),
  );
  for (const site of topology.destinations) await deployDestination(await administrator(site), site, organization.id);
  for (const site of topology.sources) await deploySource(await administrator(site), site, topology);
  return {
    aws,
    topology,
    credentials,
    env: sandboxEnvironment(aws.url, credentials, management.region),
    administrator,
    runPlans: async () => {
      const { world } = aws.backup;
      for (const { accountId, region, plans } of world.allPlaces())
        for (const planId of plans.keys()) await aws.backup.runPlan({ accountId, region, planId });
      await world.settled();
    },
    stop: () => aws.stop(),
  };
}

async function deployDestination(admin: ClientConfig, site: DestinationSite, organizationId: string): Promise<void> {
  const policies = {
    key: destinationKeyPolicy(site, organizationId),
    vault: destinationAccessPolicy(site, organizationId),
  };
  await makeVault(admin, site, policies);
  const { partition, accountId, copyBacks } = site;
  const vaultArns = copyBacks.map(({ vaultArn }) => vaultArn);
  const inline: Record<string, PolicyDocument> =
    copyBacks.length > 0 ? { CopyBack: copyBackPolicy(partition, accountId, vaultArns) } : {};
  await makeRole(admin, site, site.restoreRole, restorePolicies(partition), inline);
}

async function deploySource(
  admin: ClientConfig,
  site: SourceSite,
  { organization, destinations }: Topology,
): Promise<void> {
  const { id } = organization;
  await makeVault(admin, site, { key: sourceKeyPolicy(site, id), vault: sourceAccessPolicy(site, id) });
  await makeRole(admin, site, site.backupRole, backupPolicies(site));
  await makeRole(admin, site, site.restoreRole, restorePolicies(site.partition));
  const backup = new BackupClient(admin);
  if (site.regionSettings)
    await backup.send(
      new UpdateRegionSettingsCommand({
        ResourceTypeOptInPreference: site.regionSettings.optIn,
        ResourceTypeManagementPreference: site.regionSettings.managementPreference,
      }),
    );
  for (const { physicalName, rules, selections } of site.plans) {
    const lifecycle = ({ deleteAfterDays }: { deleteAfterDays: number }) => ({ DeleteAfterDays: deleteAfterDays });
    const plan = {
      BackupPlanName: physicalName,
      Rules: rules.map((rule) => ({
        RuleName: rule.name,
        TargetBackupVaultName: site.vault.vaultName,
        ScheduleExpression: rule.schedule,
        StartWindowMinutes: rule.startWindowMinutes,
        CompletionWindowMinutes: rule.completionWindowMinutes,
        Lifecycle: lifecycle(rule),
        CopyActions: rule.copies.map((copy) => ({
          DestinationBackupVaultArn:
            'outsideVaultArn' in copy
              ? copy.outsideVaultArn
              : destinations.find(({ stackName }) => stackName === copy.destinationStack)?.vault.vaultArn,
          Lifecycle: lifecycle(copy),
        })),
      })),
    };
    const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan: plan }));
    for (const { name, resources, conditions } of selections)
      await backup.send(
        new CreateBackupSelectionCommand({
          BackupPlanId,
          BackupSelection: {
            SelectionName: name,
            IamRoleArn: site.backupRole.arn,
            Resources: [...resources],
            Conditions: {
              StringEquals: conditions.stringEquals.map(({ key, value }) => ({
                ConditionKey: key,
                ConditionValue: value,
              })),
            },
          },
        }),
      );
  }
}

async function makeVault(
  admin: ClientConfig,
  { vault }: DestinationSite | SourceSite,
  policies: { readonly key: PolicyDocument; readonly vault: PolicyDocument },
): Promise<void> {
  const kms = new KMSClient(admin);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policyJson(policies.key) }));
  const backup = new BackupClient(admin);
  const { vaultName: BackupVaultName } = vault;
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName, EncryptionKeyArn: KeyMetadata?.Arn }));
  if (policies.vault.Statement.length > 0)
    await backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy: policyJson(policies.vault) }));
}

async function makeRole(
  admin: ClientConfig,
  { accountId }: DestinationSite | SourceSite,
  { name: RoleName }: RoleNames,
  managed: ManagedPolicies,
  inline: Readonly<Record<string, PolicyDocument>> = {},
): Promise<void> {
  const iam = new IAMClient(admin);
  const trust = policyJson(backupTrustPolicy(accountId));
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  for (const PolicyArn of Object.values(managed)) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  for (const [PolicyName, document] of Object.entries(inline))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: policyJson(document) }));
}
