import { decide } from '../../lib/iam/decide';
import type { Caller } from '../../lib/iam/request';
import { ALLOW, aRequest, inForce, OTHER, OWN, ROLE, ROOT, SERVICE, USER, vaultIn } from './a-request';

/** Whether a statement means the caller: itself, through its account, or not. */
function meaning(element: Readonly<Record<string, unknown>>, caller: Caller = ROLE): string {
  const resource = [{ ...ALLOW, ...element }];
  const isAlone = decide(aRequest({ caller }), inForce({ resource })).isAllowed;
  if (isAlone) return 'itself';
  const otherOwner = aRequest({ caller, resource: vaultIn(OTHER) });
  return decide(otherOwner, inForce({ identity: [ALLOW], resource })).isAllowed ? 'account' : 'nobody';
}

const ROOT_ARN = `arn:aws:iam::${OWN}:root`;

describe('Principal (reference_policies_elements_principal)', () => {
  test.each([
    ['*', ROLE, 'itself'],
    [{ AWS: '*' }, USER, 'itself'],
    [{ AWS: ['*'] }, SERVICE, 'itself'],
    [{ AWS: ROOT_ARN }, ROLE, 'account'],
    [{ AWS: OWN }, USER, 'account'],
    [{ AWS: ROOT_ARN }, ROOT, 'account'],
    [{ AWS: [OTHER, ROOT_ARN] }, ROLE, 'account'],
    [{ AWS: `arn:aws-cn:iam::${OWN}:root` }, ROLE, 'nobody'],
    [{ AWS: OTHER }, ROLE, 'nobody'],
    [{ AWS: ROOT_ARN }, SERVICE, 'nobody'],
    [{ AWS: ROLE.id }, ROLE, 'itself'],
    [{ AWS: [ROOT_ARN, ROLE.id] }, ROLE, 'itself'],
    [{ AWS: ROLE.id }, USER, 'nobody'],
    [{ AWS: `arn:aws:iam::${OWN}:role/backup` }, ROLE, 'nobody'],
    [{ AWS: `arn:aws:iam::${OWN}:user/Ann` }, USER, 'nobody'],
    [{ Service: 'backup.amazonaws.com' }, SERVICE, 'itself'],
    [{ Service: ['ec2.amazonaws.com', 'backup.amazonaws.com'] }, SERVICE, 'itself'],
    [{ Service: 'ec2.amazonaws.com' }, SERVICE, 'nobody'],
    [{ Service: 'backup.amazonaws.com' }, ROLE, 'nobody'],
    [{ Service: 'ec2.amazonaws.com', AWS: OWN }, ROLE, 'account'],
    [{ Federated: 'cognito-identity.amazonaws.com' }, ROLE, 'nobody'],
    [{ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, ROLE, 'nobody'],
  ])('%j means %j: %s', (Principal, caller, expected) => expect(meaning({ Principal }, caller)).toBe(expected));
});

describe('NotPrincipal (reference_policies_elements_notprincipal)', () => {
  const isDenied = (NotPrincipal: unknown, caller: Caller) => {
    const { Action, Resource } = ALLOW;
    const resource = [{ Effect: 'Deny', NotPrincipal, Action, Resource }];
    return decide(aRequest({ caller }), inForce({ identity: [ALLOW], resource })).isExplicit;
  };

  test.each([
    [{ AWS: [ROLE.id, ROOT_ARN] }, ROLE, false],
    [{ AWS: OWN }, USER, false],
    [{ AWS: OTHER }, ROLE, true],
    [{ AWS: [`arn:aws:iam::${OTHER}:role/a`, OTHER] }, ROLE, true],
    [{ Service: 'backup.amazonaws.com' }, SERVICE, false],
    [{ Service: 'backup.amazonaws.com' }, ROLE, true],
  ])('%j denies %j: %s', (notPrincipal, caller, expected) => expect(isDenied(notPrincipal, caller)).toBe(expected));
});

describe('a request', () => {
  test.each([
    [{ caller: { ...ROLE, accountId: OTHER } }, 'is not a role of account 222222222222'],
    [{ caller: { ...ROLE, kind: 'user' as const } }, 'is not a user of account'],
    [{ caller: { ...ROLE, accountId: undefined } }, 'is not a role of account undefined'],
    [{ action: 'backup:*' }, 'one action'],
    [{ resource: { arn: 'vault', accountId: OWN } }, 'one ARN or *'],
    [{ resource: { ...vaultIn(OWN), accountId: OTHER } }, 'is not in account 222222222222'],
    [{ context: { 'aws:Key': 'a', 'aws:key': 'b' } }, 'twice'],
  ])('fails when it contradicts itself: %j', (overrides, message) => {
    const identity = [{ ...ALLOW, Condition: { Null: { 'aws:key': 'false' } } }];
    expect(() => decide(aRequest(overrides), inForce({ identity }))).toThrow(message);
  });
});
