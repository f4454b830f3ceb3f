import type { Facts } from './facts';
import { listOf, objectOf } from './json';
import type { PolicyValues } from './operator';
import { OPERATORS } from './operators';
import type { Refuse } from './policy-error';

/** Whether a request is as a Condition element says. */
export type Condition = (facts: Facts) => boolean;

/**
 * All conditions of a statement; each of them has to hold.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsOf(element: unknown, hasVariables: boolean, refuse: Refuse): readonly Condition[] {
  return Object.entries(objectOf(element, 'Condition', refuse)).flatMap(([operator, block]) => {
    const keys = Object.entries(objectOf(block, operator, refuse));
    if (keys.length === 0) refuse(`${operator} without a key`);
    return keys.map(([key, value]) => {
      if (!/^[a-z0-9-]+:./i.test(key)) refuse(`not a condition key: ${key}`);
      const refuseHere: Refuse = (problem) => refuse(`${operator} ${key}: ${problem}`);
      const values = listOf(value, 'values', refuseHere).map((one) => valueText(one, refuseHere));
      return conditionOf(operator, key.toLowerCase(), { values, hasVariables }, refuseHere);
    });
  });
}

const valueText = (value: unknown, refuse: Refuse): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : refuse('neither text, number nor Boolean');

function conditionOf(operatorName: string, key: string, policy: PolicyValues, refuse: Refuse): Condition {
  if (operatorName === 'Null') return nullCondition(key, policy.values, refuse);
  const [, quantifier, baseName = '', suffix] = /^(?:(\w+):)?(\w+?)(IfExists)?$/.exec(operatorName) ?? [];
  const operator = OPERATORS.get(baseName) ?? refuse('unknown operator');
  const test = operator.testOf(policy, refuse);
  const holds = (value: string, facts: Facts) => test(value, facts) !== operator.isNegated;
  const holdsIfMissing = suffix !== undefined;
  if (quantifier === 'ForAllValues') return forAllValues(key, holds);
  if (quantifier === 'ForAnyValue') return forAnyValue(key, holds, holdsIfMissing);
  if (quantifier !== undefined) refuse('unknown operator');
  return (facts) => {
    const value = facts.valueOf(key);
    if (value === undefined) return holdsIfMissing || operator.isNegated;
    return typeof value === 'string'
      ? holds(value, facts)
      : refuse('a multivalued key needs ForAnyValue or ForAllValues');
  };
}

type Holds = (value: string, facts: Facts) => boolean;

/** An empty text is no value to the set operators. */
const setOf = (value: string | readonly string[] | undefined): readonly string[] => {
  const set = typeof value === 'string' ? [value] : (value ?? []);
  return set.every((one) => one === '') ? [] : set;
};

/**
 * True of a request without the key, whatever the operator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const forAllValues =
  (key: string, holds: Holds): Condition =>
  (facts) =>
    setOf(facts.valueOf(key)).every((value) => holds(value, facts));

/** False of a request without the key, even if the operator is negated; only IfExists says otherwise. */
const forAnyValue =
  (key: string, holds: Holds, holdsIfMissing: boolean): Condition =>
  (facts) => {
    const value = facts.valueOf(key);
    if (value === undefined) return holdsIfMissing;
    return setOf(value).some((one) => holds(one, facts));
  };

function nullCondition(key: string, values: readonly string[], refuse: Refuse): Condition {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  for (const value of wanted) if (value !== 'true' && value !== 'false') refuse(`neither true nor false: ${value}`);
  return (facts) => wanted.has(facts.valueOf(key) === undefined ? 'true' : 'false');
}
