import { join } from 'node:path';
import type { Inventory } from '../../lib/adopt/inventory';
import { importsOf, isNothing, takeOver } from '../../lib/adopt/take-over';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { wantedResources } from '../../ops/cli/wanted-resources';
import { aConfig, aPlan, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { temporaryFolder } from '../support/temporary-folder';
import { aFoundPlan, anInventory, aRole, aVault, DESTINATION_PLACE, KEY, SOURCE_PLACE } from './an-inventory';

const folder = temporaryFolder();
const DESTINATION = 'destination-vault-eu-west-1';
const SOURCE = 'source-production-us-east-1';
const ROLE = { ...aRole('cab-backup-us-east-1', ['Backup']), path: '/' };
const id = KEY.replace(/^.*\//, '');
const key = { arn: KEY, id, isOfAws: false, description: '', policy: '{}', tags: {} };

describe('takeOver', () => {
  const wanted = wantedIn(aConfig());
  const over = (inventory: Inventory) => takeOver({ inventory, wanted });
  const refusals = (inventory: Inventory) => over(inventory).adopted.flatMap(({ refusal }) => refusal ?? []);

  test('finds nothing but settings where nothing exists', () => {
    expect(isNothing(over(anInventory({})))).toBe(true);
    expect(over(anInventory({})).adopted.map(({ path }) => path)).toEqual([
      'OrganizationSettings/Resource',
      'OptIns/Resource',
    ]);
  });

  test('takes over a vault with its key by the alias, its policy and its lock', () => {
    const lock = { minRetentionDays: 1, maxRetentionDays: 36500, lockDate: undefined };
    const vaults = [aVault('cab-destination', { keyArn: KEY, policy: '{}', lock })];
    const found = over(
      anInventory({ [DESTINATION_PLACE]: { vaults, aliases: { 'alias/cab-destination': id }, keys: [key] } }),
    );
    expect(isNothing(found)).toBe(false);
    expect(importsOf(found)[DESTINATION]).toEqual({
      'Vault/Resource': 'cab-destination',
      'Vault/Key/Resource': id,
      'Vault/Key/Alias': 'alias/cab-destination',
      'Vault/AccessPolicy': 'cab-destination',
      'Vault/Lock': 'cab-destination',
    });
    expect(found.adopted.find(({ path }) => path === 'Vault/Resource')?.changes).toEqual([
      'tag cross-account-backup: none becomes protected',
    ]);
  });

  test('refuses a vault under another key, and leaves its policy', () => {
    const vaults = [aVault('cab-destination', { keyArn: KEY, policy: '{}' })];
    const inventory = anInventory({ [DESTINATION_PLACE]: { vaults, keys: [key] } });
    expect(refusals(inventory)).toEqual([expect.stringContaining(`the key of cab-destination is ${KEY}`)]);
    expect(importsOf(over(inventory))[DESTINATION]).toBeUndefined();
  });

  test('puts other bounds over those of a governance lock, and imports none', () => {
    const lock = { minRetentionDays: 7, maxRetentionDays: 400, lockDate: undefined };
    const aliases = { 'alias/cab-destination': id };
    const vaults = [aVault('cab-destination', { keyArn: KEY, lock })];
    const found = over(anInventory({ [DESTINATION_PLACE]: { vaults, aliases, keys: [key] } }));
    expect(found.adopted.find(({ path }) => path === 'Vault/Lock')).toMatchObject({
      importId: undefined,
      changes: ['minRetentionDays: 7 becomes 1', 'maxRetentionDays: 400 becomes 36500'],
    });
  });

  test('refuses a compliance lock with other bounds', () => {
    const lock = { minRetentionDays: 7, maxRetentionDays: 400, lockDate: new Date('2026-01-01') };
    const vaults = [aVault('cab-destination', { keyArn: KEY, lock })];
    const aliases = { 'alias/cab-destination': id };
    expect(refusals(anInventory({ [DESTINATION_PLACE]: { vaults, aliases, keys: [key] } }))).toEqual([
      expect.stringContaining('is for good from 2026-01-01T00:00:00.000Z on'),
    ]);
  });

  test('refuses a role with a path, and leaves what is attached to it', () => {
    const role = { ...ROLE, path: '/service-role/' };
    const inventory = anInventory({}, { [SOURCE_ID]: [role] });
    expect(refusals(inventory)).toEqual([expect.stringContaining('has the path /service-role/')]);
    expect(importsOf(over(inventory))[SOURCE]).toEqual({ 'OptIns/Resource': 'us-east-1' });
  });

  test('takes over a plan with its selection, and tells of rules and of selections that it has besides', () => {
    const content = {
      SelectionName: 'tagged',
      IamRoleArn: ROLE.arn,
      Resources: ['arn:aws:ec2:*:*:volume/*'],
      Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/Backup', ConditionValue: 'true' }] },
    };
    const selections = [
      { id: 'one', content },
      { id: 'two', content: { ...content, SelectionName: 'legacy' } },
    ];
    const found = over(
      anInventory({ [SOURCE_PLACE]: { plans: [aFoundPlan('cab-daily', { selections })] } }, { [SOURCE_ID]: [ROLE] }),
    );
    expect(importsOf(found)[SOURCE]).toMatchObject({
      'Plan-daily/Resource': 'id-of-cab-daily',
      'Plan-daily/Selection-tagged': 'id-of-cab-daily|one',
      'BackupRole/Resource': 'cab-backup-us-east-1',
    });
    expect(found.adopted.find(({ path }) => path === 'Plan-daily/Resource')?.changes).toEqual([
      'rule every-night: goes',
      'rule daily-kept-35-days: comes',
    ]);
    expect(found.left).toEqual([
      {
        stack: SOURCE,
        text: expect.stringMatching(/^selection legacy \(two\) of plan cab-daily is not of the config/),
      },
    ]);
  });

  test('refuses a selection of another role', () => {
    const selections = [{ id: 'one', content: { SelectionName: 'tagged', IamRoleArn: 'arn:aws:iam::1:role/other' } }];
    const inventory = anInventory({ [SOURCE_PLACE]: { plans: [aFoundPlan('cab-daily', { selections })] } });
    expect(refusals(inventory)).toEqual([
      expect.stringMatching(/^a selection cannot be changed \(role: arn:aws:iam::1:role\/other becomes/),
    ]);
  });
});

describe('takeOver of an air-gapped vault', () => {
  const airGapped = { minRetentionDays: 7, maxRetentionDays: 400, acknowledge: 'cab-destination-air-gapped' };
  const regions = { 'eu-west-1': { airGapped } };
  const wanted = wantedIn(
    aConfig({ destinations: { vault: { accountId: DESTINATION_ID, regions } }, plans: { daily: aPlan() } }),
  );
  const found = (minRetentionDays: number) => {
    const lock = { minRetentionDays, maxRetentionDays: 400, lockDate: undefined };
    const vaults = [aVault('cab-destination-air-gapped', { isAirGapped: true, lock })];
    const inventory = anInventory({ [DESTINATION_PLACE]: { vaults } });
    return takeOver({ inventory, wanted }).adopted.find(({ path }) => path === 'AirGappedVault/Resource');
  };

  test('takes it over as it was made, and refuses other bounds', () => {
    expect(found(7)).toMatchObject({ importId: 'cab-destination-air-gapped' });
    expect(found(8)?.refusal).toContain('stays as it was made (minRetentionDays: 8 becomes 7)');
  });
});

function wantedIn(config: ReturnType<typeof aConfig>) {
  process.env.CDKTF_OUTDIR = join(folder, 'out');
  return wantedResources(resolveTopology(config));
}
