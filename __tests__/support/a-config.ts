import { Config, type ConfigInput } from '../../lib/config/config';

type Overrides = { readonly [Key in keyof ConfigInput]?: ConfigInput[Key] };

export const MANAGEMENT_ID = '999999999999';
export const DESTINATION_ID = '222222222222';
export const SOURCE_ID = '111111111111';

export const aPlan = (overrides: object = {}) => ({
  rules: [
    {
      name: 'daily-kept-35-days',
      schedule: 'cron(0 3 ? * * *)',
      deleteAfterDays: 35,
      copies: [{ to: 'vault/eu-west-1', deleteAfterDays: 365 }],
    },
  ],
  selections: [{ name: 'tagged', tags: { Backup: 'true' }, resourceTypes: ['EBS'] }],
  ...overrides,
});

/** The smallest organization that copies: one source in us-east-1, one destination in eu-west-1. */
export const aConfigInput = (overrides: Overrides | object = {}) => ({
  organization: { id: 'o-abc1234567' },
  management: {
    accountId: MANAGEMENT_ID,
    region: 'us-east-1',
    globalSettings: { multiPartyApproval: false, delegatedAdministrator: true },
  },
  destinations: { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1'] } },
  sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'] } },
  plans: { daily: aPlan() },
  ...overrides,
});

/** The same, with its defaults. */
export const aConfig = (overrides: Overrides | object = {}): Config => Config.parse(aConfigInput(overrides));
