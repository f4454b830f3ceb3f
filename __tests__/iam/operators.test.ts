import { holds } from './a-request';

/** An operator, the policy's values, values of the request for which it holds, and those for which it does not. */
type Row = readonly [operator: string, values: unknown, held: readonly string[], not: readonly string[]];

const TEXT: readonly Row[] = [
  ['StringEquals', ['a', 'b*'], ['a', 'b*'], ['A', 'b', 'bc', '']],
  ['StringNotEquals', ['a', 'b*'], ['A', 'bc', ''], ['a', 'b*']],
  ['StringEqualsIgnoreCase', ['Aa', 'b?'], ['aA', 'B?'], ['a', 'bb']],
  ['StringNotEqualsIgnoreCase', ['Aa', 'b?'], ['a', 'bb'], ['aA', 'B?']],
  ['StringLike', ['a*z', '?', 'x.y'], ['az', 'a:/z', 'q', 'x.y', 'a\nz'], ['az1', '', 'Az', 'x-y', 'qq']],
  ['StringNotLike', ['a*z', '?'], ['az1', '', 'Az'], ['az', 'a:/z', 'q']],
];

const NUMBERS: readonly Row[] = [
  ['NumericEquals', [10, '2.5'], ['10', '10.0', '2.5'], ['1', '-10', '2']],
  ['NumericNotEquals', [10, '2.5'], ['1', '-10'], ['10', '10.0', '2.5']],
  ['NumericLessThan', '10', ['9', '-11', '9.99'], ['10', '11', '100']],
  ['NumericLessThanEquals', '10', ['9', '10'], ['10.01']],
  ['NumericGreaterThan', '10', ['11', '100'], ['10', '9']],
  ['NumericGreaterThanEquals', ['10', '20'], ['10', '15'], ['9.9']],
];

const DATES: readonly Row[] = [
  ['DateEquals', '2026-01-01T00:00:00Z', ['2026-01-01T01:00:00+01:00', '1767225600', '2026-01-01'], ['2026-01-02']],
  ['DateNotEquals', '2026-01-01T00:00:00Z', ['2026-01-02'], ['1767225600']],
  ['DateLessThan', '2026-01-01T00:00:00Z', ['2025-12-31T23:59:59Z'], ['2026-01-01T00:00:00Z', '1767225601']],
  ['DateLessThanEquals', 1767225600, ['2026-01-01T00:00Z'], ['2026-01-01T00:00:00.5Z']],
  ['DateGreaterThan', '2026-01', ['2026-01-01T00:00:01Z'], ['2026-01-01T00:00:00Z', '2025-12']],
  ['DateGreaterThanEquals', '2026-01', ['2026-01'], ['2025-12-31']],
];

const OTHERS: readonly Row[] = [
  ['Bool', 'true', ['true', 'TRUE'], ['false']],
  ['Bool', false, ['false'], ['true']],
  ['BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='], ['qmluYXJ5VmFsdWVJbkJhc2U2NA==']],
  ['IpAddress', '203.0.113.0/24', ['203.0.113.0', '203.0.113.255'], ['203.0.114.0', '2001:db8::1']],
  ['IpAddress', ['10.0.0.1', '2001:DB8:1234:5678::/64'], ['10.0.0.1', '2001:db8:1234:5678::9'], ['10.0.0.2', '2001::']],
  ['NotIpAddress', '203.0.113.0/24', ['203.0.114.0', '2001:db8::1'], ['203.0.113.7']],
];

const STORE = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';

const ARNS: readonly Row[] = ['ArnEquals', 'ArnLike'].flatMap((operator): Row[] => [
  [
    operator,
    'arn:aws:iam::*:role/b?ckup',
    ['arn:aws:iam::1:role/backup'],
    ['arn:aws:iam::1:role/BACKUP', 'arn:aws:iam::1:role/x/backup'],
  ],
  [operator, 'arn:aws:someservice:*:111122223333:finance/*', ['arn:aws:someservice:x:111122223333:finance/'], [STORE]],
  [operator, 'arn:aws:s3:::a*', ['arn:aws:s3:::a:b/c'], ['arn:aws:s3:::ba', 'arn:aws:s3:us::a']],
  [operator, ['arn:aws:s3:::a', 'arn:?ws:s3:::b'], ['arn:aws:s3:::b'], ['arn:aws:s3:::c']],
]);

