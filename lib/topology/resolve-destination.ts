import { sortedUnique } from './collections';
import type { CopyEdge } from './copy-edges';
import type { DestinationSeed, SourceSeed } from './site';
import type { DestinationSite, VaultAccess } from './topology';

/** Adds to a destination site what follows from the sources that copy to it. */
export function resolveDestination(
  { destination, ...seed }: DestinationSeed,
  edges: readonly CopyEdge[],
): DestinationSite {
  const copyingTo = (airGapped: boolean) =>
    edges.filter(({ isAirGapped }) => isAirGapped === airGapped).map(({ source }) => source);
  const access = (sources: readonly SourceSeed[]) => ({
    vaultAccess: vaultAccess(destination.vaultAccess, sources),
    copyingRoleNames: sortedUnique(sources.map(({ backupRole }) => backupRole.name)),
  });
  return {
    ...seed,
    ...access(copyingTo(false)),
    airGapped: seed.airGapped && { ...seed.airGapped, ...access(copyingTo(true)) },
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
