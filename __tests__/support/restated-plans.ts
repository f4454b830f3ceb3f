import {
  type Block,
  blocksOf,
  lockOf,
  numberOf,
  producerOf,
  regionOf,
  resourcesOfType,
  type Stacks,
  textOf,
  textsOf,
} from './stack-json';
import type { StackJson } from './synthesize';

const NAME = /^[a-zA-Z0-9\-_.]{1,50}$/;
const OUTSIDE_VAULT =
  /^arn:(aws|aws-us-gov|aws-cn|aws-eusc):backup:[a-z0-9-]+:\d{12}:backup-vault:(?!Default$)[a-zA-Z0-9\-_]{2,50}$/;

/** Says a rule that does not hold; nothing where it does. */
const unless = (holds: boolean, rule: string): string[] => (holds ? [] : [rule]);

/** What AWS Backup's guide says of plans and selections (AWS-FACTS 3), once more and from what would be deployed. */
export function brokenPlanRules(stacks: Stacks, stack: StackJson): string[] {
  const plans = resourcesOfType(stack, 'aws_backup_plan');
  const selections = resourcesOfType(stack, 'aws_backup_selection');
  return [
    ...plans.flatMap((plan) => inPlan(stacks, stack, plan).map((broken) => `plan ${textOf(plan, 'name')}: ${broken}`)),
    ...selections.flatMap((selection) =>
      inSelection(stack, selection).map((broken) => `selection ${textOf(selection, 'name')}: ${broken}`),
    ),
    ...perPlan(selections),
    ...unless(new Set(plans.map((plan) => plan.name)).size === plans.length, 'plans share a name'),
  ];
}

function inPlan(stacks: Stacks, stack: StackJson, plan: Block): string[] {
  const rules = blocksOf(plan, 'rule');
  const names = rules.map((rule) => textOf(rule, 'rule_name'));
  return [
    ...unless(NAME.test(textOf(plan, 'name')), 'name of plan'),
    ...unless(rules.length >= 1 && rules.length <= 10, '1 to 10 rules'),
    ...unless(new Set(names).size === names.length, 'unique rule names'),
    ...inScans(stack, plan, rules),
    ...rules.flatMap((rule) =>
      inRule(stacks, stack, rule).map((broken) => `rule ${textOf(rule, 'rule_name')}: ${broken}`),
    ),
  ];
}

/** Whatever scans says what and with which role, and asks for a provider that can. */
function inScans(stack: StackJson, plan: Block, rules: readonly Block[]): string[] {
  const settings = blocksOf(plan, 'scan_setting');
  const actions = rules.map((rule) => blocksOf(rule, 'scan_action'));
  const isScanning = actions.flat().length > 0;
  const isNewer = String(stack.terraform.required_providers.aws?.version).startsWith('>= 6.25.0,');
  return [
    ...unless(settings.length === (isScanning ? 1 : 0), 'scan settings where a rule scans'),
    ...unless(!isScanning || isNewer, 'a provider that knows scans'),
    ...unless(
      actions.every((of) => of.length <= 1),
      'one scan action',
    ),
    ...unless(
      [...settings, ...actions.flat()].every(({ malware_scanner }) => malware_scanner === 'GUARDDUTY'),
      'the one scanner',
    ),
    ...unless(
      actions.flat().every((action) => /^(FULL|INCREMENTAL)_SCAN$/.test(textOf(action, 'scan_mode'))),
      'mode of a scan',
    ),
    ...settings.flatMap((setting) => {
      const types = textsOf(setting, 'resource_types');
      return [
        ...unless(types.length > 0 && types.every((type) => /^(ALL|EBS|EC2|S3)$/.test(type)), 'scanned types'),
        ...unless(
          /^\$\{aws_iam_role\.ScannerRole_\w+\.arn\}$/.test(textOf(setting, 'scanner_role_arn')),
          'scanner role',
        ),
      ];
    }),
  ];
}

function inRule(stacks: Stacks, stack: StackJson, rule: Block): string[] {
  const [lifecycle] = blocksOf(rule, 'lifecycle');
  const copies = blocksOf(rule, 'copy_action');
  const targets = copies.map((copy) => textOf(copy, 'destination_vault_arn'));
  const isContinuous = rule.enable_continuous_backup === true;
  const start = numberOf(rule, 'start_window');
  const completion = numberOf(rule, 'completion_window');
  return [
    ...unless(NAME.test(textOf(rule, 'rule_name')), 'name of rule'),
    ...unless(isSchedule(textOf(rule, 'schedule')), `schedule ${textOf(rule, 'schedule')}`),
    ...unless(ZONES.has(textOf(rule, 'schedule_expression_timezone')), 'time zone'),
    ...unless(start >= 60 && start <= 52_560_000, 'start window of 60 or more'),
    ...unless(completion >= start, 'completion window not before the start'),
    ...unless(/^\$\{aws_backup_vault\.\w+\.name\}$/.test(textOf(rule, 'target_vault_name')), 'own vault, by its name'),
    ...unless(Object.keys(rule.recovery_point_tags ?? {}).length <= 10, '10 tags of recovery points'),
    ...inLifecycle(lifecycle, lockOf(stack)),
    ...unless(!isContinuous || numberOf(lifecycle, 'delete_after') <= 35, 'continuous for 35 days'),
    ...unless(!isContinuous || lifecycle?.cold_storage_after === undefined, 'continuous and warm'),
    ...unless(copies.length <= 5, '5 copies'),
    ...unless(new Set(targets).size === targets.length, 'copies to different vaults'),
    ...copies.flatMap((copy) => inCopy(stacks, stack, copy).map((broken) => `copy: ${broken}`)),
  ];
}

