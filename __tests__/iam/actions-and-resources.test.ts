import { decide } from '../../lib/iam/decide';
import { ALLOW, allows, aRequest, inForce, OTHER, OWN, SERVICE } from './a-request';

describe('Action (reference_policies_elements_action)', () => {
  const action = 'backup:CopyIntoBackupVault';

  test.each([
    ['itself', action],
    ['any case', 'BACKUP:copyintobackupvault'],
    ['one of several', ['kms:Decrypt', action]],
    ['all', '*'],
    ['all of its service', 'backup:*'],
    ['a beginning', 'backup:Copy*'],
    ['a middle', 'backup:*into*'],
    ['single characters', 'backup:Copy????BackupVault'],
    ['itself beside a wildcard', ['kms:*', action]],
    ['no character at all for *', 'backup:CopyIntoBackupVault*'],
  ])('matches %s', (_, Action) => expect(allows({ Action }, { action })).toBe(true));

  test.each([
    ['another action', 'backup:CopyFromBackupVault'],
    ['another service', 'kms:CopyIntoBackupVault'],
    ['a beginning without *', 'backup:Copy'],
    ['a * after a beginning only', 'backup:CopyFrom*'],
    ['a beginning with ?', 'backup:?opy'],
    ['too few ?', 'backup:Copy?BackupVault'],
    ['any of several others', ['kms:*', 'backup:CopyFrom*', 'backup:Tag*']],
  ])('does not match %s', (_, Action) => expect(allows({ Action }, { action })).toBe(false));
});

describe('NotAction (reference_policies_elements_notaction)', () => {
  const notAction = (NotAction: unknown) => {
    const { Action, ...others } = ALLOW;
    return decide(aRequest({ action: 'backup:TagResource' }), inForce({ identity: [{ ...others, NotAction }] }))
      .isAllowed;
  };

  test('is every action but these', () => {
    expect(notAction(['kms:*', 'backup:Delete*'])).toBe(true);
    expect(notAction(['kms:*', 'backup:tag*'])).toBe(false);
    expect(notAction('*')).toBe(false);
  });
});

const arn = `arn:aws:backup:us-east-1:${OWN}:recovery-point:a:b/c`;
const request = { action: 'backup:TagResource', resource: { arn, accountId: OWN } };

describe('Resource (reference_policies_elements_resource)', () => {
  test.each([
    '*',
    arn,
    `arn:aws:backup:*:${OWN}:recovery-point:*`,
    'arn:aws:backup:*:*:*',
    'arn:*:backup:us-*-1:1111????1111:recovery-point:a*c',
    'arn:aws:backup:us-east-1:*:recovery-point:?:b/?',
  ])('matches %s', (Resource) => expect(allows({ Resource }, request)).toBe(true));

  test.each([
    `arn:aws:backup:us-west-2:${OWN}:recovery-point:*`,
    `arn:aws:backup:us-east-1:${OTHER}:recovery-point:*`,
    `arn:aws:backup:us-east-1:${OWN}:recovery-point:A:B/C`,
    `arn:aws:backup:us-east-1:${OWN}:recovery-point:a`,
    `arn:aws:backup:us-east-1:${OWN}:recovery-point:a.b/c`,
    'arn:aws:backup:us-east-1:?:recovery-point:*',
    'arn:aws:back*-1:recovery-point:*',
    'arn:aws:backup:us-east-1?*:*:b/c',
  ])('does not match %s', (Resource) => expect(allows({ Resource }, request)).toBe(false));

  test.each([
    ['arn:aws:backup:*:recovery-point:a:b/c', true],
    ['arn:aws:backup:us-*:b/c', true],
    ['arn:aws:backup:us-*1:recovery-point:a:b/c', false],
  ])('lets a * pass colons where it ends a part: %s', (Resource, isMatch) =>
    expect(allows({ Resource }, request)).toBe(isMatch),
  );

  test.each([
    ['arn:aws:backup', true],
    ['arn:aws:backup:us-east-1', true],
    [`arn:aws:backup:us-east-1:${OWN}`, true],
    ['arn:aws:back', false],
    [`arn:aws:backup:us-east-1:${OTHER}`, false],
    ['arn:aws:kms', false],
  ])('completes an ARN of an identity policy: %s', (Resource, isMatch) =>
    expect(allows({ Resource }, request)).toBe(isMatch),
  );

  test('matches a request for no one resource only by *', () => {
    const list = { action: 'backup:ListBackupVaults', resource: { arn: '*', accountId: OWN } };
    expect(allows({ Resource: '*' }, list)).toBe(true);
    expect(allows({ Resource: 'arn:aws:backup:*:*:*' }, list)).toBe(false);
  });

  test('is the resource that has the policy where a trust policy says none', () => {
    const { Resource, ...trust } = ALLOW;
    const resource = [{ ...trust, Principal: { Service: SERVICE.id } }];
    expect(decide(aRequest({ caller: SERVICE }), inForce({ resource })).isAllowed).toBe(true);
  });
});

describe('NotResource (reference_policies_elements_notresource)', () => {
  const notResource = (NotResource: unknown) => {
    const { Resource, ...others } = ALLOW;
    return decide(aRequest(request), inForce({ identity: [{ ...others, NotResource }] })).isAllowed;
  };

  test('is every resource but these', () => {
    expect(notResource(['arn:aws:kms:*:*:*', 'arn:aws:backup:*:*:backup-vault:*'])).toBe(true);
    expect(notResource(['arn:aws:kms:*:*:*', 'arn:aws:backup:*:*:recovery-point:*'])).toBe(false);
    expect(notResource('*')).toBe(false);
  });

  test('is every resource where a variable has no value (reference_policies_variables)', () => {
    expect(notResource('arn:aws:backup:*:*:${aws:username}*')).toBe(true);
  });
});
