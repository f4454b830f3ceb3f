import { Config } from '../lib/config/config';
import { resolveTopology } from '../lib/topology/resolve-topology';

const UNITS = 50;
const ACCOUNTS = 1_000;
export const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];
export const MANAGEMENT = '999999999999';

const unitId = (unit: number) => `ou-abc1-unit${String(unit).padStart(4, '0')}`;
const accountId = (account: number) => String(100_000_000_000 + account);
/** The accounts of the units; the config names none of them. */
export const accounts = Array.from({ length: ACCOUNTS }, (_, account) => accountId(account));
export const unitOf = (account: string) => unitId((Number(account) - 100_000_000_000) % UNITS);

export const config = Config.parse({
  organization: { id: 'o-abc1234567', rootId: 'r-abc1' },
  management: {
    accountId: MANAGEMENT,
    region: 'us-east-1',
    globalSettings: { multiPartyApproval: false, delegatedAdministrator: false },
  },
  destinations: { vault: { accountId: '222222222222', regions: ['eu-west-2'] } },
  sources: {},
  guardrails: { enabled: false },
  organizationPolicies: {
    baseline: { createResourceKey: true },
    rollouts: [
      {
        name: 'all',
        plans: ['daily'],
        regions: REGIONS,
        ous: Array.from({ length: UNITS }, (_, unit) => `o-abc1234567/r-abc1/${unitId(unit)}/`),
      },
    ],
  },
  plans: {
    daily: {
      rules: [
        {
          name: 'daily',
          schedule: 'cron(0 3 ? * * *)',
          deleteAfterDays: 35,
          copies: [{ to: 'vault/eu-west-2', deleteAfterDays: 365 }],
        },
      ],
      selections: [{ name: 'tagged', anyTag: [{ key: 'Backup', value: 'true' }] }],
    },
  },
});
export const topology = resolveTopology(config);
