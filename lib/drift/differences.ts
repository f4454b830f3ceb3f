import { isObject, Secret } from './masked';

/** A place of a resource where two states of it differ. What is not there on a side is undefined on it. */
export interface Difference {
  /** Attributes from the outside in: elements of lists by what names them, and what JSON texts hold as if it were no text. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** By what an element of a list is known, the first that tells all of them apart. */
const IDENTITIES = ['Sid', 'rule_name', 'name', 'key', 'destination_vault_arn', 'resource_type'];

/** Where two values differ, as deep as that can be told. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isSame(before, after)) return [];
  const below = inside(parsed(before), parsed(after), path);
  return below.length > 0 ? below : [{ path, ...present('before', before), ...present('after', after) }];
}

function inside(before: unknown, after: unknown, path: string): Difference[] {
  if (isObject(before) && isObject(after)) return inObjects(before, after, path);
  // In a policy, a list of one is the one.
  if (Array.isArray(before) && (Array.isArray(after) || typeof after === 'string'))
    return inLists(before, [after].flat(), path);
  if (Array.isArray(after) && typeof before === 'string') return inLists([before], after, path);
  return [];
}

type Fields = Readonly<Record<string, unknown>>;

const inObjects = (before: Fields, after: Fields, path: string): Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    differences(before[key], after[key], path === '' ? key : `${path}.${key}`),
  );

/** Terraform writes sets as lists too, so an order is a difference only where nothing else is. */
function inLists(before: readonly unknown[], after: readonly unknown[], path: string): Difference[] {
  const key = IDENTITIES.find((name) => tellsApart(name, before) && tellsApart(name, after));
  const [gone, come] = [without(before, after), without(after, before)];
  if (key !== undefined) return inObjects(byKey(gone, key), byKey(come, key), path).map(bracketed(path));
  if (gone.length === 1 && come.length === 1 && isObject(gone[0])) {
    return differences(gone[0], come[0], before.length === 1 ? path : `${path}[]`);
  }
  return [
    ...gone.map((element) => ({ path: `${path}[]`, before: element })),
    ...come.map((element) => ({ path: `${path}[]`, after: element })),
  ];
}

const tellsApart = (name: string, list: readonly unknown[]): boolean =>
  list.every((element) => isObject(element) && typeof element[name] === 'string') &&
  new Set(list.map((element) => (element as Fields)[name])).size === list.length;

const byKey = (list: readonly unknown[], key: string): Fields =>
  Object.fromEntries(list.map((element) => [`[${(element as Fields)[key]}]`, element]));

const bracketed =
  (path: string) =>
  (difference: Difference): Difference => ({ ...difference, path: difference.path.replace(`${path}.[`, `${path}[`) });

/** The elements of a list that another one lacks, each as often as it lacks it. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = [...other];
  return list.filter((element) => {
    const index = left.findIndex((candidate) => isSame(candidate, element));
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}

/** Policies and templates are texts of JSON, which may differ in their form alone. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value, (_, inner: unknown) => (Array.isArray(inner) ? normal(inner) : sorted(inner)));
  } catch {
    return value;
  }
}

/** IAM takes one action for a list of one, in any order, and gives back what it likes. */
function normal(list: readonly unknown[]): unknown {
  if (list.length === 1 && typeof list[0] === 'string') return list[0];
  const texts = list.map((element) => ({ element, text: JSON.stringify(element) }));
  return texts.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ element }) => element);
}

const sorted = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

const present = (side: 'before' | 'after', value: unknown) => (isNothing(value) ? {} : { [side]: value });

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** What providers make of an argument that is not given. */
const isEmpty = (value: unknown): boolean =>
  isNothing(value) ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** Whether two values mean the same to a provider. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isNothing(one) || isNothing(other)) return isEmpty(one) && isEmpty(other);
  if (one instanceof Secret || other instanceof Secret) return isSame(revealed(one), revealed(other));
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((element, index) => isSame(element, other[index]));
  if (isObject(one) && isObject(other))
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => isSame(one[key], other[key]));
  if (typeof one !== 'string' || typeof other !== 'string' || one === other) return one === other;
  const [first, second] = [parsed(one), parsed(other)];
  return typeof first === 'object' && isSame(first, second);
}

const revealed = (value: unknown): unknown => (value instanceof Secret ? value.value : value);
