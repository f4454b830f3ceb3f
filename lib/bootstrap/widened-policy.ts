import type { PolicyDocument, Statement } from '../policies/policy-document';
import { sortedUnique } from '../topology/collections';
import { freeSid } from './free-sid';

/** A policy as somebody may have left it: statements without a `Sid`, or with `NotAction` and `NotResource`. */
export interface FoundPolicy {
  readonly Version?: string;
  readonly Statement: readonly FoundStatement[];
}
type FoundStatement = Pick<Statement, 'Effect'> & Partial<Statement>;
type Condition = NonNullable<Statement['Condition']>;

/**
 * A policy with what another one allows besides, statement by statement: nothing that it allows is taken out of it.
 * Undefined where it allows all of that already.
 */
export function widened(policy: FoundPolicy, wanted: PolicyDocument): FoundPolicy | undefined {
  const statements = [...policy.Statement];
  let isWider = false;
  for (const statement of wanted.Statement) {
    if (statements.some((one) => covers(one, statement))) continue;
    const index = statements.findIndex((one) => isTwin(one, statement));
    const twin = statements[index];
    if (twin) statements[index] = unionOf(twin, statement);
    else statements.push({ ...statement, Sid: freeSid(statement.Sid, statements) });
    isWider = true;
  }
  return isWider ? { ...policy, Statement: statements } : undefined;
}

/** Whether a statement says all of another one, word by word, and under no further or narrower condition. */
function covers(one: FoundStatement, other: Statement): boolean {
  const asked = valuesOf(other.Condition);
  return (
    one.Effect === other.Effect &&
    includes(one.Action, other.Action) &&
    includes(one.Resource, other.Resource) &&
    [...valuesOf(one.Condition)].every(([key, values]) => {
      const others = asked.get(key);
      return others && includes(values, others) && (!isNegated(key) || includes(others, values));
    })
  );
}

/**
 * Whether a statement becomes no narrower, and no wider than both, when another one's words are added to its own: with a
 * value more a condition lets more through, with a condition more it lets less.
 */
function isTwin(one: FoundStatement, other: Statement): boolean {
  const keys = [...valuesOf(one.Condition).keys()];
  // One that has got a number, because its name was taken.
  const sid = one.Sid?.replace(/\d+$/, '');
  return (
    sid === other.Sid &&
    one.Effect === other.Effect &&
    one.Action !== undefined &&
    one.Resource !== undefined &&
    !keys.some(isNegated) &&
    sortedUnique(keys).join() === sortedUnique([...valuesOf(other.Condition).keys()]).join()
  );
}

const unionOf = (one: FoundStatement, other: Statement): FoundStatement => ({
  ...one,
  Action: union(one.Action, other.Action),
  Resource: union(one.Resource, other.Resource),
  ...(one.Condition && { Condition: unionOfConditions(one.Condition, other.Condition) }),
});

const unionOfConditions = (one: Condition, other: Condition = {}): Condition =>
  mapValues(one, (keys, operator) => mapValues(keys, (values, key) => union(values, other[operator]?.[key])));

/** The values of a condition, by operator and key. */
const valuesOf = (condition: Condition = {}): Map<string, readonly string[]> =>
  new Map(
    Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [`${operator} ${key}`, listed(values)]),
    ),
  );

/** Whether a condition lets less through with each further value, as `StringNotEquals` does. */
const isNegated = (operatorAndKey: string): boolean => /^[^ ]*Not/.test(operatorAndKey);

type Words = string | readonly string[];

const listed = (words: Words = []): string[] => [words].flat().map(String);

const union = (one: Words | undefined, other: Words | undefined): string[] =>
  sortedUnique([...listed(one), ...listed(other)]);

const includes = (one: Words | undefined, other: Words | undefined): boolean => {
  const words = new Set(listed(one));
  return one !== undefined && listed(other).every((word) => words.has(word));
};

const mapValues = <From, To>(record: Readonly<Record<string, From>>, to: (value: From, key: string) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]));
