import { decide } from '../../lib/iam/decide';
import { compilePolicy } from '../../lib/iam/policy';
import { PolicyError } from '../../lib/iam/policy-error';
import { ALLOW, aPolicy, aRequest, DENY, holds, OWN } from './a-request';

const compile = (...statements: readonly unknown[]) =>
  compilePolicy('p', { Version: '2012-10-17', Statement: statements });
const without = (key: 'Effect' | 'Action' | 'Resource') => {
  const { [key]: _, ...others } = ALLOW;
  return others;
};

/** Runs it, and gives the message it was refused with. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a policy (reference_policies_grammar)', () => {
  test.each<[string, unknown, string]>([
    ['is a text', '{}', 'p: a policy must be an object'],
    ['is a list', [], 'p: a policy must be an object'],
    ['has no statement', { Version: '2012-10-17' }, 'p: a statement must be an object'],
    ['has an empty list of statements', { Statement: [] }, 'p: Statement must not be empty'],
    ['has another version', { Version: '2020-01-01', Statement: ALLOW }, 'p: unknown Version 2020-01-01'],
    ['has another element', { Statement: ALLOW, Statements: [] }, 'p: unknown element Statements'],
    [
      'has principals in places',
      { Statement: [ALLOW, { ...ALLOW, Principal: '*' }] },
      'p: some statements lack a principal',
    ],
    ['has a Sid that is no text', { Statement: { ...ALLOW, Sid: 1 } }, 'p: Sid must be a text'],
  ])('fails when it %s', (_, document, message) => {
    expect(refusal(() => compilePolicy('p', document))).toBe(message);
  });

  test('may have one statement, and no Version', () => {
    expect(compilePolicy('p', { Id: 'x', Statement: ALLOW }).statements).toHaveLength(1);
  });
});

const RESOURCE = { ...ALLOW, Principal: '*' };

describe('a statement (reference_policies_elements)', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['has no Effect', without('Effect'), 'Effect must be Allow or Deny'],
    ['has another Effect', { ...ALLOW, Effect: 'deny' }, 'Effect must be Allow or Deny'],
    ['has a misspelt element', { ...ALLOW, condition: {} }, 'unknown element condition'],
    ['has no action', without('Action'), 'neither Action nor NotAction'],
    ['has Action and NotAction', { ...ALLOW, NotAction: 'a:b' }, 'both Action and NotAction'],
    ['has an empty Action', { ...ALLOW, Action: [] }, 'Action must not be empty'],
    ['has an Action without service', { ...ALLOW, Action: ['kms:*', 'Copy*'] }, 'not an action: Copy*'],
    ['has an Action that is no text', { ...ALLOW, Action: [1] }, 'Action must be a text'],
    ['has no Resource', without('Resource'), 'neither Resource nor NotResource'],
    ['has Resource and NotResource', { ...ALLOW, NotResource: '*' }, 'both Resource and NotResource'],
    ['has a Resource that is no ARN', { ...ALLOW, Resource: 'vault' }, 'not an ARN: vault'],
    ['has an ARN with parts missing', { ...RESOURCE, Resource: 'arn:aws:s3' }, 'an ARN with parts missing: arn:aws:s3'],
    [
      'has a variable for an account',
      { ...ALLOW, Resource: 'arn:aws:iam::${aws:PrincipalAccount}:role/a' },
      'a variable before the fifth colon: arn:aws:iam::${aws:PrincipalAccount}:role/a',
    ],
    ['has an unknown variable', { ...ALLOW, Resource: 'arn:aws:s3:::${team}' }, 'unknown variable ${team}'],
    [
      'has a variable without end',
      { ...ALLOW, Resource: 'arn:aws:s3:::${aws:x' },
      'a variable without end in arn:aws:s3:::${aws:x',
    ],
  ])('fails when it %s', (_, statement, message) => {
    expect(refusal(() => compile(statement))).toBe(`p, AllowIt: ${message}`);
  });
});

describe('a principal (reference_policies_elements_principal)', () => {
  const role = `arn:aws:iam::${OWN}:role/a`;

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['is nobody', { Principal: {} }, 'Principal names nobody'],
    ['is a bare text', { Principal: OWN }, 'Principal must be an object'],
    ['is of another kind', { Principal: { Aws: '*' } }, 'unknown element Aws'],
    [
      'has a wildcard',
      { Principal: { AWS: 'arn:aws:iam::*:role/a' } },
      'neither an account nor a role or user: arn:aws:iam::*:role/a',
    ],
    ['is any service', { Principal: { Service: '*' } }, 'a wildcard in the principal *'],
    [
      'is a session',
      { Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/a/b` } },
      `neither an account nor a role or user: arn:aws:sts::${OWN}:assumed-role/a/b`,
    ],
    ['is a deleted one', { Principal: { AWS: 'AROAEXAMPLE' } }, 'neither an account nor a role or user: AROAEXAMPLE'],
    ['is half an ARN', { Principal: { AWS: `${OWN}:root` } }, `neither an account nor a role or user: ${OWN}:root`],
    ['is doubly said', { Principal: '*', NotPrincipal: '*' }, 'both Principal and NotPrincipal'],
    [
      'is a denied canonical user',
      { Effect: 'Deny', Principal: { CanonicalUser: 'a' } },
      'a denial to a CanonicalUser',
    ],
    ['is excepted from an allowance', { NotPrincipal: { AWS: OWN } }, 'NotPrincipal in an allowance'],
    ['is everybody excepted', { Effect: 'Deny', NotPrincipal: '*' }, 'NotPrincipal with * or a CanonicalUser'],
    [
      'is excepted without its account',
      { Effect: 'Deny', NotPrincipal: { AWS: role } },
      `NotPrincipal with ${role} and without its account`,
    ],
  ])('fails when it %s', (_, element, message) => {
    expect(refusal(() => compile({ ...ALLOW, ...element }))).toBe(`p, AllowIt: ${message}`);
  });
});

describe('a condition (reference_policies_elements_condition_operators)', () => {
  test.each<[string, unknown, string]>([
    ['is a list', [], 'Condition must be an object'],
    ['has an unknown operator', { StringMatches: { 'aws:a': 'b' } }, 'StringMatches aws:a: unknown operator'],
    ['has an operator in another case', { stringequals: { 'aws:a': 'b' } }, 'stringequals aws:a: unknown operator'],
    [
      'has an unknown set operator',
      { 'ForSome:StringEquals': { 'aws:a': 'b' } },
      'ForSome:StringEquals aws:a: unknown operator',
    ],
    ['has Null with IfExists', { NullIfExists: { 'aws:a': 'true' } }, 'NullIfExists aws:a: unknown operator'],
    ['has no key', { StringEquals: {} }, 'StringEquals without a key'],
    ['has a key without service', { StringEquals: { a: 'b' } }, 'not a condition key: a'],
    ['has no value', { StringEquals: { 'aws:a': [] } }, 'StringEquals aws:a: values must not be empty'],
    [
      'has null for a value',
      { StringEquals: { 'aws:a': null } },
      'StringEquals aws:a: neither text, number nor Boolean',
    ],
    ['asks no Boolean of Null', { Null: { 'aws:a': 'yes' } }, 'Null aws:a: neither true nor false: yes'],
    ['asks no Boolean of Bool', { Bool: { 'aws:a': '${aws:b}' } }, 'Bool aws:a: not a Bool: ${aws:b}'],
    ['asks no number', { NumericEquals: { 'aws:a': '10 apples' } }, 'NumericEquals aws:a: not a number: 10 apples'],
    ['asks no date', { DateEquals: { 'aws:a': 'today' } }, 'DateEquals aws:a: not a date: today'],
    ['asks a year or some seconds', { DateEquals: { 'aws:a': '2026' } }, 'DateEquals aws:a: not a date: 2026'],
    ['asks no base64', { BinaryEquals: { 'aws:a': '?' } }, 'BinaryEquals aws:a: not base64: ?'],
    ['asks no address', { IpAddress: { 'aws:a': '10.0.0' } }, 'IpAddress aws:a: not an address range: 10.0.0'],
    [
      'asks too long a prefix',
      { IpAddress: { 'aws:a': '10.0.0.0/33' } },
      'IpAddress aws:a: not an address range: 10.0.0.0/33',
    ],
    ['asks no ARN', { ArnLike: { 'aws:a': '*' } }, 'ArnLike aws:a: not an ARN: *'],
    [
      'asks an ARN with parts missing',
      { ArnLike: { 'aws:a': 'arn:aws:s3:*' } },
      'ArnLike aws:a: not an ARN: arn:aws:s3:*',
    ],
  ])('fails when it %s', (_, Condition, message) => {
    expect(refusal(() => compile({ ...ALLOW, Condition }))).toBe(`p, AllowIt: ${message}`);
  });
});

describe('a decision', () => {
  const many = { 'aws:a': ['b'] };

  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, string | readonly string[]>>, string]>([
    [
      'many values without a set operator',
      { StringNotEquals: { 'aws:a': 'b' } },
      many,
      'a multivalued key needs ForAnyValue or ForAllValues',
    ],
    [
      'many values for a variable',
      { StringEquals: { 'aws:b': '${aws:a}' } },
      { ...many, 'aws:b': 'b' },
      'a multivalued key cannot be a variable: aws:a',
    ],
    ['a number of a text', { NumericNotEquals: { 'aws:a': '1' } }, { 'aws:a': 'b' }, 'not a number: b'],
    ['a date of a text', { DateNotEquals: { 'aws:a': '2026-01-01' } }, { 'aws:a': 'b' }, 'not a date: b'],
    ['a Boolean of a text', { Bool: { 'aws:a': 'true' } }, { 'aws:a': 'b' }, 'not a Bool: b'],
    ['an address of a text', { NotIpAddress: { 'aws:a': '10.0.0.1' } }, { 'aws:a': 'b' }, 'not an address: b'],
    ['an ARN of a text', { ArnNotLike: { 'aws:a': 'arn:aws:s3:::a' } }, { 'aws:a': 'b' }, 'the request has no ARN: b'],
  ])('fails when a condition asks %s', (_, condition, context, message) => {
    expect(refusal(() => holds(condition, context))).toContain(message);
  });

  test('fails when a policy is used for what it is not', () => {
    const [identity, resource] = [aPolicy('a', [DENY]), aPolicy('b', [{ ...DENY, Principal: '*' }])];
    const ask = (policies: object) => () =>
      decide(aRequest(), { identity: [], serviceControl: [], resource: undefined, ...policies });
    expect(ask({ identity: [resource] })).toThrow('b names principals');
    expect(ask({ serviceControl: [[resource]] })).toThrow('b names principals');
    expect(ask({ resource: identity })).toThrow('a lacks principals');
  });
});
