import type { Problem } from '../config/config-error';
import { parseCopyTarget } from '../config/copy-target';
import type { SiteRule } from './site-rule';
import { placedLifecycles } from './site-rule';

/** A copy that names a vault by its ARN names one that this config does not make, and not the one it comes from. */
export const checkVaults: SiteRule = (config, { destinations, sources, management }) => [
  ...placedLifecycles(config).flatMap(({ copyTo, path }): Problem[] => {
    const target = copyTo === undefined ? undefined : parseCopyTarget(copyTo);
    if (target?.kind !== 'outside') return [];
    const place = [...path, 'to'];
    const destination = destinations.find(({ vault }) => vault.vaultArn === target.arn);
    if (destination) {
      const short = `${destination.name}/${destination.region}`;
      return [{ path: place, message: `must be written ${short}, got "${target.arn}": it is a vault of this file` }];
    }
    const source = sources.find(({ vault }) => vault.vaultArn === target.arn);
    if (!source) return [];
    const message = `must not be the vault of source ${source.name}/${source.region}, got "${target.arn}": copies belong in another account; name a destination`;
    return [{ path: place, message }];
  }),
  ...sources.flatMap((site): Problem[] => {
    const given = config.sources[site.name]?.regions[site.region];
    const isNeeded =
      site.accountId === management.accountId && config.organizationPolicies.regions.includes(site.region);
    if (given?.regionSettings !== 'leave' || !isNeeded) return [];
    const message = `must be manage, got "leave": organizationPolicies.regions asks for the opt-ins of the management account in ${site.region}`;
    return [{ path: ['sources', site.name, 'regions', site.region, 'regionSettings'], message }];
  }),
];
