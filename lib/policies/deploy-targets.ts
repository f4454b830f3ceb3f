import { kmsArn, type Place, vaultArn } from '../aws/arn';
import { sortedUnique } from '../topology/collections';
import type { DestinationSite, SourceSite } from '../topology/topology';

/** What a deploy role works on in its account: what has a name, by it. The Regions are for conditions to say. */
export interface DeployTargets {
  readonly regions: readonly string[];
  readonly vaultArns: readonly string[];
  /** Those of them that are shared by AWS RAM. */
  readonly sharedVaultArns: readonly string[];
  readonly hasAirGapped: boolean;
  /** The aliases of keys to make. */
  readonly aliasArns: readonly string[];
  /** Keys of others that vaults are under. */
  readonly existingKeyArns: readonly string[];
  /** Roles that AWS Backup takes. */
  readonly roleArns: readonly string[];
  readonly scannerRoleArns: readonly string[];
}

/** @param anyRegion - the account, with `*` as Region */
export function deployTargets(anyRegion: Place, sites: readonly (DestinationSite | SourceSite)[]): DeployTargets {
  const sources = sites.filter((site) => site.role === 'source');
  const airGapped = sites.flatMap((site) => site.airGapped ?? []);
  const vaults = sites.flatMap((site) => [site.vault, ...site.retiredVaults]);
  const arnsOf = (of: readonly { readonly vaultName: string }[]) =>
    sortedUnique(of.map(({ vaultName }) => vaultArn(anyRegion, vaultName)));
  const aliases = [
    ...vaults.flatMap(({ key }) => ('alias' in key ? key.alias : [])),
    ...airGapped.flatMap(({ keyAlias }) => keyAlias ?? []),
    ...sources.flatMap(({ resourceKeyAlias }) => resourceKeyAlias ?? []),
  ];
  return {
    regions: sortedUnique(sites.map(({ region }) => region)),
    vaultArns: arnsOf([...vaults, ...airGapped]),
    sharedVaultArns: arnsOf(airGapped.filter(({ sharedWith }) => sharedWith.length > 0)),
    hasAirGapped: airGapped.length > 0,
    aliasArns: sortedUnique(aliases).map((alias) => kmsArn(anyRegion, alias)),
    existingKeyArns: sortedUnique(vaults.flatMap(({ key }) => ('existingKeyArn' in key ? key.existingKeyArn : []))),
    roleArns: sortedUnique([
      ...sites.map(({ restoreRole }) => restoreRole.arn),
      ...sources.map(({ backupRole }) => backupRole.arn),
    ]),
    scannerRoleArns: sortedUnique(sources.flatMap(({ scannerRole }) => scannerRole?.arn ?? [])),
  };
}
