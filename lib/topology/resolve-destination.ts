import { sortedUnique } from './collections';
import type { MemberAccess, VaultAccess } from './copy-access';
import type { CopyEdge } from './copy-edges';
import type { Rollout } from './rollout';
import type { DestinationSeed, SourceSeed } from './site';
import type { DestinationSite } from './topology';

/** Adds to a destination site what follows from the sources that copy to it. */
export function resolveDestination(
  { destination, ...seed }: DestinationSeed,
  edges: readonly CopyEdge[],
  rollouts: readonly Rollout[],
): DestinationSite {
  const copyingTo = (airGapped: boolean) =>
    edges.filter(({ isAirGapped }) => isAirGapped === airGapped).map(({ source }) => source);
  const access = (sources: readonly SourceSeed[], vaultArn: string) => ({
    members: memberAccess(vaultArn, rollouts),
    vaultAccess: vaultAccess(destination.vaultAccess, sources),
    copyingRoleNames: sortedUnique(sources.map(({ backupRole }) => backupRole.name)),
  });
  return {
    ...seed,
    ...access(copyingTo(false), seed.vault.vaultArn),
    airGapped: seed.airGapped && { ...seed.airGapped, ...access(copyingTo(true), seed.airGapped.vaultArn) },
    copyBacks: [...new Set(edges.map(({ source }) => source))]
      .filter(({ given }) => given.source.copyBack)
      .map(({ stackName, accountId, vault, given }) => ({
        stackName,
        accountId,
        vaultArn: vault.vaultArn,
        keyPolicy: given.site.keyPolicy,
      })),
  };
}

function vaultAccess(
  given: DestinationSeed['destination']['vaultAccess'],
  sources: readonly SourceSeed[],
): VaultAccess {
  if (given === 'organization') return { by: 'organization' };
  if (given === 'accounts')
    return { by: 'accounts', accountIds: sortedUnique(sources.map(({ accountId }) => accountId)) };
  return { by: 'ouPaths', ouPaths: given.ouPaths };
}

/** Rollouts that copy to a vault: their units by their paths, which admits accounts that join, and their single accounts. */
export function memberAccess(vaultArn: string, rollouts: readonly Rollout[]): MemberAccess[] {
  const copying = rollouts.filter(({ members }) => members.some(({ copyTargets }) => copyTargets.includes(vaultArn)));
  const roleNames = (of: readonly Rollout[]) =>
    sortedUnique(of.flatMap(({ members }) => members.map(({ backupRole }) => backupRole.name)));
  const units = copying.filter(({ ouPaths }) => ouPaths.length > 0);
  const single = copying.filter(({ accountIds }) => accountIds.length > 0);
  return [
    ...(units.length === 0
      ? []
      : [
          {
            vaultAccess: { by: 'ouPaths' as const, ouPaths: sortedUnique(units.flatMap(({ ouPaths }) => ouPaths)) },
            roleNames: roleNames(units),
          },
        ]),
    ...(single.length === 0
      ? []
      : [
          {
            vaultAccess: {
              by: 'accounts' as const,
              accountIds: sortedUnique(single.flatMap(({ accountIds }) => accountIds)),
            },
            roleNames: roleNames(single),
          },
        ]),
  ];
}
