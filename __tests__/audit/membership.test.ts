import type { Auditee } from '../../lib/audit/auditee';
import { membership } from '../../lib/audit/checks/membership';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';

const [rollout] = resolveTopology(aRolloutConfig()).organizationPolicies?.rollouts ?? [];
const topology = resolveTopology(aConfig());

const anAuditee = (given: Partial<Auditee> = {}): Auditee => ({
  accountId: '111111111111',
  partition: 'aws',
  name: 'production',
  management: undefined,
  deployRoles: [],
  isNamed: true,
  sites: [],
  reaches: [],
  member: { accountId: '111111111111', name: 'production', state: 'ACTIVE' },
  ...given,
});

async function toldOf(given: Partial<Auditee>): Promise<string[]> {
  const sight = { auditees: [anAuditee(given)] } as unknown as Parameters<typeof membership.problems>[0];
  return (await membership.problems(sight)).map(({ severity, what, found }) => `${severity} | ${what} | ${found}`);
}

describe('membership', () => {
  if (!rollout) throw new Error('the config rolls nothing out');

  test('makes nothing of an account that is at work and reached once', async () => {
    expect(await toldOf({ reaches: [{ rollout, by: 'unit' }] })).toEqual([]);
  });

  test.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])('finds an account that is %s', async (state) => {
    expect(await toldOf({ member: { accountId: '111111111111', name: 'x', state } })).toEqual([
      `error | account | ${state}`,
    ]);
  });

  test.each(['SUSPENDED', 'PENDING_CLOSURE'])(
    'makes nothing of a closed account of a unit, which is %s',
    async (state) => {
      const member = { accountId: '111111111111', name: 'x', state };
      expect(await toldOf({ member, isNamed: false, reaches: [{ rollout, by: 'unit' }] })).toEqual([]);
    },
  );

  test('finds an account that is no member', async () => {
    expect(await toldOf({ member: undefined })).toEqual(['error | account | not in the organization']);
  });

  test('finds an account that a source stack backs up by the same plan', async () => {
    const told = await toldOf({ sites: topology.sources, reaches: [{ rollout, by: 'unit' }] });
    expect(told).toEqual(['warning | rollouts | plan daily us-east-1 backs it up by a source stack too']);
  });

  test('finds that the management account is reached, where StackSets never go', async () => {
    const told = await toldOf({ management: topology.management, reaches: [{ rollout, by: 'unit' }] });
    expect(told).toEqual(['warning | rollouts | the management account is reached (workloads)']);
  });
});
