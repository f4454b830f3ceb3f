import { type Decision, decide } from '../../lib/iam/decide';
import type { AccessRequest } from '../../lib/iam/request';
import {
  ALLOW,
  aPolicy,
  aRequest,
  DENY,
  inForce,
  keyIn,
  OTHER,
  OWN,
  ROLE,
  ROOT,
  roleIn,
  SERVICE,
  vaultIn,
} from './a-request';

type Statements = Parameters<typeof inForce>[0];

const allowed = (...by: string[]): Decision => ({ isAllowed: true, isExplicit: false, by, missing: [] });
const denied = (...by: string[]): Decision => ({ isAllowed: false, isExplicit: true, by, missing: [] });
const silent = (...missing: Decision['missing']): Decision => ({
  isAllowed: false,
  isExplicit: false,
  by: [],
  missing,
});

const IDENTITY = 'identity, AllowIt';
const RESOURCE = 'resource, AllowIt';

const named = { ...ALLOW, Principal: { AWS: ROLE.id } };
const everybody = { ...ALLOW, Principal: '*' };
const account = { ...ALLOW, Principal: { AWS: OWN } };
const service = { ...ALLOW, Principal: { Service: SERVICE.id } };
const nobody = { ...ALLOW, Principal: { AWS: OTHER } };

const judge = (request: Partial<AccessRequest>, statements: Statements) =>
  decide(aRequest(request), inForce(statements));

describe('inside one account (reference_policies_evaluation-logic)', () => {
  test.each<[string, Statements, Decision]>([
    ['no policy', {}, silent('identity policy', 'resource policy')],
    ['an identity policy', { identity: [ALLOW] }, allowed(IDENTITY)],
    ['a resource policy that names the caller', { resource: [named] }, allowed(RESOURCE)],
    ['a resource policy for everybody', { resource: [everybody] }, allowed(RESOURCE)],
    ['both', { identity: [ALLOW], resource: [named] }, allowed(IDENTITY, RESOURCE)],
    ['a resource policy for the account', { resource: [account] }, silent('identity policy')],
    ['a resource policy for others', { identity: [ALLOW], resource: [nobody] }, allowed(IDENTITY)],
    ['a denial in the identity policy', { identity: [DENY], resource: [named] }, denied('identity, DenyIt')],
    [
      'a denial to the whole account',
      { identity: [ALLOW], resource: [{ ...DENY, Principal: { AWS: OWN } }] },
      denied('resource, DenyIt'),
    ],
    [
      'denials in several policies',
      { identity: [ALLOW, DENY], resource: [{ ...DENY, Principal: '*' }], serviceControl: [[DENY]] },
      denied('level 1, DenyIt', 'identity, DenyIt', 'resource, DenyIt'),
    ],
    ['a denial of something else', { identity: [ALLOW, { ...DENY, Action: 'kms:*' }] }, allowed(IDENTITY)],
  ])('%s', (_, statements, decision) => expect(judge({}, statements)).toEqual(decision));
});

describe('across accounts (reference_policies_evaluation-logic-cross-account)', () => {
  test.each<[string, Statements, Decision]>([
    ['no policy', {}, silent('identity policy', 'resource policy')],
    ['an identity policy', { identity: [ALLOW] }, silent('resource policy')],
    ['a resource policy that names the caller', { resource: [named] }, silent('identity policy')],
    ['a resource policy for everybody', { resource: [everybody] }, silent('identity policy')],
    ['both, the caller named', { identity: [ALLOW], resource: [named] }, allowed(IDENTITY, RESOURCE)],
    ['both, the account named', { identity: [ALLOW], resource: [account] }, allowed(IDENTITY, RESOURCE)],
    ['both, another named', { identity: [ALLOW], resource: [nobody] }, silent('resource policy')],
    ['a denial', { identity: [ALLOW], resource: [named, { ...DENY, Principal: '*' }] }, denied('resource, DenyIt')],
  ])('%s', (_, statements, decision) => expect(judge({ resource: vaultIn(OTHER) }, statements)).toEqual(decision));
});

describe('a service (reference_policies_elements_principal)', () => {
  test.each<[string, Statements, Decision]>([
    ['no policy', {}, silent('resource policy')],
    ['a resource policy that names it', { resource: [service] }, allowed(RESOURCE)],
    ['a resource policy that names an account', { resource: [account] }, silent('resource policy')],
    ['a denial to everybody', { resource: [service, { ...DENY, Principal: '*' }] }, denied('resource, DenyIt')],
  ])('%s', (_, statements, decision) => expect(judge({ caller: SERVICE }, statements)).toEqual(decision));
});

