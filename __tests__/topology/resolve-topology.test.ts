import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aConfigInput, aPlan, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';

const resolve = (overrides: object = {}) => resolveTopology(aConfig(overrides));
const source = (fields: object) => ({
  sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], ...fields } },
});

describe('resolveTopology', () => {
  test('derives the destination site with its names, ARNs and who may copy in', () => {
    expect(resolve().destinations).toEqual([
      {
        role: 'destination',
        name: 'vault',
        stackName: 'destination-vault-eu-west-1',
        providerAlias: 'destination-vault-eu-west-1',
        accountId: DESTINATION_ID,
        region: 'eu-west-1',
        partition: 'aws',
        deployRoleArn: 'arn:aws:iam::222222222222:role/OrganizationAccountAccessRole',
        vault: {
          vaultName: 'cab-destination',
          vaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
          key: { alias: 'alias/cab-destination' },
          lock: { minRetentionDays: 1, maxRetentionDays: 36500, changeableForDays: undefined },
        },
        retiredVaults: [],
        airGapped: undefined,
        restoreRole: { name: 'cab-restore-eu-west-1', arn: 'arn:aws:iam::222222222222:role/cab-restore-eu-west-1' },
        vaultAccess: { by: 'accounts', accountIds: [SOURCE_ID] },
        copyingRoleNames: ['cab-backup-us-east-1'],
        members: [],
        copyBacks: [],
        exemptions: {
          deployers: [
            'arn:aws:iam::222222222222:role/OrganizationAccountAccessRole',
            'arn:aws:iam::222222222222:role/stacksets-exec-*',
          ],
          breakGlass: [],
        },
        isDestroyPrevented: true,
      },
    ]);
  });

  test('derives the source site with its names and whom it copies to', () => {
    const [site] = resolve().sources;
    expect(site).toMatchObject({
      stackName: 'source-production-us-east-1',
      vault: { vaultName: 'cab-source', key: { alias: 'alias/cab-source' } },
      backupRole: { arn: 'arn:aws:iam::111111111111:role/cab-backup-us-east-1' },
      restoreRole: { arn: 'arn:aws:iam::111111111111:role/cab-restore-us-east-1' },
      resourceKeyAlias: undefined,
      copyAccountIds: [DESTINATION_ID],
      copyBackFrom: [],
    });
    expect(site?.plans[0]?.physicalName).toBe('cab-daily');
    expect(site?.plans[0]?.rules[0]?.copies).toEqual([
      {
        destinationStack: 'destination-vault-eu-west-1',
        isAirGapped: false,
        deleteAfterDays: 365,
        moveToColdStorageAfterDays: undefined,
        optInToArchive: false,
      },
    ]);
  });

  test('prevents that a site is destroyed, but in a Region that says otherwise', () => {
    const regions = { 'us-east-1': null, 'us-east-2': { preventDestroy: false } };
    expect(resolve(source({ regions })).sources.map((site) => site.isDestroyPrevented)).toEqual([true, false]);
  });

  test('lets each side of a copy back know the other', () => {
    const { sources, destinations } = resolve(source({ copyBack: true }));
    expect(sources[0]?.copyBackFrom).toEqual([
      {
        stackName: 'destination-vault-eu-west-1',
        accountId: DESTINATION_ID,
        restoreRoleArn: 'arn:aws:iam::222222222222:role/cab-restore-eu-west-1',
      },
    ]);
    expect(destinations[0]?.copyBacks).toEqual([
      {
        stackName: 'source-production-us-east-1',
        accountId: SOURCE_ID,
        vaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source',
        keyPolicy: 'strict',
      },
    ]);
  });

  test('keeps every name that exists', () => {
    const keyArn = 'arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
    const names = { vault: 'Old', backupRole: 'Backup', restoreRole: 'Restore', plans: { daily: 'OldPlan' } };
    const [site] = resolve(source({ regions: { 'us-east-1': { names, keyArn } } })).sources;
    expect(site).toMatchObject({
      vault: { vaultName: 'Old', key: { existingKeyArn: keyArn } },
      backupRole: { name: 'Backup' },
      restoreRole: { name: 'Restore' },
      plans: [{ physicalName: 'OldPlan' }],
    });
  });

  test('gives a Region its own plans', () => {
    const plans = { daily: aPlan(), local: aPlan({ rules: [{ name: 'r', schedule: 's', deleteAfterDays: 1 }] }) };
    const { sources } = resolve({
      plans,
      ...source({ regions: { 'us-east-1': null, 'us-east-2': { plans: ['local'] } } }),
    });
    expect(sources.map((site) => site.plans.map(({ name }) => name))).toEqual([['daily'], ['local']]);
    expect(sources[1]?.copyAccountIds).toEqual([]);
  });

  test.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
  ])('builds the ARNs of %s in its partition', (region, partition) => {
    const { accountId, globalSettings } = { ...aConfigInput().management };
    const { sources, destinations } = resolve({
      management: { accountId, globalSettings, region },
      destinations: { vault: { accountId: DESTINATION_ID, regions: [region] } },
      plans: { daily: aPlan({ rules: [{ name: 'r', schedule: 's', deleteAfterDays: 1 }] }) },
      ...source({ regions: [region] }),
    });
    const arns = JSON.stringify([sources, destinations]).match(/arn:[a-z-]+:/g) ?? [];
    expect(arns.length).toBeGreaterThan(5);
    expect(new Set(arns)).toEqual(new Set([`arn:${partition}:`]));
  });

  test('takes the role of the account, of the file, or none', () => {
    const destination = { accountId: DESTINATION_ID, regions: ['eu-west-1'] };
    const roleOf = (fields: object) => resolve(fields).destinations[0]?.deployRoleArn;
    expect(roleOf({ deployRole: 'infra/Deploy' })).toBe('arn:aws:iam::222222222222:role/infra/Deploy');
    expect(roleOf({ destinations: { vault: { ...destination, deployRole: 'Own' } } })).toMatch('role/Own');
    expect(roleOf({ destinations: { vault: { ...destination, deployRole: null } } })).toBeUndefined();
    expect(resolve().management.deployRoleArn).toBeUndefined();
    expect(resolve(source({ accountId: MANAGEMENT_ID })).sources[0]?.deployRoleArn).toBeUndefined();
  });

  test('leaves the Region settings of the management account to its own stack', () => {
    const { management, sources } = resolve({
      ...source({ accountId: MANAGEMENT_ID, regions: { 'us-east-1': { optIn: { S3: false } } } }),
      organizationPolicies: { regions: ['eu-west-1', 'us-east-1'] },
    });
    expect(sources[0]?.regionSettings).toBeUndefined();
    expect(management.regionSettings.map(({ region, optIn }) => [region, optIn.S3])).toEqual([
      ['eu-west-1', true],
      ['us-east-1', false],
    ]);
  });

  test('opts in to every type of the Region but for what is said otherwise', () => {
    const settingsOf = (fields: object) =>
      resolve(source({ regions: { 'us-west-1': fields } })).sources[0]?.regionSettings;
    expect(settingsOf({ optIn: { EC2: false } })?.optIn).toMatchObject({ EC2: false, EBS: true });
    expect(settingsOf({})?.optIn).not.toHaveProperty('DocumentDB');
    expect(settingsOf({ optIn: { DocumentDB: true } })?.optIn).toHaveProperty('DocumentDB', true);
    expect(settingsOf({})?.managementPreference).toEqual({ DynamoDB: true, EFS: true });
    expect(settingsOf({ regionSettings: 'leave' })).toBeUndefined();
  });

  test('admits by account, by unit or the whole organization', () => {
    const access = (vaultAccess: unknown) =>
      resolve({ destinations: { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1'], vaultAccess } } })
        .destinations[0]?.vaultAccess;
    const ouPaths = ['o-abc1234567/r-abc1/ou-abc1-12345678/'];
    expect(access('accounts')).toEqual({ by: 'accounts', accountIds: [SOURCE_ID] });
    expect(access({ ouPaths })).toEqual({ by: 'ouPaths', ouPaths });
    expect(access('organization')).toEqual({ by: 'organization' });
  });

  test('shares keys with the account of a vault outside, but never with the source itself', () => {
    const copies = [
      { to: 'arn:aws:backup:eu-west-3:444444444444:backup-vault:copies', deleteAfterDays: 90 },
      { to: 'arn:aws:backup:us-west-2:111111111111:backup-vault:near', deleteAfterDays: 90 },
    ];
    const [site] = resolve({
      plans: { daily: aPlan({ rules: [{ name: 'r', schedule: 's', deleteAfterDays: 1, copies }] }) },
    }).sources;
    expect(site?.copyAccountIds).toEqual(['444444444444']);
    expect(site?.plans[0]?.rules[0]?.copies.map((copy) => 'outsideVaultArn' in copy)).toEqual([true, true]);
  });
});
