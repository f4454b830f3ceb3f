import { type Access, sessionOf } from '../../lib/accounts/access';

const HOME = '222222222222';
const AMBIENT = { credentials: undefined };
const OF_MANAGEMENT = { credentials: { accessKeyId: 'ASIA9', secretAccessKey: 's' } };

/** As of an identity of a destination, which takes `management.deployRole` in the management account. */
const access = {
  identity: { accountId: HOME, arn: `arn:aws:iam::${HOME}:user/ci` },
  session: OF_MANAGEMENT,
  where: { name: 'management', accountId: '999999999999' },
  sessions: {
    ambient: AMBIENT,
    as: async (arns: readonly string[]) => arns,
  },
} as unknown as Access;
const sessionIn = (accountId: string, role?: string) =>
  sessionOf(access, { accountId, partition: 'aws', deployRoles: [] }, 'administrator', role);

describe('sessionOf', () => {
  test('is that of the management account there', async () => {
    expect(await sessionIn('999999999999')).toBe(OF_MANAGEMENT);
  });

  test('is the ambient one in its own account, which nobody has to enter', async () => {
    expect(await sessionIn(HOME)).toBe(AMBIENT);
    expect(await sessionIn(HOME, 'audit')).toBe(AMBIENT);
  });

  test('takes a role of any other account', async () => {
    expect(await sessionIn('111111111111')).toEqual(['arn:aws:iam::111111111111:role/OrganizationAccountAccessRole']);
    expect(await sessionIn('111111111111', 'ci/audit')).toEqual(['arn:aws:iam::111111111111:role/ci/audit']);
  });
});
