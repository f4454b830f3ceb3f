import { resolveTopology } from '../../lib/topology/resolve-topology';
import { DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { anAirGappedConfig, RESTORE_ID } from '../support/an-air-gapped-config';

const resolve = (given?: Parameters<typeof anAirGappedConfig>[0]) => resolveTopology(anAirGappedConfig(given));
const vault = (region: string, accountId: string, name: string) =>
  `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;
const AIR_GAPPED = vault('eu-west-1', DESTINATION_ID, 'cab-destination-air-gapped');
const IN_USE = vault('eu-west-1', DESTINATION_ID, 'cab-destination');
const BOTH = ['vault/eu-west-1', 'vault/eu-west-1/air-gapped'];

describe('an air-gapped vault', () => {
  test('of a destination has its names, its lock and who may copy in', () => {
    const [site] = resolve({ destination: { shareWith: [RESTORE_ID] } }).destinations;
    expect(site?.airGapped).toEqual({
      vaultName: 'cab-destination-air-gapped',
      vaultArn: AIR_GAPPED,
      keyAlias: undefined,
      members: [],
      lock: { minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 0 },
      sharedWith: [RESTORE_ID],
      vaultAccess: { by: 'accounts', accountIds: [SOURCE_ID] },
      copyingRoleNames: ['cab-backup-us-east-1'],
    });
  });

  test('lets in those that copy to it, and the vault beside it those that copy there', () => {
    const rolesOf = (to: readonly string[]) =>
      resolve({ to }).destinations.map(({ copyingRoleNames, airGapped }) => [
        copyingRoleNames,
        airGapped?.copyingRoleNames,
      ]);
    const role = ['cab-backup-us-east-1'];
    expect(rolesOf(['vault/eu-west-1/air-gapped'])).toEqual([[[], role]]);
    expect(rolesOf(['vault/eu-west-1'])).toEqual([[role, []]]);
    expect(rolesOf(BOTH)).toEqual([[role, role]]);
  });

  test('takes its name and its key as they are given', () => {
    const [site] = resolve({ destination: { names: { vault: 'given' }, key: 'own' } }).destinations;
    expect(site?.airGapped).toMatchObject({ vaultName: 'given', keyAlias: 'alias/cab-destination-air-gapped' });
  });

  test('is where copies go that say so, and its account reads the keys', () => {
    const [source] = resolve({ to: BOTH }).sources;
    expect(source?.copyTargets).toEqual([IN_USE, AIR_GAPPED]);
    expect(source?.copyAccountIds).toEqual([DESTINATION_ID]);
    expect(source?.plans[0]?.rules[0]?.copies).toMatchObject([
      { destinationStack: 'destination-vault-eu-west-1', isAirGapped: false },
      { destinationStack: 'destination-vault-eu-west-1', isAirGapped: true },
    ]);
    expect(resolve().sources[0]?.copyTargets).toEqual([AIR_GAPPED]);
  });

  test('is copied back from like any other, once', () => {
    const { destinations, sources } = resolve({ to: BOTH, copyBack: true });
    expect(destinations[0]?.copyBacks).toHaveLength(1);
    expect(sources[0]?.copyBackFrom).toHaveLength(1);
    expect(resolve({ copyBack: true }).destinations[0]?.copyBacks).toHaveLength(1);
  });

  test('of a source is a place that its own recovery points may go to', () => {
    const { sources, guardrails } = resolve({ source: {}, rule: { targetAirGapped: true } });
    const own = vault('us-east-1', SOURCE_ID, 'cab-source-air-gapped');
    expect(sources[0]?.airGapped).toEqual({
      vaultName: 'cab-source-air-gapped',
      vaultArn: own,
      keyAlias: undefined,
      lock: { minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 0 },
      sharedWith: [],
    });
    expect(sources[0]?.copyTargets).toEqual([AIR_GAPPED, own]);
    expect(sources[0]?.plans[0]?.rules[0]?.targetsAirGapped).toBe(true);
    expect(guardrails?.copyTargets).toEqual([AIR_GAPPED, own]);
  });

  test('is guarded by its name', () => {
    const { guardrails } = resolve();
    expect(guardrails?.vaultNames).toEqual(['cab-destination', 'cab-destination-air-gapped', 'cab-source']);
    expect(guardrails?.hasAirGappedVaults).toBe(true);
  });

  test('asks for sharing within the organization only when it is shared', () => {
    expect(resolve().management.needsVaultSharing).toBe(false);
    expect(resolve({ destination: { shareWith: [RESTORE_ID] } }).management.needsVaultSharing).toBe(true);
    expect(resolve({ source: { shareWith: [RESTORE_ID] } }).management.needsVaultSharing).toBe(true);
  });
});
