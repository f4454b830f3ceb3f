import { performance } from 'node:perf_hooks';
import { audit } from '../lib/audit/audit';
import { memberSite } from '../lib/audit/member-site';
import { renderAudit } from '../lib/audit/render-audit';
import { expectedVaults } from '../lib/audit/vaults';
import { backupServiceLinkedRoleArn, roleArn } from '../lib/aws/arn';
import { Config } from '../lib/config/config';
import { vaultArnIn } from '../lib/policies/backup-policies';
import { policyPlan } from '../lib/policies/backup-policy';
import { backupPolicies, backupTrustPolicy, restorePolicies } from '../lib/policies/backup-role-policies';
import { sourceResourceKeyPolicy } from '../lib/policies/site-policies';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { type Asked, type Bucket, FakeAws } from './fake-aws';
import { VirtualTime } from './virtual-time';

const UNITS = 50;
const ACCOUNTS = 1_000;
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];
const MANAGEMENT = '999999999999';
const JOBS = Number(process.argv[2] ?? 16);

const unitId = (unit: number) => `ou-abc1-unit${String(unit).padStart(4, '0')}`;
const accountId = (account: number) => String(100_000_000_000 + account);
const accounts = Array.from({ length: ACCOUNTS }, (_, account) => accountId(account));
const unitOf = (account: string) => unitId((Number(account) - 100_000_000_000) % UNITS);

const config = Config.parse({
  organization: { id: 'o-abc1234567', rootId: 'r-abc1' },
  management: {
    accountId: MANAGEMENT,
    region: 'us-east-1',
    globalSettings: { multiPartyApproval: false, delegatedAdministrator: false },
  },
  destinations: { vault: { accountId: '222222222222', regions: ['eu-west-2'] } },
  sources: {},
  guardrails: { enabled: false },
  organizationPolicies: {
    baseline: { createResourceKey: true },
    rollouts: [
      {
        name: 'all',
        plans: ['daily'],
        regions: REGIONS,
        ous: Array.from({ length: UNITS }, (_, unit) => `o-abc1234567/r-abc1/${unitId(unit)}/`),
      },
    ],
  },
  plans: {
    daily: {
      rules: [
        {
          name: 'daily',
          schedule: 'cron(0 3 ? * * *)',
          deleteAfterDays: 35,
          copies: [{ to: 'vault/eu-west-2', deleteAfterDays: 365 }],
        },
      ],
      selections: [{ name: 'tagged', anyTag: [{ key: 'Backup', value: 'true' }] }],
    },
  },
});
const topology = resolveTopology(config);
const policies = topology.organizationPolicies;
const [destination] = topology.destinations;
if (!policies || !destination) throw new Error('the config rolls nothing out');
const { baseline } = policies;

/** What a bucket is of. */
const PER_ACCOUNT = ({ accountId: account }: Asked) => account;
const PER_PLACE = ({ accountId: account, region }: Asked) => `${account} ${region}`;

/** Of what AWS publishes no rate for, what is taken to be one: see docs/audit.md. */
const BUCKETS: Readonly<Record<string, Bucket>> = {
  organizations: { perSecond: 3, burst: 5, of: PER_ACCOUNT },
  sts: { perSecond: 600, burst: 600, of: PER_PLACE },
  cloudformation: { perSecond: 5, burst: 10, of: PER_PLACE },
  iam: { perSecond: 15, burst: 30, of: PER_ACCOUNT },
  backup: { perSecond: 10, burst: 20, of: PER_PLACE },
  kms: { perSecond: 500, burst: 500, of: PER_PLACE },
  ec2: { perSecond: 20, burst: 100, of: PER_PLACE },
};

const xml = (name: string, value: string) => `<${name}>${value}</${name}>`;
const siteAt = (account: string, region: string) =>
  account === destination.accountId ? destination : memberSite(baseline.member, account, account, region);
