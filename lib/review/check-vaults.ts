import type { Problem } from '../config/config-error';
import { parseCopyTarget, vaultPlace } from '../config/copy-target';
import { policyRegions } from '../config/rollouts';
import type { DestinationSite, SourceSite } from '../topology/topology';
import type { SiteRule } from './site-rule';
import { placedLifecycles } from './site-rule';

/** A copy that names a vault by its ARN names one that this config does not make, and not the one it comes from. */
export const checkVaults: SiteRule = (config, { destinations, sources, management }) => [
  ...placedLifecycles(config).flatMap(({ copyTo, path }): Problem[] => {
    const target = copyTo === undefined ? undefined : parseCopyTarget(copyTo);
    if (target?.kind !== 'outside') return [];
    const place = [...path, 'to'];
    const destination = destinations.find((site) => vaultsOf(site).includes(target.arn));
    if (destination) {
      const isAirGapped = destination.airGapped?.vaultArn === target.arn;
      const isRetired = destination.retiredVaults.some(({ vaultArn }) => vaultArn === target.arn);
      const short = vaultPlace(destination, isAirGapped);
      const why = isRetired ? 'a later generation has followed that vault' : 'it is a vault of this file';
      return [{ path: place, message: `must be written ${short}, got "${target.arn}": ${why}` }];
    }
    const source = sources.find((site) => vaultsOf(site).includes(target.arn));
    if (!source) return [];
    const message = `must not be the vault of source ${source.name}/${source.region}, got "${target.arn}": copies belong in another account; name a destination`;
    return [{ path: place, message }];
  }),
  ...sources.flatMap((site): Problem[] => {
    const given = config.sources[site.name]?.regions[site.region];
    const isNeeded = site.accountId === management.accountId && policyRegions(config).includes(site.region);
    if (given?.regionSettings !== 'leave' || !isNeeded) return [];
    const message = `must be manage, got "leave": organizationPolicies asks for the opt-ins of the management account in ${site.region}`;
    return [{ path: ['sources', site.name, 'regions', site.region, 'regionSettings'], message }];
  }),
];

/** The ARNs of all vaults of a site. */
const vaultsOf = ({ vault, retiredVaults, airGapped }: DestinationSite | SourceSite): string[] =>
  [vault, ...retiredVaults, ...(airGapped ? [airGapped] : [])].map(({ vaultArn }) => vaultArn);
