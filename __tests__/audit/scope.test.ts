import type { Organization } from '../../lib/audit/organization';
import { auditees, narrowed } from '../../lib/audit/scope';
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
    const all = await auditees(organization, topology);
    expect(all.map(({ accountId, isNamed }) => [accountId, isNamed])).toEqual([
      [MANAGEMENT_ID, true],
      [DESTINATION_ID, true],
      [ALONE, true],
      [IN_UNIT, false],
      [IN_BOTH, true],
    ]);
  });

  test('are those that are asked for, in the Regions that are', async () => {
    const all = await auditees(organization, topology);
    const placesOf = (some: typeof all) =>
      some.map(({ accountId, sites }) => [accountId, ...sites.map(({ region }) => region)]);
    expect(placesOf(narrowed(all, { accountIds: [IN_UNIT] }))).toEqual([[IN_UNIT, 'us-east-1']]);
    expect(placesOf(narrowed(all, { regions: ['eu-west-1'] }))).toEqual([
      [MANAGEMENT_ID],
      [DESTINATION_ID, 'eu-west-1'],
      [ALONE],
      [IN_UNIT],
      [IN_BOTH],
    ]);
  });
});
