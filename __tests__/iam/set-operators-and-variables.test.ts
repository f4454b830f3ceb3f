import { decide } from '../../lib/iam/decide';
import { allows, aPolicy, aRequest, DENY, holds, OWN } from './a-request';

const KEY = 'aws:TagKeys';
const set = (operator: string, values: readonly string[], given: string | readonly string[] | undefined) =>
  holds({ [operator]: { [KEY]: values } }, given === undefined ? {} : { [KEY]: given });

describe('set operators (reference_policies_condition-single-vs-multi-valued-context-keys)', () => {
  test.each([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'a', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringLike', ['a*'], ['a1', 'a2'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'b'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
  ])('%s %j of %j is %s', (operator, values, given, isHeld) => expect(set(operator, values, given)).toBe(isHeld));

  test.each([undefined, [], '', ['']])('take %j for an empty set', (given) => {
    expect(set('ForAllValues:StringEquals', ['a'], given)).toBe(true);
    expect(set('ForAllValues:StringNotEquals', ['a'], given)).toBe(true);
    expect(set('ForAnyValue:StringEquals', ['a'], given)).toBe(false);
    expect(set('ForAnyValue:StringNotEquals', ['a'], given)).toBe(false);
  });

  test('take one value for a set of one', () => {
    expect(set('ForAllValues:StringEquals', ['a'], 'a')).toBe(true);
    expect(set('ForAnyValue:StringEquals', ['a'], 'b')).toBe(false);
  });

  test('hold with IfExists where the key is missing, and no other way', () => {
    expect(set('ForAnyValue:StringEqualsIfExists', ['a'], undefined)).toBe(true);
    expect(set('ForAnyValue:StringEqualsIfExists', ['a'], ['b'])).toBe(false);
    expect(set('ForAllValues:StringEqualsIfExists', ['a'], ['a', 'b'])).toBe(false);
  });
});

const TEAM = { 'aws:PrincipalTag/Team': 'blue' };

describe('policy variables (reference_policies_variables)', () => {
  test.each([
    ['StringEquals', 'x-${aws:PrincipalTag/Team}', 'x-blue', true],
    ['StringEquals', 'x-${aws:principaltag/team}', 'x-red', false],
    ['StringEqualsIgnoreCase', '${aws:PrincipalTag/Team}', 'BLUE', true],
    ['StringLike', '${aws:PrincipalTag/Team}*', 'blue-1', true],
    ['StringNotLike', '${aws:PrincipalTag/Team}*', 'blue-1', false],
    ['StringEquals', "${aws:PrincipalTag/Unit, 'none'}", 'none', true],
    ['StringEquals', "${aws:PrincipalTag/Team, 'none'}", 'none', false],
    ['StringLike', 'a${*}b', 'a*b', true],
    ['StringLike', 'a${*}b', 'axb', false],
    ['StringLike', 'a${?}b*', 'a?bc', true],
    ['StringLike', 'a${?}b*', 'axbc', false],
    ['StringEquals', '${$}{aws:x}', '${aws:x}', true],
    ['ArnLike', 'arn:aws:iam::${aws:PrincipalAccount}:role/*', `arn:aws:iam::${OWN}:role/a`, true],
    ['ArnLike', 'arn:aws:iam::${aws:PrincipalAccount}:role/*', 'arn:aws:iam::2:role/a', false],
  ])('%s %s of %s is %s', (operator, value, given, isHeld) => {
    expect(holds({ [operator]: { 'aws:key': value } }, { ...TEAM, 'aws:key': given })).toBe(isHeld);
  });

  test('have no wildcards in their values', () => {
    const like = { StringLike: { 'aws:key': '${aws:PrincipalTag/Team}' } };
    expect(holds(like, { 'aws:PrincipalTag/Team': '*', 'aws:key': 'blue' })).toBe(false);
    expect(holds(like, { 'aws:PrincipalTag/Team': '*', 'aws:key': '*' })).toBe(true);
  });

  test.each(['', undefined])('match nothing, so that a negated operator holds, when the value is %j', (unit) => {
    const context = { 'aws:key': '', ...(unit === undefined ? {} : { 'aws:PrincipalTag/Unit': unit }) };
    expect(holds({ StringEquals: { 'aws:key': '${aws:PrincipalTag/Unit}' } }, context)).toBe(false);
    expect(holds({ StringNotEquals: { 'aws:key': '${aws:PrincipalTag/Unit}' } }, context)).toBe(true);
  });

  test('fall back where the value is empty', () => {
    const condition = { StringEquals: { 'aws:key': "${aws:PrincipalTag/Unit, 'none'}" } };
    expect(holds(condition, { 'aws:PrincipalTag/Unit': '', 'aws:key': 'none' })).toBe(true);
  });

  test("deny by AWS's own example when the principal has no tag", () => {
    const Condition = { StringNotEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } };
    const identity = [aPolicy('identity', [{ ...DENY, Condition }])];
    const request = aRequest({ context: { 's3:ExistingObjectTag/Team': 'blue' } });
    expect(decide(request, { identity, serviceControl: [], resource: undefined }).isExplicit).toBe(true);
  });

  test('fill the last part of a Resource', () => {
    const request = { resource: { arn: `arn:aws:backup:us-east-1:${OWN}:backup-vault:blue-1`, accountId: OWN } };
    const Resource = 'arn:aws:backup:*:*:backup-vault:${aws:PrincipalTag/Team}-?';
    expect(allows({ Resource }, { ...request, context: TEAM })).toBe(true);
    expect(allows({ Resource }, { ...request, context: { 'aws:PrincipalTag/Team': 'red' } })).toBe(false);
    expect(allows({ Resource }, request)).toBe(false);
  });

  test('do not reach from one part of an ARN into the next', () => {
    const condition = { ArnLike: { 'aws:key': 'arn:aws:iam:${aws:x}:role/a' } };
    expect(() => holds(condition, {})).toThrow('not an ARN');
    const whole = { ArnLike: { 'aws:key': 'arn:aws:iam:${aws:x}:1:role/a' } };
    expect(holds(whole, { 'aws:x': 'us', 'aws:key': 'arn:aws:iam:us:1:role/a' })).toBe(true);
    expect(holds(whole, { 'aws:x': 'us:2', 'aws:key': 'arn:aws:iam:us:2:1:role/a' })).toBe(false);
  });

  test('are plain text before Version 2012-10-17', () => {
    const condition = { StringEquals: { 'aws:key': '${aws:PrincipalTag/Team}' } };
    const context = { ...TEAM, 'aws:key': '${aws:PrincipalTag/Team}' };
    expect(holds(condition, context, '2008-10-17')).toBe(true);
    expect(holds(condition, context)).toBe(false);
    expect(holds({ StringLike: { 'aws:key': '${*}' } }, { 'aws:key': '${anything}' }, '2008-10-17')).toBe(true);
  });
});