function inCopy(stacks: Stacks, stack: StackJson, copy: Block): string[] {
  const target = textOf(copy, 'destination_vault_arn');
  const [lifecycle] = blocksOf(copy, 'lifecycle');
  if (target.startsWith('arn:')) {
    return [...unless(OUTSIDE_VAULT.test(target), `vault ${target}`), ...inLifecycle(lifecycle)];
  }
  const producer = producerOf(stacks, stack, target);
  if (!producer || resourcesOfType(producer, 'aws_backup_vault').length !== 1) return [`nothing at ${target}`];
  return [...unless(producer !== stack, 'own vault'), ...inLifecycle(lifecycle, lockOf(producer))];
}

function inLifecycle(lifecycle: Block | undefined, lock = { min: 1, max: 36_500 }): string[] {
  if (!lifecycle) return ['no lifecycle'];
  const days = numberOf(lifecycle, 'delete_after');
  const hasCold = lifecycle.cold_storage_after !== undefined;
  const cold = numberOf(lifecycle, 'cold_storage_after');
  return [
    ...unless(Number.isInteger(days) && days >= 1 && days <= 36_500, `deleted after ${days}`),
    ...unless(!hasCold || (Number.isInteger(cold) && cold >= 1), `cold after ${cold}`),
    ...unless(!hasCold || days >= cold + 90, `90 days cold: ${cold} to ${days}`),
    ...unless(days >= lock.min && days <= lock.max, `${days} in lock ${lock.min} to ${lock.max}`),
  ];
}

function isSchedule(schedule: string): boolean {
  const fields = /^cron\((.*)\)$/.exec(schedule)?.[1]?.split(/\s+/) ?? [];
  const isDay = [fields[2], fields[4]].filter((field) => field === '?').length === 1;
  const isOnce = /^\d{1,2}$/.test(fields[0] ?? '') && Number(fields[0]) < 60;
  return fields.length === 6 && fields.filter((field) => field === '?').length === 1 && isDay && isOnce;
}

const ZONES = new Set(['Etc/UTC', ...Intl.supportedValuesOf('timeZone')]);

function inSelection(stack: StackJson, selection: Block): string[] {
  const resources = textsOf(selection, 'resources');
  const left = textsOf(selection, 'not_resources');
  const tags = blocksOf(selection, 'selection_tag');
  const conditions = blocksOf(selection, 'condition').flatMap(
    (condition) => Object.values(condition).flat() as Block[],
  );
  const wild = [...resources, ...left].filter((arn) => arn.includes('*'));
  return [
    ...unless(NAME.test(textOf(selection, 'name')), 'name of selection'),
    ...unless(resources.length + tags.length > 0, 'resources or tags'),
    ...unless(resources.length === 0 || tags.length === 0, 'a union of tags and resources'),
    ...unless(tags.length + conditions.length <= 30, '30 tags and conditions'),
    ...unless(resources.length + left.length <= 500 && wild.length <= 30, '500 ARNs, 30 with wildcards'),
    ...unless(
      tags.every(({ type, key }) => type === 'STRINGEQUALS' && !String(key).startsWith('aws:')),
      'tags by their plain key',
    ),
    ...unless(
      conditions.every(({ key }) => /^aws:ResourceTag\/./s.test(String(key))),
      'conditions with aws:ResourceTag/',
    ),
    ...unless(
      [...resources, ...left].every((arn) => isArnHere(arn, stack)),
      'ARNs of this account and Region',
    ),
    ...unless(/^\$\{aws_iam_role\.\w+\.arn\}$/.test(textOf(selection, 'iam_role_arn')), 'a role of this stack'),
  ];
}

/** `*`, or an ARN whose Region is this one's and whose name has a wildcard at its end only. */
function isArnHere(arn: string, stack: StackJson): boolean {
  if (arn === '*') return true;
  const [, region = '', name = ''] = /^arn:[^:]+:[^:]+:([^:]*):[^:]*:(.+)$/.exec(arn) ?? [];
  const isHere = region === '' || region === '*' || region === regionOf(stack);
  return name !== '' && isHere && !/\*[^:*]/.test(name);
}

function perPlan(selections: readonly Block[]): string[] {
  const plans = new Set(selections.map((selection) => selection.plan_id));
  return [...plans].flatMap((plan) => {
    const own = selections.filter((selection) => selection.plan_id === plan);
    const withTags = own.filter((selection) => selection.selection_tag ?? selection.condition);
    const names = new Set(own.map((selection) => selection.name));
    return [
      ...unless(own.length <= 100, '100 selections'),
      ...unless(withTags.length <= 10, '10 selections with tags'),
      ...unless(names.size === own.length, 'unique selection names'),
    ];
  });
}
