import type { Problem } from '../config/config-error';
import type { DestinationSite, SourceSite, Topology, VaultLock } from '../topology/topology';
import { type PlacedLifecycle, pathOf, placedLifecycles, type SiteRule } from './site-rule';

/**
 * Locks can be made, are meant, and let every recovery point in: a vault fails each job whose retention is outside its
 * lock.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export const checkLocks: SiteRule = (config, topology) => [
  ...sitesOf(topology).flatMap((site) => {
    const given = config[`${site.role}s`][site.name]?.regions[site.region]?.lock;
    return given?.mode === undefined || given.mode === 'none' ? [] : lockProblems(site, given);
  }),
  ...placedLifecycles(config).flatMap((lifecycle) => retentionProblems(lifecycle, topology)),
];

type LockedSite = DestinationSite | SourceSite;

const sitesOf = ({ destinations, sources }: Topology): LockedSite[] => [...destinations, ...sources];

interface GivenLock {
  readonly minRetentionDays: number;
  readonly maxRetentionDays: number;
  readonly acknowledge?: string;
}

function lockProblems(site: LockedSite, { minRetentionDays, maxRetentionDays, acknowledge }: GivenLock): Problem[] {
  const path = [...pathOf(site), 'lock'];
  const { vaultName } = site.vault;
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
  for (const { name, region, vault } of vaultsOf(lifecycle, topology)) {
    const { lock } = vault;
    if (!lock || admitsNothing(lock) || fits(lifecycle.deleteAfterDays, lock)) continue;
    const bounds = `${lock.minRetentionDays} to ${lock.maxRetentionDays}`;
    refusing.set(bounds, { where: [...(refusing.get(bounds)?.where ?? []), `${name}/${region}`] });
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

/** The vaults that recovery points of a lifecycle land in. */
function vaultsOf({ plan, copyTo }: PlacedLifecycle, { destinations, sources }: Topology): LockedSite[] {
  if (copyTo !== undefined) return destinations.filter(({ name, region }) => copyTo === `${name}/${region}`);
  return sources.filter(({ plans }) => plans.some(({ name }) => name === plan));
}

/** What a compliance lock means, said before it is too late. */
export const lockWarnings: SiteRule = (_, topology) =>
  sitesOf(topology).flatMap((site) =>
    site.vault.lock?.changeableForDays === undefined
      ? []
      : [
          {
            path: [...pathOf(site), 'lock'],
            message: `locks vault ${site.vault.vaultName} for good: ${site.vault.lock.changeableForDays} days after the deploy nobody, AWS included, can take the lock off or delete a recovery point before its time`,
          },
        ],
  );
