import { differenceText, policyDifference } from '../../lib/audit/compare-policies';
import { differences, differencesText } from '../../lib/audit/differences';
import { policyDocument, type Statement } from '../../lib/policies/policy-document';

const ALLOW: Statement = {
  Sid: 'AllowCopies',
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::333333333333:root'] },
  Action: ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
};
const DENY: Statement = { Sid: 'DenyAll', Effect: 'Deny', Principal: '*', Action: 'backup:Delete*', Resource: '*' };
const expected = policyDocument([ALLOW, DENY]);
const toldOf = (...statements: object[]) => {
  const difference = policyDifference({ Version: '2012-10-17', Statement: statements }, expected);
  return difference && differenceText(difference);
};

describe('policyDifference', () => {
  test.each([
    ['another order', [DENY, { ...ALLOW, Action: [...(ALLOW.Action as string[])].reverse() }]],
    ['accounts by their ids', [{ ...ALLOW, Principal: { AWS: ['333333333333', '111111111111'] } }, DENY]],
    ['everybody in another way', [ALLOW, { ...DENY, Principal: { AWS: '*' } }]],
    ['lists of one', [ALLOW, { ...DENY, Action: ['backup:Delete*'], Resource: ['*'] }]],
    ['another sid', [{ ...ALLOW, Sid: 'Other' }, DENY]],
    [
      'keys and actions in other letters',
      [
        {
          ...ALLOW,
          Action: ['Backup:CopyIntoBackupVault', 'backup:describeBackupVault'],
          Condition: { StringEquals: { 'aws:principalorgid': ['o-1'] } },
        },
        DENY,
      ],
    ],
  ])('makes nothing of %s', (_, statements) => expect(toldOf(...statements)).toBeUndefined());

  test.each([
    ['a statement that lacks', [ALLOW], 'lacks DenyAll'],
    [
      'one without a sid',
      [ALLOW, DENY, { Effect: 'Allow', Action: 'a:B' }],
      'has besides a statement without a sid (Effect Allow, Action a:b)',
    ],
    [
      'a condition that lacks, and one of none',
      [{ ...ALLOW, Condition: { StringEquals: { 'aws:PrincipalOrgID': [] } } }, DENY],
      'changed: AllowCopies (without StringEquals aws:principalorgid o-1, with StringEquals aws:principalorgid nothing)',
    ],
    [
      'an effect that is another',
      [ALLOW, { ...DENY, Effect: 'Allow' }],
      'changed: DenyAll (without Effect Deny, with Effect Allow)',
    ],
    [
      'much at once, in few words',
      [ALLOW, { ...DENY, Action: ['a:A', 'a:B', 'a:C'] }],
      'changed: DenyAll (without Action backup:delete*, with Action a:a, Action a:b and 1 more)',
    ],
    ['a policy of a single statement', [], 'lacks AllowCopies, DenyAll'],
  ])('tells of %s', (_, statements, text) => expect(toldOf(...statements)).toBe(text));

  test('takes a statement that is no list', () => {
    expect(policyDifference({ Statement: DENY }, policyDocument([DENY]))).toBeUndefined();
  });
});

describe('differences', () => {
  test('tells paths with both values, whatever the order and whether numbers are text', () => {
    const found = { a: { b: 7, c: ['y', 'x'], extra: 1 }, d: '35' };
    const wanted = { a: { b: 35, c: ['x', 'y'], lost: { x: 1 } }, d: 35 };
    expect(differences(found, wanted)).toEqual(['a.b 7 instead of 35', 'a.lost lacks', 'a.extra is there besides']);
  });

  test('tells the first of many', () => {
    expect(differencesText(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a; b; c; d; and 2 more');
  });
});
