import { resolveTopology } from '../../lib/topology/resolve-topology';
import type { DestinationSite, SourceSite } from '../../lib/topology/topology';
import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';

const GOVERNANCE = { mode: 'governance' };
const THREE = {
  generations: [
    { lock: { ...GOVERNANCE, minRetentionDays: 30 } },
    { lock: { mode: 'none' } },
    { lock: GOVERNANCE, names: { vault: 'third' } },
  ],
};
const resolve = (destination: object, source: object = {}) =>
  resolveTopology(
    aConfig({
      destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': destination } } },
      sources: {
        production: { accountId: SOURCE_ID, regions: { 'us-east-1': source }, plans: ['daily'], copyBack: true },
      },
    }),
  );
const vaultsOf = ({ vault, retiredVaults }: DestinationSite | SourceSite) =>
  [...retiredVaults, vault].map(({ vaultName, lock }) => [vaultName, lock?.minRetentionDays]);

describe('generations of a vault', () => {
  test('come under the name of an only vault, then with a number', () => {
    const { destinations, sources } = resolve(THREE, { generations: [{ lock: GOVERNANCE }, { lock: GOVERNANCE }] });
    expect(destinations.map(vaultsOf)).toEqual([
      [
        ['cab-destination', 30],
        ['cab-destination-2', undefined],
        ['third', 1],
      ],
    ]);
    expect(sources.map(vaultsOf)).toEqual([
      [
        ['cab-source', 1],
        ['cab-source-2', 1],
      ],
    ]);
  });

  test('share the key, made or given', () => {
    const [made] = resolve(THREE).destinations;
    const keyArn = `arn:aws:kms:eu-west-1:${DESTINATION_ID}:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f`;
    const [given] = resolve({ ...THREE, keyArn }).destinations;
    const keysOf = (site: DestinationSite | undefined) =>
      site && [...site.retiredVaults, site.vault].map(({ key }) => key);
    expect(keysOf(made)).toEqual(Array(3).fill({ alias: 'alias/cab-destination' }));
    expect(keysOf(given)).toEqual(Array(3).fill({ existingKeyArn: keyArn }));
  });

  test('are what a lock alone comes to when there is one', () => {
    const lock = { mode: 'governance', minRetentionDays: 5 };
    expect(resolve({ generations: [{ lock }] })).toEqual(resolve({ lock }));
    expect(resolve({}).destinations[0]?.vault.lock).toMatchObject({ minRetentionDays: 1 });
    expect(resolve({}).sources[0]?.vault.lock).toBeUndefined();
  });

  test('are copied to in the last alone, and guarded all', () => {
    const { sources, guardrails } = resolve(THREE);
    const last = `arn:aws:backup:eu-west-1:${DESTINATION_ID}:backup-vault:third`;
    expect(sources.map(({ copyTargets }) => copyTargets)).toEqual([[last]]);
    expect(guardrails?.copyTargets).toEqual([last, `arn:aws:backup:us-east-1:${SOURCE_ID}:backup-vault:cab-source`]);
    expect(guardrails?.vaultNames).toEqual(['cab-destination', 'cab-destination-2', 'cab-source', 'third']);
    expect(guardrails?.hasAirGappedVaults).toBe(false);
  });
});
