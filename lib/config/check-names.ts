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
  return [...inAccounts, ...inPlans, ...inSources, ...namesOfNothing(config), ...aliasesOfNothing(config)];
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

/** A physical name that is given belongs to something that is made. */
const namesOfNothing = (config: Parameters<Check>[0]): Problem[] =>
  sourceSites(config).flatMap(({ site, plans, path }) => {
    return Object.keys(site.names.plans)
      .filter((plan) => !plans.includes(plan))
      .map((plan) => ({
        path: [...path, 'names', 'plans', plan],
        message: `must be a plan that this Region uses, got "${plan}"`,
        isAtKey: true,
      }));
  });

const aliasesOfNothing = (config: Parameters<Check>[0]): Problem[] =>
  accountSites(config).flatMap(({ site, path }) => [
    ...(site.keyArn !== undefined && site.names.keyAlias !== undefined
      ? [
          {
            path: [...path, 'names', 'keyAlias'],
            message: 'must not be given with keyArn: no key is made that could have it',
          },
        ]
      : []),
    ...('resourceKeyAlias' in site.names &&
    site.names.resourceKeyAlias !== undefined &&
    'createResourceKey' in site &&
    !site.createResourceKey
      ? [
          {
            path: [...path, 'names', 'resourceKeyAlias'],
            message: 'must be given with createResourceKey: true, else no key is made that could have it',
          },
        ]
      : []),
  ]);
