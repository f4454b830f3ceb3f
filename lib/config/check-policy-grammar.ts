import type { Check } from './check';
import type { Config } from './config';
import type { Problem } from './config-error';
import type { Path } from './path';
import type { PlanConfig, RuleConfig, SelectionConfig } from './plan-config';
import { placedRollouts } from './rollouts';

/** The one time zone that the grammar of backup policies knows. */
export const POLICY_TIMEZONE = 'Etc/UTC';

/**
 * Plans that a rollout uses say only what a backup policy can.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export const checkPolicyGrammar: Check = (config) =>
  usedPlans(config).flatMap(({ plan, name, rollout }) => [
    ...plan.rules.flatMap((rule, index) => inRule(rule, ['plans', name, 'rules', index], rollout)),
    ...repeatedInLowerCase(plan.rules, ['plans', name, 'rules'], rollout),
    ...repeatedInLowerCase(plan.selections, ['plans', name, 'selections'], rollout),
    ...plan.selections.flatMap((selection, index) =>
      inSelection(selection, ['plans', name, 'selections', index], rollout),
    ),
    ...bothKinds(plan, ['plans', name, 'selections'], rollout),
  ]);

interface UsedPlan {
  readonly name: string;
  readonly plan: PlanConfig;
  /** The first rollout that uses it. */
  readonly rollout: string;
}

function usedPlans(config: Config): UsedPlan[] {
  const used = new Map<string, UsedPlan>();
  for (const { rollout } of placedRollouts(config)) {
    for (const name of rollout.plans) {
      const plan = config.plans[name];
      if (plan && !used.has(name)) used.set(name, { name, plan, rollout: rollout.name });
    }
  }
  return [...used.values()];
}

const because = (rollout: string) => `rollout ${rollout} uses the plan, and backup policies`;

function inRule(rule: RuleConfig, path: Path, rollout: string): Problem[] {
  const tags = Object.keys(rule.recoveryPointTags);
  const alike = tags.find((key, index) => tags.findIndex((other) => lower(other) === lower(key)) < index);
  return [
    ...(rule.timezone === POLICY_TIMEZONE
      ? []
      : [
          {
            path: [...path, 'timezone'],
            message: `must be ${POLICY_TIMEZONE}, got "${rule.timezone}": ${because(rollout)} know no other time zone`,
          },
        ]),
    ...(rule.targetAirGapped
      ? [
          {
            path: [...path, 'targetAirGapped'],
            message: `must be false, got true: rollout ${rollout} uses the plan, and its baseline has no air-gapped vault; copy to that of a destination`,
          },
        ]
      : []),
    ...(alike === undefined
      ? []
      : [
          {
            path: [...path, 'recoveryPointTags', alike],
            message: `must differ from the other tags by more than upper and lower case, got "${alike}": ${because(rollout)} put keys into lower case`,
            isAtKey: true,
          },
        ]),
  ];
}

const lower = (name: string) => name.toLowerCase();

const repeatedInLowerCase = (named: readonly { readonly name: string }[], path: Path, rollout: string): Problem[] =>
  named.flatMap(({ name }, index) => {
    const other = named.findIndex((one) => lower(one.name) === lower(name) && one.name !== name);
    if (other < 0 || other > index) return [];
    const message = `must differ from "${named[other]?.name}" by more than upper and lower case, got "${name}": ${because(rollout)} put names into lower case`;
    return [{ path: [...path, index, 'name'], message }];
  });

function inSelection(selection: SelectionConfig, path: Path, rollout: string): Problem[] {
  const concrete = (['resources', 'notResources'] as const).flatMap((field) =>
    selection[field].map((arn, index) => ({
      path: [...path, field, index],
      message: `must be said by ${field === 'resources' ? 'resourceTypes' : 'notResourceTypes'}, got "${arn}": ${because(rollout)} name types, not resources`,
    })),
  );
  const keys = [...new Set(selection.anyTag.map(({ key }) => key))];
  const severalKeys =
    keys.length > 1
      ? [
          {
            path: [...path, 'anyTag'],
            message: `must have one tag key, got ${keys.join(', ')}: ${because(rollout)} take several values of one key; write a selection for each key`,
          },
        ]
      : [];
  return [...concrete, ...severalKeys, ...(concrete.length > 0 ? [] : untyped(selection, path, rollout))];
}

/** Without types a policy selects by one tag, and has no word for what is left out. */
function untyped(selection: SelectionConfig, path: Path, rollout: string): Problem[] {
  if (selection.resourceTypes.length > 0) return [];
  if (selection.notResourceTypes.length > 0) {
    const message = `must stand beside resourceTypes, got none: ${because(rollout)} leave types out of types only`;
    return [{ path: [...path, 'notResourceTypes'], message }];
  }
  if (selection.anyTag.length > 0 || hasEquals(selection)) return [];
  const message = `must have tags or resourceTypes: ${because(rollout)} select by a tag with its value, or by types`;
  return [{ path, message }];
}

const hasEquals = ({ tags, conditions }: SelectionConfig) =>
  Object.keys(tags).length + Object.keys(conditions.equals).length > 0;

/** A policy's plan holds selections by tags or selections by types, and never both. */
function bothKinds({ selections }: PlanConfig, path: Path, rollout: string): Problem[] {
  const byType = selections.filter(({ resourceTypes }) => resourceTypes.length > 0);
  if (byType.length === 0 || byType.length === selections.length) return [];
  const message = `must all have resourceTypes, or none of them, got both: ${because(rollout)} select by types or by tags in one plan; make two plans`;
  return [{ path, message, isAtKey: true }];
}
