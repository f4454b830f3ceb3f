import type { FoundPlace, FoundPlan, FoundRole, FoundVault, Inventory } from '../../lib/adopt/inventory';
import { match } from '../../lib/adopt/match';
import type { Matches } from '../../lib/adopt/proposal';
import { renderPath } from '../../lib/config/path';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aConfigInput, DESTINATION_ID, SOURCE_ID } from '../support/a-config';

export const DESTINATION_PLACE = `${DESTINATION_ID}/eu-west-1`;
export const SOURCE_PLACE = `${SOURCE_ID}/us-east-1`;
export const KEY = `arn:aws:kms:eu-west-1:${DESTINATION_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

export const aVault = (name: string, more: Partial<FoundVault> = {}): FoundVault => ({
  name,
  arn: `arn:aws:backup:eu-west-1:${DESTINATION_ID}:backup-vault:${name}`,
  isAirGapped: false,
  keyArn: undefined,
  recoveryPoints: 0,
  lock: undefined,
  policy: undefined,
  tags: {},
  ...more,
});

/** A plan with the rule of `aPlan`, under other names. */
export const aFoundPlan = (name: string, more: Partial<FoundPlan> = {}, copyTo = 'central'): FoundPlan => ({
  id: `id-of-${name}`,
  name,
  windowsVss: false,
  selections: [],
  rules: [
    {
      RuleName: 'every-night',
      TargetBackupVaultName: 'local',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      Lifecycle: { DeleteAfterDays: 35 },
      CopyActions: [
        {
          DestinationBackupVaultArn: `arn:aws:backup:eu-west-1:${DESTINATION_ID}:backup-vault:${copyTo}`,
          Lifecycle: { DeleteAfterDays: 365 },
        },
      ],
    },
  ],
  ...more,
});

export const aRole = (name: string, policies: readonly string[], accountId = SOURCE_ID): FoundRole => ({
  name,
  arn: `arn:aws:iam::${accountId}:role/${name}`,
  path: '/',
  trust: '{}',
  isForBackup: true,
  description: '',
  attached: policies.map((purpose) => `arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${purpose}`),
  inline: {},
});

export const selectionOf = (role: FoundRole) => [
  { id: 'sel', content: { SelectionName: 'tagged', IamRoleArn: role.arn } },
];

const EMPTY: FoundPlace = { vaults: [], plans: [], aliases: {}, keys: [], optIn: {}, managementPreference: {} };

export const anInventory = (
  places: Readonly<Record<string, Partial<FoundPlace>>>,
  roles: Inventory['roles'] = {},
): Inventory => ({
  organization: { globalSettings: {}, delegatedAdministrators: [], policies: [], resourcePolicy: undefined },
  roles,
  places: Object.fromEntries(Object.entries(places).map(([key, place]) => [key, { ...EMPTY, ...place }])),
});

/** What a config has to say of what exists: settings by their paths, and what is left to choose. */
export function matched(inventory: Inventory, overrides: object = {}) {
  const written = aConfigInput(overrides);
  const found: Matches = match(resolveTopology(aConfig(overrides)), inventory, written);
  return {
    says: Object.fromEntries(found.proposals.map(({ path, value }) => [renderPath(path.slice(1)), value])),
    choices: found.choices,
  };
}
