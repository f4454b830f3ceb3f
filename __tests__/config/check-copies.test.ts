import { MAX_COPY_BACK_SITES, MAX_LISTED_ACCOUNTS } from '../../lib/aws/limits';
import { checkCopies } from '../../lib/config/check-copies';
import { copyBackPolicy } from '../../lib/policies/copy-back-policy';
import { destinationKeyPolicy } from '../../lib/policies/site-policies';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aConfigInput, DESTINATION_ID } from '../support/a-config';

const WRITTEN = {
  destinations: new Set<string>(),
  sources: new Set<string>(),
  plans: new Set<string>(),
  standIns: new Set<string>(),
};
const check = (overrides: object) => checkCopies(aConfig(overrides), WRITTEN);

/** Source accounts by the number, all copying to the one destination. */
const sources = (count: number, fields: object = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `source-${index}`,
      { accountId: String(500_000_000_000 + index), regions: ['us-east-1'], plans: ['daily'], ...fields },
    ]),
  );
const destination = (vaultAccess: unknown) => ({
  destinations: { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1'], vaultAccess } },
});

describe('checkCopies', () => {
  test('lists one hundred accounts in a vault policy', () => {
    expect(check({ sources: sources(MAX_LISTED_ACCOUNTS) })).toEqual([]);
  });

  test('fails when a vault policy would list more, and asks for organizational units', () => {
    expect(check({ sources: sources(MAX_LISTED_ACCOUNTS + 1) })).toEqual([
      {
        path: ['destinations', 'vault', 'vaultAccess'],
        message:
          'must be { ouPaths: […] } or organization when more than 100 accounts copy in, got accounts for 101: name the organizational units that hold them',
      },
    ]);
    expect(check({ sources: sources(MAX_LISTED_ACCOUNTS + 1), ...destination('organization') })).toEqual([]);
  });

  test('fails when a restore role would name more vaults than its policy holds', () => {
    const organization = destination('organization');
    expect(check({ sources: sources(MAX_COPY_BACK_SITES, { copyBack: true }), ...organization })).toEqual([]);
    expect(check({ sources: sources(MAX_COPY_BACK_SITES + 1, { copyBack: true }), ...organization })).toEqual([
      {
        path: ['sources', 'source-75', 'copyBack'],
        message:
          'must be true for at most 75 source Regions that copy to destination vault, got 76: its restore role cannot name more vaults; split them over two destinations, or switch it on when a restore needs it',
      },
    ]);
  });

  test('keeps policies of the most copies back within the limits of IAM and KMS', () => {
    const regions = { 'us-gov-west-1': { names: { vault: 'v'.repeat(50) } } };
    const { management } = aConfigInput();
    const { destinations } = resolveTopology(
      aConfig({
        management: { ...management, region: 'us-gov-west-1' },
        sources: sources(MAX_COPY_BACK_SITES, { copyBack: true, regions }),
        ...destination('organization'),
      }),
    );
    const [site] = destinations;
    if (!site) throw new Error('there is one destination');
    const vaults = site.copyBacks.map(({ vaultArn }) => vaultArn);
    expect(vaults).toHaveLength(MAX_COPY_BACK_SITES);
    expect(JSON.stringify(copyBackPolicy('aws-us-gov', DESTINATION_ID, vaults)).length).toBeLessThan(10_240);
    expect(JSON.stringify(destinationKeyPolicy(site, 'o-abc1234567')).length).toBeLessThan(32_768);
  });

  test('lets copies inside an account be when cross-account backup is off', () => {
    const { management, plans } = aConfigInput();
    const globalSettings = { ...management.globalSettings, crossAccountBackup: false };
    const to = 'arn:aws:backup:us-west-2:111111111111:backup-vault:near';
    const [rule] = plans.daily.rules;
    const near = { daily: { ...plans.daily, rules: [{ ...rule, copies: [{ to, deleteAfterDays: 90 }] }] } };
    expect(check({ management: { ...management, globalSettings }, plans: near })).toEqual([]);
    expect(check({ management: { ...management, globalSettings } })).toHaveLength(1);
  });
});
