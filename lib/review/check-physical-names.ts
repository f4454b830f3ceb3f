import type { Problem } from '../config/config-error';
import { type Path, renderPath } from '../config/path';
import type { Plan } from '../topology/plan';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { pathOf, type SiteRule } from './site-rule';

interface Named {
  /** What must not share the name: roles of an account, aliases and vaults of an account and Region, plans of a site. */
  readonly room: string;
  readonly name: string;
  /** The name as AWS compares it. */
  readonly compared: string;
  readonly what: string;
  readonly path: Path;
}

/** No two things of one account get one name, whether it is given or made: the deploy would stop half-way. */
export const checkPhysicalNames: SiteRule = (_, { destinations, sources }) => {
  const sites = [...destinations, ...sources];
  const deployRoles = sites.flatMap((site) => {
    const name = site.deployRoleArn?.split('/').at(-1);
    return name === undefined ? [] : [{ room: roleRoom(site), name: name.toLowerCase() }];
  });
  const taken = new Map<string, string>(deployRoles.map(({ room, name }) => [`${room} ${name}`, 'the deploy role']));
  return sites.flatMap(namesOf).flatMap(({ room, name, compared, what, path }): Problem[] => {
    const key = `${room} ${compared}`;
    const owner = taken.get(key);
    taken.set(key, owner ?? what);
    if (owner === undefined) return [];
    return [{ path, message: `must be another name than that of ${owner}, got "${name}"` }];
  });
};

/** An account with two names is told of elsewhere, and not at each role besides. */
const roleRoom = ({ role, name, accountId }: DestinationSite | SourceSite) => `role ${role} ${name} ${accountId}`;

function namesOf(site: DestinationSite | SourceSite): Named[] {
  const place = pathOf(site);
  const names = [...place, 'names'];
  // IAM takes two role names that differ only in case for one.
  const role = (key: 'backupRole' | 'restoreRole' | 'scannerRole', name: string, purpose: string): Named => ({
    room: roleRoom(site),
    name,
    compared: name.toLowerCase(),
    what: `the ${purpose} role of ${site.name}/${site.region}`,
    path: [...names, key],
  });
  const alias = (inside: Path, name: string, what: string): Named => ({
    room: `alias ${site.accountId} ${site.region}`,
    name,
    compared: name,
    what,
    path: [...place, ...inside],
  });
  return [
    ...('backupRole' in site ? [role('backupRole', site.backupRole.name, 'backup')] : []),
    role('restoreRole', site.restoreRole.name, 'restore'),
    ...('scannerRole' in site && site.scannerRole ? [role('scannerRole', site.scannerRole.name, 'scanner')] : []),
    ...vaultNamesOf(site),
    ...('alias' in site.vault.key ? [alias(['names', 'keyAlias'], site.vault.key.alias, "the vault's key")] : []),
    ...(site.airGapped?.keyAlias === undefined
      ? []
      : [alias(['airGapped', 'key'], site.airGapped.keyAlias, "the air-gapped vault's key")]),
    ...('resourceKeyAlias' in site && site.resourceKeyAlias !== undefined
      ? [alias(['names', 'resourceKeyAlias'], site.resourceKeyAlias, 'the resource key')]
      : []),
    ...('plans' in site ? eachOnce(site.plans) : []).map(({ name, physicalName }) => ({
      room: `plan ${site.stackName}`,
      name: physicalName,
      compared: physicalName,
      what: `plan ${name}`,
      path: [...names, 'plans', name],
    })),
  ];
}

/** All vaults of a site, each at the place of its name. */
function vaultNamesOf(site: DestinationSite | SourceSite): Named[] {
  const { vault, retiredVaults, airGapped } = site;
  const vaults = [...retiredVaults, vault].map(({ vaultName }, index) => ({
    vaultName,
    inside: retiredVaults.length === 0 ? [] : ['generations', index],
  }));
  return [...vaults, ...(airGapped ? [{ vaultName: airGapped.vaultName, inside: ['airGapped'] }] : [])].map(
    ({ vaultName, inside }) => ({
      room: `vault ${site.stackName}`,
      name: vaultName,
      compared: vaultName,
      what: inside.length === 0 ? 'the vault' : `the vault of ${renderPath(inside)}`,
      path: [...pathOf(site), ...inside, 'names', 'vault'],
    }),
  );
}

/** A plan that a source names twice is told of where it does. */
const eachOnce = (plans: readonly Plan[]) =>
  plans.filter(({ name }, index) => plans.findIndex((plan) => plan.name === name) === index);
