import { memberSite } from '../lib/audit/member-site';
import { expectedVaults } from '../lib/audit/vaults';
import { backupServiceLinkedRoleArn, roleArn } from '../lib/aws/arn';
import { vaultArnIn } from '../lib/policies/backup-policies';
import { policyPlan } from '../lib/policies/backup-policy';
import { backupPolicies, backupTrustPolicy, restorePolicies } from '../lib/policies/backup-role-policies';
import { sourceResourceKeyPolicy } from '../lib/policies/site-policies';
import type { Asked } from './fake-aws';
import { accounts, MANAGEMENT, REGIONS, topology, unitOf } from './large-organization';

const policies = topology.organizationPolicies;
const [destination] = topology.destinations;
if (!policies || !destination) throw new Error('the config rolls nothing out');
const { baseline } = policies;

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

/** What AWS answers of an organization in which all is as it should be. */
export const ANSWERS: Readonly<Record<string, (asked: Asked) => unknown>> = {
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
    const attached = input.RoleName?.includes('-backup-') ? backupPolicies(baseline.member) : restorePolicies('aws');
    const members = Object.values(attached).map((arn) => xml('member', xml('PolicyArn', arn)));
    return xml('AttachedPolicies', members.join('')) + xml('IsTruncated', 'false');
  },
  'iam:ListRolePolicies': () => xml('PolicyNames', '') + xml('IsTruncated', 'false'),
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
