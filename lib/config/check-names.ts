import type { Check } from './check';
import type { Problem } from './config-error';
import { accountSites, sourceSites } from './config-sites';
import type { Path } from './path';

/** What must be unique is, and every physical name that is given belongs to something that is made. */
export const checkNames: Check = (config) => {
  const inPlans = Object.entries(config.plans).flatMap(([plan, { rules, selections }]) => [
    ...repeated(rules.map(({ name }, index) => ({ value: name, path: ['plans', plan, 'rules', index, 'name'] }))),
    ...repeated(
      selections.map(({ name }, index) => ({ value: name, path: ['plans', plan, 'selections', index, 'name'] })),
    ),
  ]);
  const inSources = Object.entries(config.sources).flatMap(([name, { plans, regions }]) => [
    ...repeated(plans.map((value, index) => ({ value, path: ['sources', name, 'plans', index] }))),
    ...Object.entries(regions).flatMap(([region, site]) =>
      repeated(
        (site.plans ?? []).map((value, index) => ({
          value,
          path: ['sources', name, 'regions', region, 'plans', index],
        })),
      ),
    ),
  ]);
  const inAccounts = (['destinations', 'sources'] as const).flatMap((role) =>
    // Some disks take two folders whose names differ only in case for one.
    repeated(
      Object.keys(config[role]).map((name) => ({ value: name.toLowerCase(), path: [role, name] })),
      ', upper and lower case apart',
    ).map((problem) => ({ ...problem, isAtKey: true })),
  );
  return [...inAccounts, ...inPlans, ...inSources, ...repeatedRoles(config), ...repeatedPlanNames(config)];
};

interface Placed {
  readonly value: string;
  readonly path: Path;
}

function repeated(entries: readonly Placed[], where = ''): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ value, path }) => {
    if (seen.has(value)) return [{ path, message: `must be unique${where}, got "${value}" a second time` }];
    seen.add(value);
    return [];
  });
}

/** IAM knows no Region: roles of one account in two Regions need two names. */
function repeatedRoles(config: Parameters<Check>[0]): Problem[] {
  const roles = accountSites(config).flatMap(({ accountId, site, path }) =>
    Object.entries(site.names).flatMap(([key, value]) =>
      key.endsWith('Role') && typeof value === 'string' ? [{ accountId, value, path: [...path, 'names', key] }] : [],
    ),
  );
  const accounts = new Set(roles.map(({ accountId }) => accountId));
  return [...accounts].flatMap((account) =>
    repeated(
      roles.filter(({ accountId }) => accountId === account),
      ' in its account (roles have no Region)',
    ),
  );
}

const repeatedPlanNames = (config: Parameters<Check>[0]): Problem[] =>
  sourceSites(config).flatMap(({ site, plans, path }) => {
    const named = Object.entries(site.names.plans).map(([plan, value]) => ({
      plan,
      value,
      path: [...path, 'names', 'plans', plan],
    }));
    const unused = named
      .filter(({ plan }) => !plans.includes(plan))
      .map(({ plan, path }) => ({
        path,
        message: `must be a plan that this Region uses, got "${plan}"`,
        isAtKey: true,
      }));
    return [...unused, ...repeated(named, ' in its Region')];
  });
