import { NO_AIR_GAPPED_VAULTS } from '../aws/air-gapped';
import type { Check } from './check';
import type { Problem } from './config-error';
import { accountSites, sourceSites } from './config-sites';

type Config = Parameters<Check>[0];

/** Air-gapped vaults are where AWS has them, are shared with others only, and are there for each rule that wants one. */
export const checkAirGapped: Check = (config) => [
  ...accountSites(config).flatMap(({ site: { airGapped }, region, accountId, path }): Problem[] =>
    airGapped === undefined
      ? []
      : [...misplaced(region, [...path, 'airGapped']), ...badShares(airGapped.shareWith, accountId, path)],
  ),
  ...targetsWithoutVault(config),
];

const misplaced = (region: string, path: Problem['path']): Problem[] =>
  NO_AIR_GAPPED_VAULTS.has(region)
    ? [
        {
          path,
          message: `must be in a Region that has logically air-gapped vaults, got ${region}: AWS Backup does not offer them there`,
          isAtKey: true,
        },
      ]
    : [];

function badShares(shareWith: readonly string[], accountId: string, site: Problem['path']): Problem[] {
  return shareWith.flatMap((id, index): Problem[] => {
    const path = [...site, 'airGapped', 'shareWith', index];
    if (shareWith.indexOf(id) !== index) return [{ path, message: `must be unique, got "${id}" a second time` }];
    if (id !== accountId) return [];
    return [
      { path, message: `must be another account than the vault's own, got "${id}": that one may restore anyway` },
    ];
  });
}

/** A rule cannot say which vault: it goes to that of the Region it runs in. */
const targetsWithoutVault = (config: Config): Problem[] =>
  sourceSites(config).flatMap(({ site, plans, path }) => {
    if (site.airGapped !== undefined) return [];
    const wanting = plans.filter((plan) => config.plans[plan]?.rules.some(({ targetAirGapped }) => targetAirGapped));
    if (wanting.length === 0) return [];
    const message = `must have airGapped, got none: rules of plan ${wanting.join(', ')} have targetAirGapped, which means the air-gapped vault of this Region`;
    return [{ path, message, isAtKey: true }];
  });
