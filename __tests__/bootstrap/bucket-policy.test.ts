import { withTlsOnly } from '../../lib/bootstrap/bucket-policy';

const RESOURCE = ['arn:aws:s3:::states', 'arn:aws:s3:::states/*'];
const DENIAL = {
  Sid: 'DenyRequestsWithoutTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: RESOURCE,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const added = (before: string | undefined) => JSON.parse(withTlsOnly(before, 'states', 'aws') ?? 'null');

describe('withTlsOnly', () => {
  test('makes a policy where there is none', () => {
    expect(added(undefined)).toEqual({ Version: '2012-10-17', Statement: [DENIAL] });
  });

  test('adds a statement, and keeps all that is there: one statement without a list, an id, an old version', () => {
    const own = { Sid: 'Ours', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: RESOURCE[1] };
    const before = { Version: '2008-10-17', Id: 'ours', Statement: own };
    expect(added(JSON.stringify(before))).toEqual({ ...before, Statement: [own, DENIAL] });
  });

  test('takes another sid where somebody has that one', () => {
    const taken = { ...DENIAL, Action: 's3:PutObject' };
    expect(added(policy(taken)).Statement).toEqual([taken, { ...DENIAL, Sid: 'DenyRequestsWithoutTls2' }]);
  });

  test.each([
    ['its own words', DENIAL],
    ['another sid and principal', { ...DENIAL, Sid: 'Tls', Principal: { AWS: '*' } }],
    ['every resource and action', { ...DENIAL, Resource: '*', Action: ['*'] }],
    ['another case, and a boolean', { ...DENIAL, Condition: { Bool: { 'AWS:SecureTransport': false } } }],
  ])('leaves a policy that denies by %s', (_, statement) => {
    expect(withTlsOnly(policy(statement), 'states', 'aws')).toBeUndefined();
  });

  test.each([
    ['objects alone', { ...DENIAL, Resource: RESOURCE[1] }],
    ['some actions', { ...DENIAL, Action: 's3:PutObject' }],
    ['somebody', { ...DENIAL, Principal: { AWS: '111111111111' } }],
    [
      'a further condition',
      { ...DENIAL, Condition: { ...DENIAL.Condition, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
    ['a further key', { ...DENIAL, Condition: { Bool: { ...DENIAL.Condition.Bool, 'aws:ViaAWSService': 'false' } } }],
    ['an IfExists', { ...DENIAL, Condition: { BoolIfExists: DENIAL.Condition.Bool } }],
    ['TLS', { ...DENIAL, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    ['nothing: it allows', { ...DENIAL, Effect: 'Allow' }],
  ])('adds to a policy that denies %s', (_, statement) => {
    expect(added(policy(statement)).Statement).toHaveLength(2);
  });
});
