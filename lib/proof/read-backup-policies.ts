import { POLICY_ACCOUNT } from '../aws/backup';
import type { Tag } from '../topology/plan';
import type { SourceSite } from '../topology/topology';
import type { DeployedPlan, PlannedCopy, PlannedRule, PlannedScanSetting, PlannedSelection, Tags } from './deployed';
import type { PlacedResources } from './placed';
import { ProofError } from './proof-error';

/** A backup policy as it will be. */
export interface DeployedBackupPolicy {
  readonly stack: string;
  readonly address: string;
  readonly text: string;
  /** What it is attached to. */
  readonly targetIds: readonly string[];
  readonly plans: Readonly<Record<string, PolicyPlan>>;
}

type Assigned<Value = string> = { readonly '@@assign': Value };
type Named<Thing> = Readonly<Record<string, Thing>>;
interface PolicyLifecycle {
  readonly delete_after_days: Assigned;
  readonly move_to_cold_storage_after_days?: Assigned;
  readonly opt_in_to_archive_for_supported_resources?: Assigned;
}
interface PolicyRule {
  readonly schedule_expression: Assigned;
  readonly target_backup_vault_name: Assigned;
  readonly lifecycle: PolicyLifecycle;
  readonly index_actions?: { readonly resource_types: Assigned<readonly string[]> };
  readonly scan_actions?: Named<{ readonly scan_mode: Assigned }>;
  readonly copy_actions?: Named<{ readonly target_backup_vault_arn: Assigned; readonly lifecycle: PolicyLifecycle }>;
}
interface PolicySelection {
  readonly iam_role_arn: Assigned;
  readonly tag_key?: Assigned;
  readonly tag_value?: Assigned<readonly string[]>;
  readonly resource_types?: Assigned<readonly string[]>;
  readonly not_resource_types?: Assigned<readonly string[]>;
  readonly conditions?: Named<Named<{ readonly condition_key: Assigned; readonly condition_value: Assigned }>>;
}
interface PolicyPlan {
  readonly regions: Assigned<readonly string[]>;
  readonly rules: Named<PolicyRule>;
  readonly selections: { readonly tags?: Named<PolicySelection>; readonly resources?: Named<PolicySelection> };
  readonly scan_settings?: Named<{
    readonly resource_types: Assigned<readonly string[]>;
    readonly scanner_role_arn: Assigned;
  }>;
  readonly backup_plan_tags?: Named<{ readonly tag_key: Assigned; readonly tag_value: Assigned }>;
}

/**
 * Every backup policy of the stacks, with what it is attached to.
 * @throws ProofError where one is not JSON
 */
export function readBackupPolicies(resources: PlacedResources): DeployedBackupPolicy[] {
  const attachments = resources.all('aws_organizations_policy_attachment');
  return resources
    .all('aws_organizations_policy')
    .filter(({ block }) => block.type === 'BACKUP_POLICY')
    .map(({ stack, id, block }) => {
      const address = `${stack}.${id}`;
      const text = String(block.content);
      return {
        stack,
        address,
        text,
        targetIds: attachments
          .filter((one) => one.block.policy_id === address)
          .map((one) => String(one.block.target_id)),
        plans: plansIn(address, text),
      };
    });
}

function plansIn(address: string, text: string): DeployedBackupPolicy['plans'] {
  try {
    return (JSON.parse(text) as { readonly plans?: DeployedBackupPolicy['plans'] }).plans ?? {};
  } catch (error) {
    throw new ProofError(`the policy ${address} is no JSON: ${(error as Error).message}`);
  }
}

/** The plans that an account gets in its Region by the policies on it, its units and the root. */
export function plansOfMember(member: SourceSite, policies: readonly DeployedBackupPolicy[]): DeployedPlan[] {
  const places = [member.accountId, ...(member.ouPath?.split('/') ?? [])];
  return policies
    .filter(({ targetIds }) => targetIds.some((id) => places.includes(id)))
    .flatMap(({ stack, plans }) =>
      Object.entries(plans)
        .filter(([, plan]) => plan.regions['@@assign'].includes(member.region))
        .map(([name, plan]) => planOf(stack, name, plan, member)),
    );
}

