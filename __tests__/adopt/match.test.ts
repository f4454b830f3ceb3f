import { aPlan, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import {
  aFoundPlan,
  anInventory,
  aRole,
  aVault,
  DESTINATION_PLACE,
  KEY,
  matched,
  SOURCE_PLACE,
  selectionOf,
} from './an-inventory';

const SOURCE = 'production.regions.us-east-1';
const DESTINATION = 'vault.regions.eu-west-1';
const key = { arn: KEY, id: KEY.replace(/^.*\//, ''), isOfAws: false, description: '', policy: '{}', tags: {} };

describe('match', () => {
  test('finds a plan by its rules, its vaults by the plan, and its role by the selections', () => {
    const role = aRole('Nightly', ['Backup']);
    const inventory = anInventory(
      {
        [SOURCE_PLACE]: {
          vaults: [aVault('local'), aVault('experiments')],
          plans: [aFoundPlan('nightly', { selections: selectionOf(role) })],
        },
        [DESTINATION_PLACE]: { vaults: [aVault('central'), aVault('old')] },
      },
      { [SOURCE_ID]: [role, aRole('Restorer', ['Restores'])] },
    );
    expect(matched(inventory)).toEqual({
      says: {
        [`${SOURCE}.names.plans.daily`]: 'nightly',
        [`${SOURCE}.names.vault`]: 'local',
        [`${SOURCE}.names.backupRole`]: 'Nightly',
        [`${SOURCE}.names.restoreRole`]: 'Restorer',
        [`${DESTINATION}.names.vault`]: 'central',
      },
      choices: [],
    });
  });

  test('proposes nothing where everything has the names of the config already', () => {
    const vaults = [aVault('cab-destination', { keyArn: KEY })];
    const aliases = { 'alias/cab-destination': key.id };
    const inventory = anInventory({
      [SOURCE_PLACE]: { vaults: [aVault('cab-source')], plans: [aFoundPlan('cab-daily')] },
      [DESTINATION_PLACE]: { vaults, aliases, keys: [key] },
    });
    expect(matched(inventory)).toEqual({ says: {}, choices: [] });
  });

  test('proposes nothing where nothing exists', () => {
    expect(matched(anInventory({}))).toEqual({ says: {}, choices: [] });
  });

  test('lists plans with equal rules, and takes none of them', () => {
    const inventory = anInventory({ [SOURCE_PLACE]: { plans: [aFoundPlan('one'), aFoundPlan('two')] } });
    const { says, choices } = matched(inventory);
    expect(says).toEqual({});
    expect(choices).toEqual([
      {
        where: 'production/us-east-1',
        what: 'plan daily',
        why: 'more than one plan has such rules: say which it is in sources.production.regions.us-east-1.names.plans.daily',
        candidates: ['one', 'two'],
      },
    ]);
  });

  test('lists plans with other rules, beside which one more would be made', () => {
    const weekly = aFoundPlan('weekly', { rules: [{ RuleName: 'w', TargetBackupVaultName: 'local' }] });
    const { says, choices } = matched(anInventory({ [SOURCE_PLACE]: { plans: [weekly] } }));
    expect(says).toEqual({});
    expect(choices).toEqual([
      expect.objectContaining({ candidates: ['weekly'], why: expect.stringMatching(/^no plan has such rules/) }),
    ]);
  });

  test('lists plans that share a name, which AWS allows', () => {
    const plans = [aFoundPlan('cab-daily'), aFoundPlan('cab-daily', { id: 'other' })];
    expect(matched(anInventory({ [SOURCE_PLACE]: { plans } })).choices).toEqual([
      expect.objectContaining({ what: 'plan daily', candidates: ['id-of-cab-daily', 'other'] }),
    ]);
  });

  test('takes a plan for none of two that would be alike', () => {
    const overrides = {
      plans: { daily: aPlan(), twin: aPlan() },
      sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily', 'twin'] } },
    };
    const { says, choices } = matched(anInventory({ [SOURCE_PLACE]: { plans: [aFoundPlan('nightly')] } }), overrides);
    expect(says).toEqual({});
    expect(choices.map(({ what }) => what)).toEqual(['plan daily', 'plan twin']);
  });

  test('lists vaults that nothing tells apart, with what is in them', () => {
    const vaults = [aVault('one', { recoveryPoints: 7 }), aVault('two')];
    const { says, choices } = matched(anInventory({ [DESTINATION_PLACE]: { vaults } }));
    expect(says).toEqual({});
    expect(choices).toEqual([
      {
        where: 'vault/eu-west-1',
        what: 'vault',
        why: 'no plan of the config uses a vault here: say which it is in destinations.vault.regions.eu-west-1.names.vault, or leave it out for a new one',
        candidates: ['one (7 recovery points)', 'two (0 recovery points)'],
      },
    ]);
  });

  test('looks for nothing but the name that the config gives', () => {
    const regions = { 'eu-west-1': { names: { vault: 'mine' } } };
    const overrides = { destinations: { vault: { accountId: DESTINATION_ID, regions } } };
    const inventory = anInventory({
      [SOURCE_PLACE]: { vaults: [aVault('local')], plans: [aFoundPlan('nightly')] },
      [DESTINATION_PLACE]: { vaults: [aVault('central')] },
    });
    expect(matched(inventory, overrides)).toMatchObject({ choices: [] });
    expect(Object.keys(matched(inventory, overrides).says)).toEqual([
      `${SOURCE}.names.plans.daily`,
      `${SOURCE}.names.vault`,
    ]);
  });
});

describe('match of what cannot change', () => {
  const found = (vault: object, keys = [key]) =>
    matched(anInventory({ [DESTINATION_PLACE]: { vaults: [aVault('cab-destination', vault)], keys } }));

  test('keeps the key and the governance lock of a vault', () => {
    const lock = { minRetentionDays: 7, maxRetentionDays: undefined, lockDate: undefined };
    expect(found({ keyArn: KEY, lock })).toEqual({
      says: {
        [`${DESTINATION}.keyArn`]: KEY,
        [`${DESTINATION}.lock`]: { mode: 'governance', minRetentionDays: 7 },
      },
      choices: [],
    });
  });

  test.each([
    ["AWS's own key", { keyArn: KEY }, [{ ...key, isOfAws: true }], /^it is AWS's own, under which no copy/],
    ['a key that nobody may look at', { keyArn: KEY }, [], /^nobody may look at it/],
    [
      'a lock that is for good',
      { lock: { minRetentionDays: 7, maxRetentionDays: 9, lockDate: new Date(0) } },
      [],
      /^the lock is for good, so only you can say so/,
    ],
  ])('leaves %s to the operator', (_, vault, keys, why) => {
    const { says, choices } = found(vault, keys);
    expect(says).toEqual({});
    expect(choices).toEqual([expect.objectContaining({ why: expect.stringMatching(why) })]);
  });
});

describe('match of roles', () => {
  const inBothRegions = {
    sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1', 'eu-central-1'], plans: ['daily'] } },
  };

  test('gives one role to none of two Regions, each of which has a stack', () => {
    const role = aRole('Nightly', ['Backup']);
    const plans = [aFoundPlan('cab-daily', { selections: selectionOf(role) })];
    const inventory = anInventory(
      { [SOURCE_PLACE]: { plans }, [`${SOURCE_ID}/eu-central-1`]: { plans } },
      { [SOURCE_ID]: [role] },
    );
    const { says, choices } = matched(inventory, inBothRegions);
    expect(says).toEqual({});
    expect(choices.map(({ where, what }) => [where, what])).toEqual([
      ['production/us-east-1', 'backup role'],
      ['production/eu-central-1', 'backup role'],
    ]);
    expect(choices[0]?.why).toMatch(/^production\/eu-central-1 could take it too/);
  });

  test('leaves a role with a path, such as the one that the console makes', () => {
    const role = { ...aRole('AWSBackupDefaultServiceRole', ['Restores']), path: '/service-role/' };
    const { says, choices } = matched(anInventory({}, { [SOURCE_ID]: [role] }));
    expect(says).toEqual({});
    expect(choices).toEqual([expect.objectContaining({ why: expect.stringMatching(/^it has a path/) })]);
  });

  test('takes no role that also backs up for the one that restores', () => {
    expect(matched(anInventory({}, { [SOURCE_ID]: [aRole('All', ['Backup', 'Restores'])] }))).toEqual({
      says: {},
      choices: [],
    });
  });
});
