import { MALWARE_SCANNER } from '../aws/scans';
import { PROTECTION_TAG } from '../topology/names';
import type { Conditions, Copy, Lifecycle, Plan, Rule, Selection } from '../topology/plan';
import type { SourceSite } from '../topology/topology';

/** The vault that a copy goes to, as an ARN or as what stands for it until the deploy. */
export type VaultOfCopy = (copy: Copy) => string;

/** A policy value in the one operator that is used: a child policy has nothing to add, and nothing merges by chance. */
interface Assigned {
  readonly '@@assign': string | readonly string[];
}
type Node = Assigned | { readonly [key: string]: Node };

const assign = (value: string | readonly string[]): Assigned => ({ '@@assign': value });

const assignNumber = (value: number): Assigned => assign(String(value));

/**
 * A plan of one Region as a backup policy says it. Numbers are text there, as in AWS's own examples.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export function policyPlan(plan: Plan, member: SourceSite, vaultOf: VaultOfCopy): Node {
  return {
    regions: assign([member.region]),
    rules: Object.fromEntries(plan.rules.map((rule) => [rule.name, policyRule(rule, member, vaultOf)])),
    selections: policySelections(plan.selections, member.backupRole.arn),
    ...(plan.windowsVss ? { advanced_backup_settings: { ec2: { windows_vss: assign('enabled') } } } : {}),
    ...scanSettings(plan, member),
    backup_plan_tags: tags({ [PROTECTION_TAG.key]: PROTECTION_TAG.value }),
  };
}

const policyRule = (rule: Rule, member: SourceSite, vaultOf: VaultOfCopy): Node => ({
  schedule_expression: assign(rule.schedule),
  target_backup_vault_name: assign(member.vault.vaultName),
  start_backup_window_minutes: assignNumber(rule.startWindowMinutes),
  complete_backup_window_minutes: assignNumber(rule.completionWindowMinutes),
  enable_continuous_backup: assign(String(rule.enableContinuousBackup)),
  lifecycle: policyLifecycle(rule),
  ...(Object.keys(rule.recoveryPointTags).length > 0 ? { recovery_point_tags: tags(rule.recoveryPointTags) } : {}),
  ...(rule.copies.length > 0 ? { copy_actions: copyActions(rule.copies, vaultOf) } : {}),
  ...(rule.indexedTypes.length > 0 ? { index_actions: { resource_types: assign(rule.indexedTypes) } } : {}),
  ...(rule.scanMode === undefined ? {} : { scan_actions: { [MALWARE_SCANNER]: { scan_mode: assign(rule.scanMode) } } }),
});

/** AWS refuses a rule that scans in a plan without these. */
const scanSettings = ({ scannedTypes }: Plan, { scannerRole }: SourceSite): { readonly scan_settings?: Node } =>
  scannedTypes === undefined || scannerRole === undefined
    ? {}
    : {
        scan_settings: {
          [MALWARE_SCANNER]: {
            resource_types: assign(scannedTypes),
            scanner_role_arn: assign(scannerRole.arn),
          },
        },
      };

const policyLifecycle = ({ deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: Lifecycle): Node => ({
  delete_after_days: assignNumber(deleteAfterDays),
  ...(moveToColdStorageAfterDays === undefined
    ? {}
    : {
        move_to_cold_storage_after_days: assignNumber(moveToColdStorageAfterDays),
        opt_in_to_archive_for_supported_resources: assign(String(optInToArchive)),
      }),
});

/** The vault stands twice: as the key, and inside, without which AWS makes no copy. */
const copyActions = (copies: readonly Copy[], vaultOf: VaultOfCopy): Node =>
  Object.fromEntries(
    copies.map((copy) => [
      vaultOf(copy),
      { target_backup_vault_arn: assign(vaultOf(copy)), lifecycle: policyLifecycle(copy) },
    ]),
  );

const tags = (given: Readonly<Record<string, string>>): Node =>
  Object.fromEntries(
    // AWS puts the names of entries into lower case; what counts stands inside.
    Object.entries(given).map(([key, value]) => [
      key.toLowerCase(),
      { tag_key: assign(key), tag_value: assign(value) },
    ]),
  );

/** By tags or by types: a plan of a policy never has both. */
function policySelections(selections: readonly Selection[], roleArn: string): Node {
  const named = (kind: 'tags' | 'resources', of: (selection: Selection) => Node): Node => ({
    [kind]: Object.fromEntries(
      selections.map((selection) => [
        selection.name,
        { iam_role_arn: assign(roleArn), ...of(selection), ...policyConditions(selection.conditions) },
      ]),
    ),
  });
  return selections.some(({ listOfTags }) => listOfTags.length > 0)
    ? named('tags', ({ listOfTags }) => ({
        tag_key: assign(listOfTags[0]?.key ?? ''),
        tag_value: assign(listOfTags.map(({ value }) => value)),
      }))
    : named('resources', ({ resources, notResources }) => ({
        resource_types: assign(resources),
        ...(notResources.length > 0 ? { not_resource_types: assign(notResources) } : {}),
      }));
}

const CONDITIONS = [
  ['string_equals', 'stringEquals'],
  ['string_not_equals', 'stringNotEquals'],
  ['string_like', 'stringLike'],
  ['string_not_like', 'stringNotLike'],
] as const satisfies readonly (readonly [string, keyof Conditions])[];

function policyConditions(conditions: Conditions): { readonly conditions?: Node } {
  const given = CONDITIONS.filter(([, ours]) => conditions[ours].length > 0).map(([theirs, ours]): [string, Node] => [
    theirs,
    Object.fromEntries(
      conditions[ours].map(({ key, value }, index) => [
        `condition-${index + 1}`,
        { condition_key: assign(key), condition_value: assign(value) },
      ]),
    ),
  ]);
  return given.length > 0 ? { conditions: Object.fromEntries(given) } : {};
}
