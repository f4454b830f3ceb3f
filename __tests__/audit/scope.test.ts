import type { Organization } from '../../lib/audit/organization';
import { auditees, narrowed } from '../../lib/audit/scope';
import { LiveError } from '../../lib/live/live-error';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { DESTINATION_ID, MANAGEMENT_ID } from '../support/a-config';
import { aRolloutConfig, OTHER_UNIT, UNIT } from '../support/a-rollout';

const [IN_UNIT, ALONE, IN_BOTH] = ['555555555555', '444444444444', '666666666666'];
const plans = { plans: ['daily'] };
const topology = resolveTopology(
  aRolloutConfig({
    rollouts: [
      { name: 'workloads', ...plans, regions: ['us-east-1'], ous: [UNIT], accounts: [ALONE, IN_BOTH] },
      { name: 'platform', ...plans, regions: ['ap-south-1'], ous: [OTHER_UNIT] },
    ],
  }),
);

const EVERYONE = [MANAGEMENT_ID, DESTINATION_ID, ALONE, IN_UNIT, IN_BOTH];

const members = (...ids: string[]) => ids.map((accountId) => ({ accountId, name: `n-${accountId}`, state: 'ACTIVE' }));
const organization = {
  accounts: async () => members(...EVERYONE),
  // Nobody is in the other unit yet.
  accountsBelow: async (id: string) => (UNIT.includes(id) ? members(IN_UNIT, IN_BOTH) : []),
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

  test.each([
    [
      'an account with a slip in it',
      { accountIds: [IN_UNIT, '555555555556'] },
      `there is no account 555555555556 in the config or its rollouts (${EVERYONE.join(', ')}): did you mean ${IN_UNIT}?`,
    ],
    [
      'an account of somebody else’s',
      { accountIds: ['100200300400'] },
      `there is no account 100200300400 in the config or its rollouts (${EVERYONE.join(', ')})`,
    ],
    [
      'a Region with a slip in it',
      { regions: ['us-east-1', 'eu-wst-1'] },
      'there is no Region eu-wst-1 in the config or its rollouts (ap-south-1, eu-west-1, us-east-1): did you mean eu-west-1?',
    ],
    [
      'a Region in which there is nothing',
      { regions: ['sa-east-1'] },
      'there is no Region sa-east-1 in the config or its rollouts (ap-south-1, eu-west-1, us-east-1): did you mean us-east-1?',
    ],
  ])('are refused with what there is, where %s is asked for', async (_, narrowing, text) => {
    const all = await auditees(organization, topology);
    expect(() => narrowed(all, narrowing)).toThrow(new LiveError(text));
  });

  test('may be asked for where the management account alone sets what plans obey', async () => {
    expect(narrowed(await auditees(organization, topology), { regions: ['ap-south-1'] }).length).toBe(5);
  });
});
