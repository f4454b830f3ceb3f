import type { BackupRule } from '@aws-sdk/client-backup';
import type { Plan, Rule } from '../topology/plan';
import type { SourceSite } from '../topology/topology';
import type { FoundPlan } from './inventory';
import { type Matches, NO_MATCHES, proposed, toChoose, together } from './proposal';
import { type Scene, settingOf } from './scene';

/** Plans of a source, and which of those that exist is which, by the name in the config. */
export interface MatchedPlans extends Matches {
  readonly plans: ReadonlyMap<string, FoundPlan>;
}

/** Finds the plans of a source: by their physical names, else by rules that run and keep alike. */
export function matchPlans(scene: Scene & { readonly site: SourceSite }): MatchedPlans {
  const { site, place, says } = scene;
  const plans = new Map<string, FoundPlan>();
  const named = new Set<FoundPlan>();
  const unmatched: Plan[] = [];
  const matches: Matches[] = [];
  for (const plan of site.plans) {
    const same = place.plans.filter(({ name }) => name === plan.physicalName);
    for (const one of same) named.add(one);
    if (same.length === 1 && same[0]) plans.set(plan.name, same[0]);
    else if (same.length > 1) matches.push(toChoose(severalOfOneName(scene, plan, same)));
    else if (!says('names', 'plans', plan.name)) unmatched.push(plan);
  }
  const free = place.plans.filter((plan) => !named.has(plan));
  for (const plan of unmatched) {
    const rivals = unmatched.filter((other) => rhythmOf(other.rules) === rhythmOf(plan.rules));
    const alike = free.filter(({ rules }) => foundRhythm(rules) === rhythmOf(plan.rules));
    const [only] = alike;
    if (only && alike.length === 1 && rivals.length === 1) plans.set(plan.name, only);
    matches.push(
      only && alike.length === 1 && rivals.length === 1
        ? proposed([...scene.path, 'names', 'plans', plan.name], only.name, 'its rules run and keep alike')
        : leftToChoose(scene, plan, alike.length > 0 ? alike : free, alike.length > 0),
    );
  }
  return { plans, ...together(matches) };
}

function leftToChoose(scene: Scene, plan: Plan, candidates: readonly FoundPlan[], areAlike: boolean): Matches {
  if (candidates.length === 0) return NO_MATCHES;
  return toChoose({
    where: scene.label,
    what: `plan ${plan.name}`,
    why: `${areAlike ? 'more than one plan has such rules' : 'no plan has such rules, so that one more would be made'}: say which it is in ${settingOf(scene, 'names', 'plans', plan.name)}`,
    candidates: candidates.map(({ name }) => name),
  });
}

const severalOfOneName = ({ label }: Scene, { name, physicalName }: Plan, same: readonly FoundPlan[]) => ({
  where: label,
  what: `plan ${name}`,
  why: `${same.length} plans are called ${physicalName}: rename none of them, AWS cannot; delete those that are not meant, or name another one`,
  candidates: same.map(({ id }) => id),
});

/** When rules run and how long they keep, whatever they are called. */
const rhythmOf = (rules: readonly Rule[]): string =>
  JSON.stringify(
    rules
      .map(({ schedule, timezone, deleteAfterDays, moveToColdStorageAfterDays, copies }) => [
        [normal(schedule), timezone, deleteAfterDays, moveToColdStorageAfterDays ?? null],
        copies.map((copy) => copy.deleteAfterDays).sort(),
      ])
      .map((rule) => JSON.stringify(rule))
      .sort(),
  );

const foundRhythm = (rules: readonly BackupRule[]): string =>
  JSON.stringify(
    rules
      .map((rule) => [
        [
          normal(rule.ScheduleExpression ?? ''),
          rule.ScheduleExpressionTimezone ?? 'Etc/UTC',
          rule.Lifecycle?.DeleteAfterDays,
          kept(rule.Lifecycle?.MoveToColdStorageAfterDays),
        ],
        (rule.CopyActions ?? []).map(({ Lifecycle }) => Lifecycle?.DeleteAfterDays).sort(),
      ])
      .map((rule) => JSON.stringify(rule))
      .sort(),
  );

/** AWS tells of nothing as of nothing, or as of 0 and less. */
const kept = (days: number | undefined) => (days === undefined || days <= 0 ? null : days);

const normal = (schedule: string) => schedule.replaceAll(/\s+/g, ' ').replaceAll('?', '*').trim();
