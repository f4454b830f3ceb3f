import { aConfig, aPlan, DESTINATION_ID, SOURCE_ID } from './a-config';

export const RESTORE_ID = '444444444444';

const airGapped = (role: string, fields: object = {}) => ({
  minRetentionDays: 7,
  maxRetentionDays: 365,
  acknowledge: `cab-${role}-air-gapped`,
  ...fields,
});

interface Given {
  readonly destination?: object;
  /** Undefined for a source without an air-gapped vault. */
  readonly source?: object;
  readonly copyBack?: boolean;
  readonly rule?: object;
  readonly types?: readonly string[];
  readonly to?: readonly string[];
}

/** One source whose copies go to the air-gapped vault of the destination, and to what `to` says. */
export const anAirGappedConfig = ({
  destination = {},
  source,
  copyBack = false,
  rule = {},
  types = ['EBS'],
  to = ['vault/eu-west-1/air-gapped'],
}: Given = {}) =>
  aConfig({
    destinations: {
      vault: {
        accountId: DESTINATION_ID,
        regions: { 'eu-west-1': { airGapped: airGapped('destination', destination) } },
      },
    },
    sources: {
      production: {
        accountId: SOURCE_ID,
        regions: { 'us-east-1': source ? { airGapped: airGapped('source', source) } : {} },
        plans: ['daily'],
        copyBack,
      },
    },
    plans: {
      daily: aPlan({
        rules: [
          {
            name: 'daily-kept-35-days',
            schedule: 'cron(0 3 ? * * *)',
            deleteAfterDays: 35,
            copies: to.map((vault) => ({ to: vault, deleteAfterDays: 90 })),
            ...rule,
          },
        ],
        selections: [{ name: 'tagged', tags: { Backup: 'true' }, resourceTypes: types }],
      }),
    },
  });
