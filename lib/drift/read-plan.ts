import { type Difference, differences, isSame } from './differences';
import { masked, UNKNOWN } from './masked';
import type { Change, PlanJson, ResourceChange } from './plan-json';
import { referencesOf } from './references';

/** A resource that is not as the config has it. */
export interface Finding {
  /** As Terraform calls it. */
  readonly address: string;
  /** As the stack calls it: the path of its construct, without `Resource` at its end. */
  readonly resource: string;
  /** What happened to it, or what an apply would do. */
  readonly change: 'changed' | 'deleted' | 'added' | 'replaced' | 'forgotten';
  /** Empty where the whole resource comes or goes. */
  readonly differences: readonly Difference[];
  /** The resource that was changed outside and has to be made anew, for which alone an apply would touch this one. */
  readonly followsFrom?: string;
}

/** What a plan found. */
export interface Findings {
  /** What somebody changed past Terraform, and the next apply puts back: from the last apply's value to that of now. */
  readonly changedOutside: readonly Finding[];
  /** What the config says otherwise than the last apply: from that one's value to that of the config. */
  readonly notApplied: readonly Finding[];
  /** Whether nothing of the stack is there. */
  readonly isNew: boolean;
}

/** What a plan without changes finds. */
export const NOTHING: Findings = { changedOutside: [], notApplied: [], isNew: false };

type Nameless = Omit<Finding, 'resource'>;

/**
 * Parts what a plan would do into what puts back a change from outside and what the config asks for. What was found
 * otherwise than in the state and nothing is planned about, such as the number of recovery points, is neither.
 * @param nameOf - the name of the construct of an address
 */
export function readPlan(plan: PlanJson, nameOf: (address: string) => string): Findings {
  const drifts = new Map((plan.resource_drift ?? []).map((drift) => [drift.address, drift]));
  const planned = (plan.resource_changes ?? []).filter(({ mode, change }) => mode === 'managed' && isPlanned(change));
  const outside: Nameless[] = [];
  const pending: Nameless[] = [];
  for (const resource of planned) {
    const drift = drifts.get(resource.address);
    const own = drift === undefined ? wanted(resource) : parted(drift, resource);
    outside.push(...own.filter(({ side }) => side === 'outside').map(({ finding }) => finding));
    pending.push(...own.filter(({ side }) => side === 'pending').map(({ finding }) => finding));
  }
  const { following, others } = followers(pending, outside, planned, referencesOf(plan));
  const named = (finding: Nameless): Finding => ({ resource: nameOf(finding.address), ...finding });
  const outputs = planned.length > 0 ? [] : outputsOf(plan);
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
  return {
    changedOutside: [...outside, ...following].map(named),
    notApplied: [...others, ...outputs].map(named),
    isNew: drifts.size === 0 && managed.every(({ change }) => change.actions[0] === 'create') && managed.length > 0,
  };
}

const isPlanned = ({ actions }: Change) => actions.some((action) => action !== 'no-op' && action !== 'read');

interface Sided {
  readonly side: 'outside' | 'pending';
  readonly finding: Nameless;
}

/** What a plan wants of a resource that is as its state has it. */
const wanted = ({ address, change }: ResourceChange): Sided[] => [
  { side: 'pending', finding: { address, change: changeOf(change), differences: wholeOrParts(change) } },
];

function parted(drift: ResourceChange, { address, change }: ResourceChange): Sided[] {
  if (drift.change.actions.includes('delete'))
    return [{ side: 'outside', finding: { address, change: 'deleted', differences: [] } }];
  const drifted = partsOf(drift.change);
  const all = partsOf(change);
  const plans = known(all);
  const undone = drifted.filter(({ path }) => plans.some((plan) => isRelated(plan.path, path)));
  const kept = plans.flatMap((plan): Difference[] => {
    const was = drifted.find(({ path }) => path === plan.path);
    if (was === undefined) return drifted.some(({ path }) => isRelated(plan.path, path)) ? [] : [plan];
    return isSame(was.before, plan.after) ? [] : [{ ...plan, before: was.before }];
  });
  const isGone = change.actions.length === 1 && change.actions[0] === 'delete';
  const outside = { address, change: 'changed', differences: undone } as const;
  return [
    ...(undone.length > 0 && !isGone ? [{ side: 'outside', finding: outside } as const] : []),
    ...(kept.length > 0 || undone.length === 0 || isGone
      ? [{ side: 'pending', finding: { address, change: changeOf(change), differences: isGone ? [] : kept } } as const]
      : []),
  ];
}

/** Whether a difference is at, above or below the place of another. */
const isRelated = (one: string, other: string): boolean => one === other || isBelow(one, other) || isBelow(other, one);

const isBelow = (path: string, above: string) => path.startsWith(above) && /^[.[]/.test(path.slice(above.length));

const partsOf = ({ before, after, before_sensitive, after_sensitive, after_unknown }: Change): Difference[] =>
  withoutRepeatedTags(differences(masked(before, before_sensitive), masked(after, after_sensitive, after_unknown)));

/** Attributes that only follow from what is changed tell nothing, unless there is nothing else. */
function known(parts: readonly Difference[]): readonly Difference[] {
  const some = parts.filter(({ after }) => after !== UNKNOWN);
  return some.length > 0 ? some : parts;
}

const wholeOrParts = (change: Change): readonly Difference[] =>
  change.before === null || change.after === null ? [] : known(partsOf(change));

/** `tags_all` has every tag, and `tags` repeats those that are not of the provider. */
const withoutRepeatedTags = (parts: readonly Difference[]): Difference[] =>
  parts.filter(
    ({ path }) => !/^tags\./.test(path) || !parts.some((other) => other.path === `tags_all${path.slice(4)}`),
  );

function changeOf({ actions }: Change): Finding['change'] {
  if (actions.length > 1) return 'replaced';
  const names = { create: 'added', delete: 'deleted', forget: 'forgotten' } as const;
  const [action] = actions;
  return action !== undefined && action in names ? names[action as keyof typeof names] : 'changed';
}

/** What is touched for nothing but that something it refers to was changed outside and is made anew. */
function followers(
  pending: readonly Nameless[],
  outside: readonly Nameless[],
  planned: readonly ResourceChange[],
  references: ReadonlyMap<string, readonly string[]>,
) {
  const anew = new Map<string, string>();
  const isMadeAnew = ({ actions }: Change) => actions.includes('create');
  for (const { address } of outside)
    if (planned.some((one) => one.address === address && isMadeAnew(one.change))) anew.set(address, address);
  const following: Nameless[] = [];
  let others = [...pending];
  for (let found = true; found; ) {
    found = false;
    for (const finding of others) {
      const cause = (references.get(finding.address) ?? []).find((address) => anew.has(address));
      const isOnlyUnknown = finding.differences.every(({ after }) => after === UNKNOWN);
      if (cause === undefined || !isOnlyUnknown || finding.change === 'added' || finding.change === 'deleted') continue;
      following.push({ ...finding, followsFrom: anew.get(cause) ?? cause });
      if (finding.change === 'replaced') anew.set(finding.address, anew.get(cause) ?? cause);
      others = others.filter((one) => one !== finding);
      found = true;
    }
  }
  return { following, others };
}

const outputsOf = ({ output_changes = {} }: PlanJson): Nameless[] =>
  Object.entries(output_changes)
    .filter(([, change]) => isPlanned(change))
    .map(([name, change]) => ({
      address: `output.${name}`,
      change: changeOf(change),
      differences: wholeOrParts(change),
    }));