const NEGATED_ARNS: readonly Row[] = ['ArnNotEquals', 'ArnNotLike'].map((operator) => [
  operator,
  ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b*'],
  ['arn:aws:iam::1:role/c'],
  ['arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/bc'],
]);

const ROWS = [...TEXT, ...NUMBERS, ...DATES, ...OTHERS, ...ARNS, ...NEGATED_ARNS];
const KEY = 'aws:key';

describe('condition operators (reference_policies_elements_condition_operators)', () => {
  test.each(ROWS)('%s %j holds for %j', (operator, values, held) => {
    for (const value of held)
      expect([value, holds({ [operator]: { [KEY]: values } }, { [KEY]: value })]).toEqual([value, true]);
  });

  test.each(ROWS)('%s %j does not hold for others', (operator, values, _, not) => {
    for (const value of not)
      expect([value, holds({ [operator]: { [KEY]: values } }, { [KEY]: value })]).toEqual([value, false]);
  });

  test.each(ROWS)('%s %j holds without the key only if it is negated', (operator, values) => {
    expect(holds({ [operator]: { [KEY]: values } }, {})).toBe(operator.includes('Not'));
  });

  test.each(ROWS)('%sIfExists %j holds without the key, and is no other with it', (operator, values, held, not) => {
    const ifExists = { [`${operator}IfExists`]: { [KEY]: values } };
    expect(holds(ifExists, {})).toBe(true);
    expect(holds(ifExists, { [KEY]: held[0] ?? '' })).toBe(true);
    expect(holds(ifExists, { [KEY]: not[0] ?? '' })).toBe(false);
  });

  test.each([
    ['true', {}, true],
    ['true', { [KEY]: 'x' }, false],
    ['false', {}, false],
    ['false', { [KEY]: 'x' }, true],
    ['false', { [KEY]: ['x', 'y'] }, true],
    ['false', { [KEY]: '' }, true],
    ['false', { [KEY]: [] }, false],
    [true, {}, true],
    [['true', 'false'], {}, true],
  ])('Null %j of %j is %s', (value, context, isHeld) => {
    expect(holds({ Null: { [KEY]: value } }, context)).toBe(isHeld);
  });

  test('take keys in any case', () => {
    expect(holds({ StringEquals: { 'AWS:ResourceTag/Team': 'a' } }, { 'aws:resourcetag/team': 'a' })).toBe(true);
  });
});

describe('several conditions (reference_policies_condition-logic-multiple-context-keys-or-values)', () => {
  const both = { StringEquals: { 'aws:a': '1', 'aws:b': '2' }, Bool: { 'aws:c': 'true' } };

  test.each([
    [{ 'aws:a': '1', 'aws:b': '2', 'aws:c': 'true' }, true],
    [{ 'aws:a': '1', 'aws:b': '3', 'aws:c': 'true' }, false],
    [{ 'aws:a': '1', 'aws:b': '2', 'aws:c': 'false' }, false],
    [{ 'aws:a': '1', 'aws:b': '2' }, false],
  ])('have all to hold: %j is %s', (context, isHeld) => expect(holds(both, context)).toBe(isHeld));
});

describe('the caller in the context (reference_policies_condition-keys)', () => {
  test('is there without being written', () => {
    expect(holds({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/service/backup' } }, {})).toBe(true);
    expect(holds({ StringEquals: { 'aws:PrincipalAccount': '111111111111' } }, {})).toBe(true);
  });

  test('is not what somebody writes there', () => {
    expect(holds({ StringEquals: { 'aws:PrincipalAccount': '2' } }, { 'aws:principalaccount': '2' })).toBe(false);
  });
});
