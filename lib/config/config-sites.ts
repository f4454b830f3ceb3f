import type { DestinationConfig, SourceConfig } from './account-config';
import type { Config } from './config';
import type { Path } from './path';
import type { CopyConfig } from './plan-config';

/** One source account in one Region, with the plans that run there. */
export interface SourceSiteConfig {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly plans: readonly string[];
  readonly source: SourceConfig;
  readonly site: SourceConfig['regions'][string];
  readonly path: Path;
}

/** Every account × Region that is backed up, in the order of the file. */
export function sourceSites(config: Config): SourceSiteConfig[] {
  return Object.entries(config.sources).flatMap(([name, source]) =>
    Object.entries(source.regions).map(([region, site]) => ({
      name,
      region,
      accountId: source.accountId,
      plans: site.plans ?? source.plans,
      source,
      site,
      path: ['sources', name, 'regions', region],
    })),
  );
}

/** One copy of one rule, with its place. */
export interface PlacedCopy {
  readonly plan: string;
  readonly copy: CopyConfig;
  readonly path: Path;
}

/** Every copy of every rule of every plan. */
export function placedCopies(config: Config): PlacedCopy[] {
  return Object.entries(config.plans).flatMap(([plan, { rules }]) =>
    rules.flatMap((rule, ruleIndex) =>
      rule.copies.map((copy, index) => ({
        plan,
        copy,
        path: ['plans', plan, 'rules', ruleIndex, 'copies', index, 'to'],
      })),
    ),
  );
}

/** One account, destination or source, with its place. */
export interface PlacedAccount {
  readonly role: 'destinations' | 'sources';
  readonly name: string;
  readonly account: DestinationConfig | SourceConfig;
  readonly path: Path;
}

/** Every account that has vaults: destinations, then sources, each in the order of the file. */
export function placedAccounts(config: Config): PlacedAccount[] {
  return (['destinations', 'sources'] as const).flatMap((role) =>
    Object.entries<PlacedAccount['account']>(config[role]).map(([name, account]) => ({
      role,
      name,
      account,
      path: [role, name],
    })),
  );
}

/** One account, destination or source, in one Region. */
export interface AccountSiteConfig {
  readonly role: PlacedAccount['role'];
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly site: DestinationConfig['regions'][string] | SourceConfig['regions'][string];
  readonly path: Path;
}

/** Every account × Region that has a vault. */
export function accountSites(config: Config): AccountSiteConfig[] {
  return placedAccounts(config).flatMap(({ role, name, account: { accountId, regions }, path }) =>
    Object.entries<AccountSiteConfig['site']>(regions).map(([region, site]) => ({
      role,
      name,
      region,
      accountId,
      site,
      path: [...path, 'regions', region],
    })),
  );
}
