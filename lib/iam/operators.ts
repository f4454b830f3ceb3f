import { addressTest } from './ip-address';
import type { Operator, TestOf } from './operator';
import { dateOf, numberOf } from './quantities';
import { arnTest, textTest } from './text-tests';

const positive = (testOf: TestOf): Operator => ({ isNegated: false, testOf });
const negated = (testOf: TestOf): Operator => ({ isNegated: true, testOf });

type Read = (text: string) => number | undefined;
type Compare = (given: number, limit: number) => boolean;

/** Numbers and dates, in which no variables may stand. */
const compared =
  (read: Read, what: string, compare: Compare): TestOf =>
  ({ values }, refuse) => {
    const quantityOf = (text: string) => read(text) ?? refuse(`not a ${what}: ${text}`);
    const limits = values.map(quantityOf);
    return (value) => {
      const given = quantityOf(value);
      return limits.some((limit) => compare(given, limit));
    };
  };

const numeric = (compare: Compare) => compared(numberOf, 'number', compare);
const date = (compare: Compare) => compared(dateOf, 'date', compare);
const equal: Compare = (given, limit) => given === limit;
const less: Compare = (given, limit) => given < limit;
const lessOrEqual: Compare = (given, limit) => given <= limit;
const greater: Compare = (given, limit) => given > limit;
const greaterOrEqual: Compare = (given, limit) => given >= limit;

const bool: TestOf = ({ values }, refuse) => {
  const read = (text: string) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : refuse(`not a Bool: ${text}`));
  const wanted = new Set(values.map(read));
  return (value) => wanted.has(read(value));
};

/** Both sides are base64, where equal bytes are equal texts. */
const binary: TestOf = ({ values }, refuse) => {
  const read = (text: string) =>
    /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i.test(text) ? text : refuse(`not base64: ${text}`);
  const wanted = new Set(values.map(read));
  return (value) => wanted.has(read(value));
};

const equals = textTest({ hasWildcards: false, ignoresCase: false });
const equalsIgnoreCase = textTest({ hasWildcards: false, ignoresCase: true });
const like = textTest({ hasWildcards: true, ignoresCase: false });

/**
 * Every operator but `Null`, which looks at no value.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', positive(equals)],
  ['StringNotEquals', negated(equals)],
  ['StringEqualsIgnoreCase', positive(equalsIgnoreCase)],
  ['StringNotEqualsIgnoreCase', negated(equalsIgnoreCase)],
  ['StringLike', positive(like)],
  ['StringNotLike', negated(like)],
  ['NumericEquals', positive(numeric(equal))],
  ['NumericNotEquals', negated(numeric(equal))],
  ['NumericLessThan', positive(numeric(less))],
  ['NumericLessThanEquals', positive(numeric(lessOrEqual))],
  ['NumericGreaterThan', positive(numeric(greater))],
  ['NumericGreaterThanEquals', positive(numeric(greaterOrEqual))],
  ['DateEquals', positive(date(equal))],
  ['DateNotEquals', negated(date(equal))],
  ['DateLessThan', positive(date(less))],
  ['DateLessThanEquals', positive(date(lessOrEqual))],
  ['DateGreaterThan', positive(date(greater))],
  ['DateGreaterThanEquals', positive(date(greaterOrEqual))],
  ['Bool', positive(bool)],
  ['BinaryEquals', positive(binary)],
  ['IpAddress', positive(addressTest)],
  ['NotIpAddress', negated(addressTest)],
  ['ArnEquals', positive(arnTest)],
  ['ArnLike', positive(arnTest)],
  ['ArnNotEquals', negated(arnTest)],
  ['ArnNotLike', negated(arnTest)],
]);