const keyArn = ({ accountId: account, region }: Asked, alias: string) =>
  alias.startsWith('arn:') ? alias : `arn:aws:kms:${region}:${account}:key/${alias.replace('alias/', '')}`;
const vaultsAt = (asked: Asked) => expectedVaults(siteAt(asked.accountId, asked.region), topology.organization.id);

function keyPolicyOf(asked: Asked) {
  const site = siteAt(asked.accountId, asked.region);
  const isOfResources = site.role === 'source' && asked.input.KeyId?.endsWith(site.resourceKeyAlias?.slice(6) ?? '/');
  return isOfResources ? sourceResourceKeyPolicy(site) : vaultsAt(asked)[0]?.keyPolicy;
}

/** The effective policy of every account: the plans of the only rollout, without operators. */
const effective = JSON.stringify({
  plans: Object.fromEntries(
    (policies.rollouts[0]?.members ?? []).flatMap((member) =>
      member.plans.map((plan) => [plan.physicalName, shown(policyPlan(plan, member, vaultArnIn([destination])))]),
    ),
  ),
});

function shown(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const { '@@assign': assigned, ...inner } = node as Record<string, unknown>;
  return assigned ?? Object.fromEntries(Object.entries(inner).map(([key, value]) => [key.toLowerCase(), shown(value)]));
}

function page<Item>(items: readonly Item[], token: string | undefined, size: number) {
  const from = Number(token ?? 0);
  const next = from + size < items.length ? String(from + size) : undefined;
  return { items: items.slice(from, from + size), next };
}

const memberOf = (Id: string) => ({ Id, Name: Id, Status: 'ACTIVE', State: 'ACTIVE' });
const instances = accounts.flatMap((account) => REGIONS.map((region) => ({ account, region })));

