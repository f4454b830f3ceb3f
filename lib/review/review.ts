import type { Config } from '../config/config';
import { type LoadedConfig, loadConfig } from '../config/load-config';
import { resolveTopology } from '../topology/resolve-topology';
import { checkDelegation } from './check-delegation';
import { checkLocks, lockWarnings } from './check-locks';
import { checkPhysicalNames } from './check-physical-names';
import { checkProtection } from './check-protection';
import { checkRollouts, rolloutSiteWarnings } from './check-rollouts';
import { checkTravel, travelWarnings } from './check-travel';
import { checkVaults } from './check-vaults';
import type { SiteRule } from './site-rule';
import { siteWarnings } from './site-warnings';

const ERRORS: readonly SiteRule[] = [
  checkPhysicalNames,
  checkVaults,
  checkLocks,
  checkTravel,
  checkProtection,
  checkRollouts,
  checkDelegation,
];
const WARNINGS: readonly SiteRule[] = [lockWarnings, travelWarnings, siteWarnings, rolloutSiteWarnings];

const run = (rules: readonly SiteRule[]) => (config: Config) => {
  const topology = resolveTopology(config);
  return rules.flatMap((rule) => rule(config, topology));
};

/**
 * Reads a config file and applies every rule there is, those about sites among them.
 * @throws ConfigError with every problem of the file at once
 */
export const loadReviewedConfig = (file: string): LoadedConfig =>
  loadConfig(file, { errors: run(ERRORS), warnings: run(WARNINGS) });
