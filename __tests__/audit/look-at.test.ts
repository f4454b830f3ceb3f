import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Auditee } from '../../lib/audit/auditee';
import type { OrganizationSight } from '../../lib/audit/check';
import { lookAt, problemsOf, type Way } from '../../lib/audit/look-at';
import { Organization } from '../../lib/audit/organization';
import { LiveError } from '../../lib/live/live-error';
import type { Session } from '../../lib/live/sessions';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { MANAGEMENT_ID } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';

const topology = resolveTopology(aRolloutConfig());
const [rollout] = topology.organizationPolicies?.rollouts ?? [];
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'none' };
const MEMBER_ID = '444444444444';

const OF_IDENTITY =
  'let the identity that reads the management account do this (docs/audit.md): --role is for the other accounts';
const OF_ROLE = 'let the role that is read with do this (docs/audit.md), or name another one by --role';
const AGAIN = 'run it again: AWS was busy or out of reach';

/** What is to be done in an account that lets nothing be read, by check. */
async function remediesIn(given: Partial<Auditee>, enter = async (): Promise<Session> => ({ credentials })) {
  const refusing = {
    handle: async () => ({ response: { statusCode: 403, headers: {}, body: new Uint8Array() } }),
    destroy: () => {},
  };
  const requestHandler = refusing as unknown as NonNullable<Way['requestHandler']>;
  const region = 'us-east-1';
  const access = {
    sessions: { as: enter },
    session: { credentials },
    where: { name: 'management', accountId: MANAGEMENT_ID },
    identity: { accountId: MANAGEMENT_ID, arn: `arn:aws:iam::${MANAGEMENT_ID}:user/auditor` },
    organizations: new OrganizationsClient({ region, credentials, requestHandler }),
  };
  const organization = new Organization(access as never);
  const sight = {
    topology,
    organization,
    everyone: [],
    auditees: [],
    isAsked: () => true,
  } as unknown as OrganizationSight;
  const auditee = {
    accountId: MEMBER_ID,
    partition: 'aws',
    name: 'member',
    management: undefined,
    deployRoles: [],
    sites: [],
    reaches: rollout ? [{ rollout, by: 'unit' }] : [],
    ...given,
  } as unknown as Auditee;
  const { findings } = await lookAt(auditee, sight, { region, requestHandler, credentials } as unknown as Way);
  return Object.fromEntries(findings.map(({ check, remedy }) => [check, remedy]));
}

describe('what to do where AWS does not answer', () => {
  test('is to give permissions to the role in other accounts, and to the identity for what the organization tells', async () => {
    const sites = topology.destinations;
    expect(await remediesIn({ sites })).toMatchObject({ roles: OF_ROLE, 'effective policy': OF_IDENTITY });
  });

  test('is to give permissions to the identity in the management account, where --role is never used', async () => {
    const { management, destinations } = topology;
    const sites = destinations.map((site) => ({ ...site, accountId: MANAGEMENT_ID }));
    const remedies = await remediesIn({ accountId: MANAGEMENT_ID, management, sites });
    expect(remedies).toMatchObject({ roles: OF_IDENTITY, 'opt-ins': OF_IDENTITY });
    expect(Object.values(remedies)).not.toContain(OF_ROLE);
  });

  test.each([
    ['another role where none can be taken', false, 'name a role by --role that the management account may take'],
    ['to try again where the way in is lost for now', true, AGAIN],
  ])('is %s', async (_, isPassing, remedy) => {
    const enter = () => Promise.reject(new LiveError('no role of the account can be assumed', isPassing));
    expect(await remediesIn({}, enter)).toEqual({ access: remedy });
  });

  test.each(['identity', 'role'] as const)('is to run it again where that alone helps the %s', async (asker) => {
    const busy = () => Promise.reject(new LiveError('iam:GetRole: AWS throttles these requests', true));
    const where = { name: 'member', accountId: MEMBER_ID };
    expect(await problemsOf('roles', where, asker, busy)).toEqual([
      {
        severity: 'error',
        check: 'roles',
        where,
        what: 'roles',
        found: 'cannot be looked at: iam:GetRole: AWS throttles these requests',
        expected: 'an answer',
        remedy: AGAIN,
      },
    ]);
  });

  test('is nothing where the mistake is our own', async () => {
    const wrong = () => Promise.reject(new TypeError('not a function'));
    await expect(problemsOf('roles', { name: 'member' }, 'role', wrong)).rejects.toThrow(TypeError);
  });
});