const ANSWERS: Readonly<Record<string, (asked: Asked) => unknown>> = {
  'organizations:DescribeOrganization': () => ({
    Organization: { Id: 'o-abc1234567', MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' },
  }),
  'organizations:ListRoots': () => ({
    Roots: [{ Id: 'r-abc1', PolicyTypes: [{ Type: 'BACKUP_POLICY', Status: 'ENABLED' }] }],
  }),
  'organizations:ListAWSServiceAccessForOrganization': () => ({
    EnabledServicePrincipals: [{ ServicePrincipal: 'backup.amazonaws.com' }],
  }),
  'organizations:ListAccounts': ({ input }) => {
    const { items, next } = page([MANAGEMENT, destination.accountId, ...accounts], input.NextToken, 20);
    return { Accounts: items.map(memberOf), NextToken: next };
  },
  'organizations:ListAccountsForParent': ({ input }) => {
    const { items, next } = page(
      accounts.filter((account) => unitOf(account) === input.ParentId),
      input.NextToken,
      20,
    );
    return { Accounts: items.map(memberOf), NextToken: next };
  },
  'organizations:ListOrganizationalUnitsForParent': () => ({ OrganizationalUnits: [] }),
  'organizations:DescribeEffectivePolicy': () => ({ EffectivePolicy: { PolicyContent: effective } }),
  'sts:GetCallerIdentity': () => xml('Account', MANAGEMENT) + xml('Arn', `arn:aws:iam::${MANAGEMENT}:user/bench`),
  'sts:AssumeRole': ({ input }) =>
    xml(
      'Credentials',
      xml('AccessKeyId', `ASIA${input.RoleArn?.split(':')[4]}`) +
        xml('SecretAccessKey', 'none') +
        xml('SessionToken', 'none') +
        xml('Expiration', '2040-01-01T00:00:00Z'),
    ),
  'cloudformation:DescribeOrganizationsAccess': () => xml('Status', 'ENABLED'),
  'cloudformation:ListStackInstances': ({ input }) => {
    const { items, next } = page(instances, input.NextToken, 100);
    const members = items.map(({ account, region }) =>
      xml('member', xml('Account', account) + xml('Region', region) + xml('Status', 'CURRENT')),
    );
    return xml('Summaries', members.join('')) + (next === undefined ? '' : xml('NextToken', next));
  },
  'iam:ListRoles': ({ accountId: account }) =>
    xml('Roles', xml('member', xml('Arn', backupServiceLinkedRoleArn('aws', account)))) + xml('IsTruncated', 'false'),
  'iam:GetRole': ({ accountId: account, input }) =>
    xml(
      'Role',
      xml('Arn', roleArn('aws', account, input.RoleName ?? '')) +
        xml('AssumeRolePolicyDocument', encodeURIComponent(JSON.stringify(backupTrustPolicy(account)))),
    ),
  'iam:ListAttachedRolePolicies': ({ input }) => {
    const attached = input.RoleName?.includes('-backup-') ? backupPolicies('aws') : restorePolicies('aws');
    const members = Object.values(attached).map((arn) => xml('member', xml('PolicyArn', arn)));
    return xml('AttachedPolicies', members.join('')) + xml('IsTruncated', 'false');
  },
  'backup:global-settings': () => ({
    GlobalSettings: Object.fromEntries(
      Object.entries(topology.management.globalSettings).map(([key, isOn]) => [key, `${isOn}`]),
    ),
  }),
  'backup:account-settings': ({ region }) => {
    const settings = topology.management.regionSettings.find((one) => one.region === region);
    return {
      ResourceTypeOptInPreference: settings?.optIn,
      ResourceTypeManagementPreference: settings?.managementPreference,
    };
  },
  'backup:backup-vaults': (asked) => ({
    BackupVaultList: vaultsAt(asked).map(({ vaultName, key, lock }) => ({
      BackupVaultName: vaultName,
      VaultType: 'BACKUP_VAULT',
      EncryptionKeyArn: key && 'alias' in key ? keyArn(asked, key.alias) : undefined,
      Locked: lock !== undefined,
      MinRetentionDays: lock?.minRetentionDays,
      MaxRetentionDays: lock?.maxRetentionDays,
    })),
  }),
  'backup:access-policy': (asked) => ({ Policy: JSON.stringify(vaultsAt(asked)[0]?.policy) }),
  'kms:DescribeKey': (asked) => {
    const Arn = keyArn(asked, asked.input.KeyId ?? '');
    return { KeyMetadata: { Arn, KeyId: Arn.split('/').at(-1), KeyState: 'Enabled' } };
  },
  'kms:GetKeyRotationStatus': () => ({ KeyRotationEnabled: true }),
  'kms:GetKeyPolicy': (asked) => ({ Policy: JSON.stringify(keyPolicyOf(asked)) }),
  'ec2:GetAllowedImagesSettings': () => xml('state', 'disabled'),
};

const time = new VirtualTime();
const aws = new FakeAws({
  time,
  buckets: BUCKETS,
  answer: (asked) => {
    const answered = ANSWERS[`${asked.service}:${asked.operation}`]?.(asked);
    if (answered === undefined) throw new Error(`nobody answers ${asked.service}:${asked.operation}`);
    return typeof answered === 'string' ? answered : JSON.stringify(answered);
  },
});

async function simulate(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const start = performance.now();
  const ambient = {
    credentials: { accessKeyId: `AKIA${MANAGEMENT}`, secretAccessKey: 'none' },
    requestHandler: aws.requestHandler as never,
  };
  const options = { jobs: JOBS, onProgress: () => {}, timer: time };
  const audited = await time.run(() => audit(config, topology, ambient, options));
  const minutes = (time.now() / 60_000).toFixed(1);
  const calls = [...aws.asked].sort(([, one], [, other]) => other - one);
  for (const [name, count] of calls) console.log(`${String(count).padStart(7)} ${name}`);
  console.log(renderAudit(audited));
  console.log(
    `${ACCOUNTS} accounts × ${REGIONS.length} Regions, ${JOBS} at once: ${minutes} minutes, ${aws.throttled} requests throttled (computed in ${((performance.now() - start) / 1000).toFixed(0)} s)`,
  );
}

simulate();
