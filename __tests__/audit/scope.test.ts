import type { Organization } from '../../lib/audit/organization';
import { auditees } from '../../lib/audit/scope';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { DESTINATION_ID, MANAGEMENT_ID } from '../support/a-config';
import { aRolloutConfig, UNIT } from '../support/a-rollout';

const [IN_UNIT, ALONE, IN_BOTH] = ['555555555555', '444444444444', '666666666666'];
const topology = resolveTopology(
  aRolloutConfig({
    rollouts: [
      { name: 'workloads', plans: ['daily'], regions: ['us-east-1'], ous: [UNIT], accounts: [ALONE, IN_BOTH] },
    ],
  }),
);

const members = (...ids: string[]) => ids.map((accountId) => ({ accountId, name: `n-${accountId}`, state: 'ACTIVE' }));
const organization = {
  accounts: async () => members(MANAGEMENT_ID, DESTINATION_ID, IN_UNIT, ALONE, IN_BOTH),
  accountsBelow: async () => members(IN_UNIT, IN_BOTH),
} as unknown as Organization;

describe('auditees', () => {
  test('are the accounts that the config names, and those that units alone bring', async () => {
    const all = await auditees(organization, topology, {});
    expect(all.map(({ accountId, isNamed }) => [accountId, isNamed])).toEqual([
      [MANAGEMENT_ID, true],
      [DESTINATION_ID, true],
      [ALONE, true],
      [IN_UNIT, false],
      [IN_BOTH, true],
    ]);
  });
});