const OWN_TRUST = [
  ['a key (kms key-policy-default)', { action: 'kms:Decrypt', resource: keyIn(OWN) }],
  ['a role to assume (id_roles_update-role-trust-policy)', { action: 'sts:AssumeRole', resource: roleIn(OWN) }],
] as const;

describe.each(OWN_TRUST)('%s', (_, request) => {
  test.each<[string, Statements, Decision]>([
    ['an identity policy alone', { identity: [ALLOW] }, silent('resource policy')],
    ['a policy that names the caller', { resource: [named] }, allowed(RESOURCE)],
    ['a policy for everybody', { resource: [everybody] }, allowed(RESOURCE)],
    ['a policy for the account alone', { resource: [account] }, silent('identity policy')],
    ['a policy for the account, and identity', { identity: [ALLOW], resource: [account] }, allowed(IDENTITY, RESOURCE)],
    ['a policy for others, and identity', { identity: [ALLOW], resource: [nobody] }, silent('resource policy')],
    ['identity beside a policy that names', { identity: [ALLOW], resource: [named] }, allowed(RESOURCE)],
  ])('%s', (_, statements, decision) => expect(judge(request, statements)).toEqual(decision));

  test('lets the root user in through its account only', () => {
    const root = { ...request, caller: ROOT };
    expect(judge(root, { identity: [ALLOW], resource: [account] })).toEqual(allowed(IDENTITY, RESOURCE));
    expect(judge(root, { identity: [ALLOW], resource: [nobody] })).toEqual(silent('resource policy'));
  });
});

describe('an action of KMS on no key (kms iam-policies)', () => {
  test.each(['*', `arn:aws:kms:us-east-1:${OWN}:alias/a`])('%s needs no key policy', (arn) => {
    const request = { action: 'kms:CreateAlias', resource: { arn, accountId: OWN } };
    expect(judge(request, { identity: [ALLOW] })).toEqual(allowed(IDENTITY));
  });
});

describe('service control policies (orgs_manage_policies_scps_evaluation)', () => {
  const other = { ...ALLOW, Action: 'kms:*' };
  const missing = silent('service control policy');

  test.each<[string, Statements['serviceControl'], Decision]>([
    ['every level allows', [[ALLOW], [ALLOW], [ALLOW]], allowed(IDENTITY)],
    ['one level does not', [[ALLOW], [other], [ALLOW]], missing],
    ['the last level does not', [[ALLOW], [ALLOW], [other]], missing],
    ['one denies', [[ALLOW], [ALLOW, DENY], [ALLOW]], denied('level 2, DenyIt')],
    ['one denies something else', [[ALLOW, { ...DENY, Action: 'kms:*' }]], allowed(IDENTITY)],
  ])('%s', (_, serviceControl, decision) => {
    expect(judge({}, { identity: [ALLOW], serviceControl })).toEqual(decision);
  });

  test('allow nothing at a level without policies', () => {
    const identity = [aPolicy('identity', [ALLOW])];
    expect(decide(aRequest(), { identity, resource: undefined, serviceControl: [[]] })).toEqual(missing);
  });

  test('grant nothing by themselves', () => {
    expect(judge({}, { serviceControl: [[ALLOW]] })).toEqual(silent('identity policy', 'resource policy'));
    expect(judge({}, { serviceControl: [[other]] })).toEqual(
      silent('identity policy', 'resource policy', 'service control policy'),
    );
  });
});

describe('policies of one level or kind', () => {
  test('are one union', () => {
    const policies = [aPolicy('a', [{ ...ALLOW, Action: 'kms:*' }]), aPolicy('b', [ALLOW])];
    const inLevel = { identity: policies, serviceControl: [policies], resource: undefined };
    expect(decide(aRequest(), inLevel)).toEqual(allowed('b, AllowIt'));
  });

  test('are told by number where they have no Sid', () => {
    const { Sid, ...unnamed } = ALLOW;
    expect(judge({}, { identity: [{ ...unnamed, Action: 'kms:*' }, unnamed] }).by).toEqual(['identity, statement 2']);
  });
});
