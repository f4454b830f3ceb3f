import { BackupClient, UpdateGlobalSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  OrganizationsClient,
  PutResourcePolicyCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { type Audited, type AuditOptions, audit } from '../../lib/audit/audit';
import { bootstrap } from '../../lib/bootstrap/bootstrap';
import type { Config } from '../../lib/config/config';
import { backupPolicy, policyGroups, vaultArnIn } from '../../lib/policies/backup-policies';
import { baselineTemplate, templateJson } from '../../lib/policies/baseline-template';
import { delegationPolicy } from '../../lib/policies/delegation-policy';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { bringTo } from '../../sandbox/cloudformation/stack';
import { readTemplate } from '../../sandbox/cloudformation/template';
import { type EmulatedAws, startEmulatedAws } from '../../sandbox/emulated-aws';
import type { OrganizationSetup } from '../../sandbox/organizations-api/directory';
import { foundOrganization, iamOf } from '../../sandbox/trial/found-organization';
import { assumeRole } from '../../sandbox/trial/identities';
import { accountsOf, organizationOf } from '../../sandbox/trial/organization';
import { answeringStackSets, type Instance } from './stack-instances';

/** An account that a rollout reaches, and the unit it is in. */
export interface Joined {
  readonly accountId: string;
  readonly unit: string;
}

/** An organization with everything that its rollouts need. */
export interface RolledOut {
  readonly aws: EmulatedAws;
  readonly organizations: OrganizationsClient;
  /** The stacks of StackSets, by the name of the StackSet, which a test may change. */
  readonly instances: Map<string, Instance[]>;
  audit(options?: Partial<AuditOptions>): Promise<Audited>;
  /** Keys of the role that may do everything in a member account. */
  enter(accountId: string): ReturnType<typeof assumeRole>;
  stop(): Promise<void>;
}

/** Makes it with the SDK; of the destination only what the organization knows. */
export async function aRolledOutOrganization(
  config: Config,
  units: OrganizationSetup['units'],
  joined: readonly Joined[],
): Promise<RolledOut> {
  const topology = resolveTopology(config);
  const { management, organization, organizationPolicies: policies, destinations } = topology;
  if (!policies) throw new Error('the config rolls nothing out');
  const setup = organizationOf(topology);
  const isNamed = (id: string) =>
    [management, ...destinations, ...topology.sources].some(({ accountId }) => accountId === id);
  const aws = await startEmulatedAws({
    organization: {
      ...setup,
      units,
      accounts: [
        // Of rollouts there are those that joined, and no others.
        ...setup.accounts.filter(({ id }) => isNamed(id)),
        ...joined.map(({ accountId, unit }) => ({
          id: accountId,
          name: `member-${accountId[0]}`,
          parentId: unit,
          email: `${accountId}@example.com`,
        })),
      ],
    },
  });
  const credentials = await foundOrganization(aws.motoUrl, topology);
  const RoleName = 'OrganizationAccountAccessRole';
  const enter = (accountId: string) => assumeRole(aws.url, credentials, `arn:aws:iam::${accountId}:role/${RoleName}`);
  const instances = new Map<string, Instance[]>();
  const stackSets = answeringStackSets((name) => instances.get(name));
  const ambient = { endpoint: aws.url, credentials };
  await bootstrap(config, topology, ambient, { isDryRun: false, makesDeployRoles: false, env: {}, onRow: () => {} });

  const client = { region: management.region, ...ambient };
  const backup = new BackupClient(client);
  const GlobalSettings = Object.fromEntries(
    Object.entries(management.globalSettings).map(([key, on]) => [key, `${on}`]),
  );
  await backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings }));
  backup.destroy();
  for (const { region, optIn, managementPreference } of management.regionSettings) {
    const there = new BackupClient({ ...client, region });
    await there.send(
      new UpdateRegionSettingsCommand({
        ResourceTypeOptInPreference: { ...optIn },
        ResourceTypeManagementPreference: { ...managementPreference },
      }),
    );
    there.destroy();
  }

  const organizations = new OrganizationsClient(client);
  const { rollouts } = management;
  for (const [ServicePrincipal, AccountId] of [
    ['backup.amazonaws.com', management.delegatedAdministratorId],
    ['member.org.stacksets.cloudformation.amazonaws.com', rollouts?.stackSetsAdministratorId],
  ])
    if (AccountId !== undefined)
      await organizations.send(new RegisterDelegatedAdministratorCommand({ ServicePrincipal, AccountId }));
  if (rollouts?.delegation) {
    const Content = JSON.stringify(delegationPolicy(management.partition, rollouts.delegation));
    await organizations.send(new PutResourcePolicyCommand({ Content }));
  }
  for (const rollout of policies.rollouts)
    for (const [index, plans] of policyGroups(rollout, destinations).entries()) {
      const Name = `${rollout.policyName}-${index + 1}`;
      const Content = backupPolicy(plans, vaultArnIn(destinations));
      const order = new CreatePolicyCommand({ Name, Content, Description: '', Type: 'BACKUP_POLICY' });
      const PolicyId = (await organizations.send(order)).Policy?.PolicySummary?.Id;
      for (const TargetId of rollout.targetIds)
        await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
    }

  const template = readTemplate(templateJson(baselineTemplate(policies.baseline.member, organization.id)));
  const regions = [...new Set(policies.rollouts.flatMap(({ members }) => members.map(({ region }) => region)))];
  for (const { accountId } of joined) {
    const iam = iamOf(aws.motoUrl, accountId);
    const Statement = { Effect: 'Allow', Principal: { AWS: management.accountId }, Action: 'sts:AssumeRole' };
    const trust = JSON.stringify({ Version: '2012-10-17', Statement });
    if (!accountsOf(topology).has(accountId)) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
    iam.destroy();
    const assumed = await enter(accountId);
    for (const region of regions) {
      const given = { endpoint: aws.url, region, credentials: assumed };
      const clients = { backup: new BackupClient(given), iam: new IAMClient(given), kms: new KMSClient(given) };
      const pseudoParameters = { 'AWS::AccountId': accountId, 'AWS::Partition': 'aws', 'AWS::Region': region };
      await bringTo(new Map(), { template, pseudoParameters, tags: {}, clients });
      for (const one of Object.values(clients)) one.destroy();
    }
  }
  return {
    aws,
    organizations,
    instances,
    enter,
    audit: (options = {}) =>
      audit(
        config,
        topology,
        { ...ambient, requestHandler: stackSets.requestHandler },
        { jobs: 4, onProgress: () => {}, timer: { now: Date.now, wait: async () => {} }, ...options },
      ),
    stop: async () => {
      organizations.destroy();
      stackSets.close();
      await aws.stop();
    },
  };
}