function planOf(stack: string, name: string, plan: PolicyPlan, member: SourceSite): DeployedPlan {
  const { partition, accountId, region } = member;
  const rules = Object.entries(plan.rules).map(([rule, given]) => ruleOf(rule, given));
  return {
    arn: `arn:${partition}:backup:${region}:${accountId}:backup-plan:${stack}.${name}`,
    stack,
    accountId,
    region,
    name,
    tags: tagsOf(plan.backup_plan_tags),
    rules,
    scanSettings: scanSettingsOf(plan.scan_settings, accountId),
    selections: selectionsOf(plan.selections, accountId),
    copyTargets: rules.flatMap(({ copy_action: copies = [] }) => copies.map((copy) => copy.destination_vault_arn)),
  };
}

const tagsOf = (given: PolicyPlan['backup_plan_tags'] = {}): Tags =>
  Object.fromEntries(
    Object.values(given).map(({ tag_key: key, tag_value: value }) => [key['@@assign'], value['@@assign']]),
  );

const scanSettingsOf = (given: PolicyPlan['scan_settings'] = {}, accountId: string): PlannedScanSetting[] =>
  Object.entries(given).map(([scanner, setting]) => ({
    malware_scanner: scanner,
    resource_types: setting.resource_types['@@assign'],
    scanner_role_arn: setting.scanner_role_arn['@@assign'].replace(POLICY_ACCOUNT, accountId),
  }));

/** The same in the words of Terraform, in which plans of stacks are compared with the config. */
const ruleOf = (name: string, given: PolicyRule): PlannedRule => ({
  rule_name: name,
  schedule: given.schedule_expression['@@assign'],
  // A policy says none, and AWS reads all of it in this one.
  schedule_expression_timezone: 'Etc/UTC',
  target_vault_name: given.target_backup_vault_name['@@assign'],
  lifecycle: lifecycleOf(given.lifecycle),
  index_resource_types: given.index_actions?.resource_types['@@assign'] ?? [],
  scan_action: Object.entries(given.scan_actions ?? {}).map(([scanner, action]) => ({
    malware_scanner: scanner,
    scan_mode: action.scan_mode['@@assign'],
  })),
  copy_action: Object.entries(given.copy_actions ?? {}).map(
    ([key, copy]): PlannedCopy => ({
      // Where key and target differ, it is no copy that anybody promised.
      destination_vault_arn: copy.target_backup_vault_arn?.['@@assign'] === key ? key : `${key} without its target`,
      lifecycle: lifecycleOf(copy.lifecycle),
    }),
  ),
});

const lifecycleOf = (given: PolicyLifecycle) => ({
  delete_after: Number(given.delete_after_days['@@assign']),
  ...(given.move_to_cold_storage_after_days === undefined
    ? {}
    : {
        cold_storage_after: Number(given.move_to_cold_storage_after_days['@@assign']),
        opt_in_to_archive_for_supported_resources:
          given.opt_in_to_archive_for_supported_resources?.['@@assign'] === 'true',
      }),
});

const selectionsOf = ({ tags = {}, resources = {} }: PolicyPlan['selections'], accountId: string): PlannedSelection[] =>
  Object.entries({ ...tags, ...resources }).map(([name, given]) => ({
    name,
    iam_role_arn: given.iam_role_arn['@@assign'].replace(POLICY_ACCOUNT, accountId),
    resources: given.resource_types?.['@@assign'] ?? [],
    not_resources: given.not_resource_types?.['@@assign'] ?? [],
    selection_tag: (given.tag_value?.['@@assign'] ?? []).map(
      (value): Tag => ({ key: given.tag_key?.['@@assign'] ?? '', value }),
    ),
    condition: [
      Object.fromEntries(
        Object.entries(given.conditions ?? {}).map(([operator, named]) => [
          operator,
          Object.values(named).map(
            ({ condition_key: key, condition_value: value }): Tag => ({
              key: key['@@assign'],
              value: value['@@assign'],
            }),
          ),
        ]),
      ),
    ],
  }));
