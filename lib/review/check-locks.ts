import type { Config } from '../config/config';
import type { Problem } from '../config/config-error';
import { vaultPlace } from '../config/copy-target';
import type { Path } from '../config/path';
import { generationsOf } from '../config/vault-generations';
import { everySource } from '../topology/every-source';
import { baselineNames } from '../topology/names';
import type { DestinationSite, SourceSite, Topology, VaultLock } from '../topology/topology';
import { type PlacedLifecycle, pathOf, placedLifecycles, type SiteRule } from './site-rule';

/**
 * Locks can be made, are meant, and let every recovery point in: a vault fails each job whose retention is outside its
 * lock.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export const checkLocks: SiteRule = (config, topology) => [
  ...sitesOf(topology).flatMap((site) => {
    const locks = givenLocks(config, site).flatMap(({ path, vaultName, lock }) =>
      lock.mode === 'none' ? [] : lockProblems(path, vaultName, lock),
    );
    const airGapped = configOf(config, site)?.airGapped;
    if (!site.airGapped || !airGapped) return locks;
    return [...locks, ...lockProblems([...pathOf(site), 'airGapped'], site.airGapped.vaultName, airGapped)];
  }),
  ...baselineLock(config),
  ...placedLifecycles(config).flatMap((lifecycle) => retentionProblems(lifecycle, topology)),
];

function baselineLock({ organizationPolicies: { baseline }, prefix }: Config): Problem[] {
  const { lock } = baseline;
  if (lock.mode === 'none') return [];
  return lockProblems(['organizationPolicies', 'baseline', 'lock'], baselineNames(prefix, '').vault, lock);
}

type LockedSite = DestinationSite | SourceSite;

const sitesOf = ({ destinations, sources }: Topology): LockedSite[] => [...destinations, ...sources];

interface GivenLock {
  readonly minRetentionDays: number;
  readonly maxRetentionDays: number;
  readonly acknowledge?: string;
}

function lockProblems(
  path: Path,
  vaultName: string,
  { minRetentionDays, maxRetentionDays, acknowledge }: GivenLock,
): Problem[] {
  return [
    ...(minRetentionDays <= maxRetentionDays
      ? []
      : [
          {
            path: [...path, 'maxRetentionDays'],
            message: `must be at least minRetentionDays (${minRetentionDays}), got ${maxRetentionDays}`,
          },
        ]),
    ...(acknowledge === undefined || acknowledge === vaultName
      ? []
      : [
          {
            path: [...path, 'acknowledge'],
            message: `must be the name of the vault, "${vaultName}", got "${acknowledge}": a compliance lock cannot be undone, so write out what it locks`,
          },
        ]),
  ];
}

/** One problem for each pair of bounds that refuses the retention, however many vaults have them. */
function retentionProblems(lifecycle: PlacedLifecycle, topology: Topology): Problem[] {
  const refusing = new Map<string, { readonly where: string[] }>();
  for (const { place, lock } of vaultsOf(lifecycle, topology)) {
    if (!lock || admitsNothing(lock) || fits(lifecycle.deleteAfterDays, lock)) continue;
    const bounds = `${lock.minRetentionDays} to ${lock.maxRetentionDays}`;
    refusing.set(bounds, { where: [...(refusing.get(bounds)?.where ?? []), place] });
  }
  return [...refusing].map(([bounds, { where }]) => ({
    path: [...lifecycle.path, 'deleteAfterDays'],
    message: `must be ${bounds}, as the lock of ${where.join(', ')} demands, got ${lifecycle.deleteAfterDays}: the vault fails every job with another retention`,
  }));
}

/** Told where the lock is; no retention would fit it. */
const admitsNothing = ({ minRetentionDays, maxRetentionDays }: VaultLock) => minRetentionDays > maxRetentionDays;

const fits = (days: number, { minRetentionDays, maxRetentionDays }: VaultLock) =>
  days >= minRetentionDays && days <= maxRetentionDays;

interface Landing {
  readonly place: string;
  readonly lock: VaultLock | undefined;
}

/** The vaults that recovery points of a lifecycle land in. */
function vaultsOf({ plan, copyTo, targetAirGapped }: PlacedLifecycle, topology: Topology): Landing[] {
  if (copyTo !== undefined) return topology.destinations.flatMap(landings).filter(({ place }) => copyTo === place);
  return everySource(topology)
    .filter(({ plans }) => plans.some(({ name }) => name === plan))
    .flatMap((site) => landings(site).slice(0, targetAirGapped ? 2 : 1));
}

/** The vault in use, then the air-gapped one if there is one. */
const landings = (site: LockedSite): Landing[] => [
  { place: vaultPlace(site), lock: site.vault.lock },
  ...(site.airGapped ? [{ place: vaultPlace(site, true), lock: site.airGapped.lock }] : []),
];

/** What a compliance lock means, said before it is too late; an air-gapped vault leaves no such time. */
export const lockWarnings: SiteRule = (config, topology) =>
  sitesOf(topology).flatMap((site) =>
    givenLocks(config, site).flatMap(({ path, vaultName, lock }) =>
      lock.mode === 'compliance'
        ? [
            {
              path,
              message: `locks vault ${vaultName} for good: ${lock.changeableForDays} days after the deploy nobody, AWS included, can take the lock off or delete a recovery point before its time`,
            },
          ]
        : [],
    ),
  );

const configOf = (config: Config, { role, name, region }: LockedSite) => config[`${role}s`][name]?.regions[region];

/** The lock of each vault of a site that is not air-gapped, as it is given or by default, and its place. */
function givenLocks(config: Config, site: LockedSite) {
  const given = configOf(config, site);
  const names = [...site.retiredVaults, site.vault].map(({ vaultName }) => vaultName);
  return (given ? generationsOf(given, site.role) : []).map(({ lock, path }, index) => ({
    lock,
    vaultName: names[index] ?? '',
    path: [...pathOf(site), ...path, 'lock'],
  }));
}
