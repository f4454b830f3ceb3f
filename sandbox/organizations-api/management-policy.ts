/** An object of a policy: settings below it, and operators on itself. */
type Fragment = Readonly<Record<string, unknown>>;

const CONTROL = '@@operators_allowed_for_child_policies';
const VALUE_OPERATORS = ['@@assign', '@@append', '@@remove'] as const;
type ValueOperator = (typeof VALUE_OPERATORS)[number];

/** A setting as it has come to be, and what policies further down may still do to it. */
interface Setting {
  value: unknown;
  allowed: readonly ValueOperator[];
  readonly below: Map<string, Setting>;
}

const newSetting = (): Setting => ({ value: undefined, allowed: VALUE_OPERATORS, below: new Map() });

/**
 * What policies of one type come to for an account. All keys end up in lower case, as AWS shows them, and `$account` stays.
 * @param levels - the policies attached to the root, to each unit and to the account, in the order of their attachment
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/inheritance-examples.html
 */
export function effectivePolicy(levels: readonly (readonly Fragment[])[]): object {
  const root = newSetting();
  for (const policies of levels) apply(root, policies);
  return (shown(root) as object | undefined) ?? {};
}

/** Policies of one level do not bind one another: what they allow counts for the levels below. */
function apply(setting: Setting, fragments: readonly Fragment[]): void {
  setValue(setting, fragments);
  for (const [key, inner] of innerFragments(fragments)) {
    const below = setting.below.get(key) ?? addition(setting, key);
    if (below) apply(below, inner);
  }
  for (const fragment of fragments) {
    const names = listOf(fragment[CONTROL]);
    if (fragment[CONTROL] === undefined || names.includes('@@all')) continue;
    setting.allowed = setting.allowed.filter((operator) => names.includes(operator));
  }
}

/** Of what is assigned at one level the first counts; additions and removals all do. */
function setValue(setting: Setting, fragments: readonly Fragment[]): void {
  const isAllowed = (operator: ValueOperator) => setting.allowed.includes(operator);
  const assigned = fragments.find((fragment) => fragment['@@assign'] !== undefined);
  if (assigned && isAllowed('@@assign')) setting.value = assigned['@@assign'];
  for (const { '@@append': added, '@@remove': removed } of fragments) {
    if (removed !== undefined && isAllowed('@@remove'))
      setting.value = listOf(setting.value).filter((value) => !listOf(removed).includes(value));
    if (added !== undefined && isAllowed('@@append'))
      setting.value = [...new Set([...listOf(setting.value), ...listOf(added)])];
  }
}

/** A setting that nobody above has; whoever allows neither to assign nor to append allows no new one. */
function addition({ allowed, below }: Setting, key: string): Setting | undefined {
  if (!allowed.includes('@@assign') && !allowed.includes('@@append')) return undefined;
  const made = newSetting();
  below.set(key, made);
  return made;
}

function innerFragments(fragments: readonly Fragment[]): ReadonlyMap<string, readonly Fragment[]> {
  const inner = new Map<string, Fragment[]>();
  for (const [name, value] of fragments.flatMap((fragment) => Object.entries(fragment))) {
    if (name.startsWith('@@')) continue;
    const key = name.toLowerCase();
    inner.set(key, [...(inner.get(key) ?? []), value as Fragment]);
  }
  return inner;
}

function shown({ value, below }: Setting): unknown {
  if (value !== undefined) return value;
  const entries = [...below].flatMap(([key, setting]) => {
    const inner = shown(setting);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : [value].flat());

/** Whether every value is in an operator, and every operator one that there is. */
export function isWellFormed(policy: unknown): boolean {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return false;
  return Object.entries(policy).every(([key, value]) => {
    if (!key.startsWith('@@')) return isWellFormed(value);
    if (key === CONTROL)
      return listOf(value).every((name) => ['@@all', '@@none', ...VALUE_OPERATORS].includes(String(name)));
    const isPlain = listOf(value).every((item) => typeof item !== 'object');
    return (VALUE_OPERATORS as readonly string[]).includes(key) && isPlain;
  });
}
