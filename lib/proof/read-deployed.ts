import type { CompiledPolicy } from '../iam/policy';
import type { SourceSite } from '../topology/topology';
import {
  type Deployed,
  type DeployedKey,
  type DeployedPlan,
  memberKey,
  type PlannedRule,
  type PlannedScanSetting,
  type PlannedSelection,
  type Tags,
} from './deployed';
import { readDestructible } from './destroy-complaints';
import type { WrittenPolicy } from './exemption-complaints';
import { refuseUnjudged } from './judged';
import { keyArnOf, once, type Placed, PlacedResources, planArnOf, policyOf } from './placed';
import { ProofError } from './proof-error';
import { plansOfMember, readBackupPolicies } from './read-backup-policies';
import { type MemberResources, readMember } from './read-members';
import { readRoles } from './read-roles';
import { readStackSets } from './read-stack-sets';
import { readVaults } from './read-vaults';
import type { OrganizationFacts } from './references';
import { readShares } from './share-complaints';
import type { Synthesized } from './synthesized';

/**
 * Makes out of the written stacks what AWS will hold after the deploy.
 * @throws ProofError where a policy is not plain JSON, says what the proof does not understand, or stands there twice
 */
export function readDeployed(
  { stacks }: Synthesized,
  facts: OrganizationFacts,
  standIns: readonly SourceSite[] = [],
): Deployed {
  refuseUnjudged(stacks);
  const resources = new PlacedResources(stacks, facts);
  const stackSets = readStackSets(resources);
  const backupPolicies = readBackupPolicies(resources);
  const members = standIns.flatMap((site) => readMember(site, stackSets).map((made) => ({ site, made })));
  const ofMembers = <Thing>(of: (made: MemberResources) => readonly Thing[]) => members.flatMap(({ made }) => of(made));
  return {
    vaults: byArn([...readVaults(resources), ...ofMembers(({ vaults }) => vaults)]),
    keys: byArn([...readKeys(resources), ...ofMembers(({ keys }) => keys)]),
    roles: byArn([...readRoles(resources), ...ofMembers(({ roles }) => roles)]),
    plans: [...readPlans(resources), ...standIns.flatMap((site) => plansOfMember(site, backupPolicies))],
    backupPolicies,
    stackSets,
    memberKeys: new Map(
      members.flatMap(({ site, made }) => [...made.aliases].map(([alias, arn]) => [memberKey(site, alias), arn])),
    ),
    resourcePolicy: readResourcePolicy(resources),
    serviceControl: readServiceControl(resources),
    isCrossAccountBackupEnabled: resources
      .all('aws_backup_global_settings')
      .some(({ block }) => (block.global_settings as Tags | undefined)?.isCrossAccountBackupEnabled === 'true'),
    shares: readShares(resources),
    destructible: new Map([...readDestructible(resources), ...ofMembers(({ destructible }) => destructible)]),
    policies: [...writtenPolicies(resources), ...ofMembers(({ policies }) => policies)],
    output: (stack, name) => resources.references.output(stack, name),
  };
}

const byArn = <Owned extends { readonly arn: string }>(owned: readonly Owned[]) =>
  new Map(owned.map((one) => [one.arn, one]));

function readKeys(resources: PlacedResources): DeployedKey[] {
  const beside = resources
    .all('aws_kms_key_policy')
    .map((placed) => [String(placed.block.key_id), policyOf(placed, placed.block.policy)] as const);
  const keys = resources.all('aws_kms_key');
  const within = keys.flatMap((placed) =>
    placed.block.policy === undefined ? [] : [[keyArnOf(placed), policyOf(placed, placed.block.policy)] as const],
  );
  const policies = once([...within, ...beside]);
  return keys.map((placed) => {
    const { accountId, region, tags, stack, id } = placed;
    const arn = keyArnOf(placed);
    if (placed.block.is_enabled === false) throw new ProofError(`${stack}.${id} is a key that is switched off`);
    const policy = policies.get(arn);
    if (!policy)
      throw new ProofError(`${stack}.${id} is a key without a policy: AWS would give it one that anybody changes`);
    return { arn, accountId, region, tags, policy };
  });
}

function readPlans(resources: PlacedResources): DeployedPlan[] {
  const selections = resources.all('aws_backup_selection');
  return resources.all('aws_backup_plan').map((placed): DeployedPlan => {
    const { stack, block, accountId, region, tags } = placed;
    const arn = planArnOf(placed);
    const rules = ([block.rule ?? []].flat() as PlannedRule[]).map((rule) => ({
      ...rule,
      copy_action: [rule.copy_action ?? []].flat(),
      scan_action: [rule.scan_action ?? []].flat(),
    }));
    return {
      arn,
      stack,
      accountId,
      region,
      tags,
      name: String(block.name),
      rules,
      scanSettings: [block.scan_setting ?? []].flat() as PlannedScanSetting[],
      selections: selections
        .filter((selection) => selection.stack === stack && selection.block.plan_id === arn)
        .map((selection) => selection.block as unknown as PlannedSelection),
      copyTargets: rules.flatMap(({ copy_action: copies, target_logically_air_gapped_backup_vault_arn: airGapped }) => [
        ...copies.map((copy) => copy.destination_vault_arn),
        ...(airGapped === undefined ? [] : [airGapped]),
      ]),
    };
  });
}

function readServiceControl(resources: PlacedResources): Map<string, CompiledPolicy[]> {
  const compiled = new Map(
    resources
      .all('aws_organizations_policy')
      .filter(isServiceControl)
      .map((placed) => [`${placed.stack}.${placed.id}`, policyOf(placed, placed.block.content)]),
  );
  const byTarget = new Map<string, CompiledPolicy[]>();
  for (const { block } of resources.all('aws_organizations_policy_attachment')) {
    const policy = compiled.get(String(block.policy_id));
    const target = String(block.target_id);
    if (policy) byTarget.set(target, [...(byTarget.get(target) ?? []), policy]);
  }
  return byTarget;
}

/** There is one in an organization, so a second would take the place of the first. */
function readResourcePolicy(resources: PlacedResources): CompiledPolicy | undefined {
  const [placed, ...others] = resources.all('aws_organizations_resource_policy');
  if (others.length > 0)
    throw new ProofError('the organization has two resource policies, of which the last deployed wins');
  return placed && policyOf(placed, placed.block.content);
}

/** Without a type the provider makes a service control policy; resource control policies are another matter. */
function isServiceControl({ stack, id, block }: Placed): boolean {
  if (block.type === 'RESOURCE_CONTROL_POLICY') {
    throw new ProofError(`${stack}.${id} is a resource control policy, which the proof cannot judge`);
  }
  return block.type === undefined || block.type === 'SERVICE_CONTROL_POLICY';
}

/** The texts of all policies that deny or let in, by the address of their resource. */
const writtenPolicies = (resources: PlacedResources): WrittenPolicy[] =>
  [
    ['aws_backup_vault_policy', 'policy'],
    ['aws_kms_key', 'policy'],
    ['aws_kms_key_policy', 'policy'],
    ['aws_organizations_policy', 'content'],
  ].flatMap(([type = '', attribute = '']) =>
    resources
      .all(type)
      .filter(({ block }) => typeof block[attribute] === 'string' && block.type !== 'BACKUP_POLICY')
      .map(({ stack, id, block }) => ({ name: `${stack}.${id}`, document: JSON.parse(String(block[attribute])) })),
  );
