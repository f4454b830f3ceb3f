import { type Access, sessionOf } from '../accounts/access';
import { type Account, accountsOf } from '../accounts/accounts';
import { inParallel } from '../live/in-parallel';
import { LiveError } from '../live/live-error';
import type { DestinationSite, SourceSite, Topology } from '../topology/topology';
import { type FoundPlace, type FoundRole, type Inventory, placeKey } from './inventory';
import { type OrganizationScope, readOrganization } from './read-organization';
import { readPlace } from './read-place';
import { readRoles } from './read-roles';
import { roleNamesOf } from './scene';

/** An account that could not be looked at, and why. */
export interface Missing {
  readonly name: string;
  readonly accountId: string;
  readonly reason: string;
}

export interface Taken {
  readonly inventory: Inventory;
  readonly missing: readonly Missing[];
}

/** How many accounts are looked at together. */
const AT_A_TIME = 8;

/**
 * Looks at everything that exists in the accounts and Regions of a config, and changes nothing. An account that cannot be
 * entered stops no other.
 * @param role - the role to enter member accounts by, with its path
 * @throws LiveError where the management account cannot be asked
 */
export async function takeInventory(
  access: Access,
  topology: Topology,
  scope: OrganizationScope,
  { role, onProgress }: { readonly role: string | undefined; readonly onProgress: (text: string) => void },
): Promise<Taken> {
  const organization = await readOrganization(access, scope);
  const accounts = accountsOf(topology);
  let done = 0;
  const seen = await inParallel(AT_A_TIME, accounts, async (account) => {
    const one = await lookAt(access, account, role).catch((error: unknown) => {
      if (!(error instanceof LiveError)) throw error;
      return { name: account.name, accountId: account.accountId, reason: error.message };
    });
    done += 1;
    onProgress(`${done} of ${accounts.length} accounts looked at`);
    return { account, one };
  });
  const inventory: Inventory = {
    organization,
    roles: Object.fromEntries(
      seen.flatMap(({ account, one }) => ('roles' in one ? [[account.accountId, one.roles]] : [])),
    ),
    places: Object.fromEntries(seen.flatMap(({ one }) => ('places' in one ? one.places : []))),
  };
  return { inventory, missing: seen.flatMap(({ one }) => ('reason' in one ? [one] : [])) };
}

interface Looked {
  readonly roles: readonly FoundRole[];
  readonly places: readonly (readonly [key: string, place: FoundPlace])[];
}

async function lookAt(access: Access, account: Account, role: string | undefined): Promise<Looked> {
  const session = await sessionOf(access, account, 'administrator', role);
  const { accountId, sites, management } = account;
  const aliases = new Map(sites.map((site) => [site.region, aliasesOf(site)]));
  const regions = new Set([...aliases.keys(), ...(management?.regionSettings ?? []).map(({ region }) => region)]);
  const names = new Set(sites.flatMap(roleNamesOf).map((name) => name.toLowerCase()));
  const roles = sites.length === 0 ? [] : await readRoles(access.sessions, session, names);
  const places = await inParallel(AT_A_TIME, [...regions], async (region) => {
    const place = await readPlace(access.sessions, session, region, aliases.get(region) ?? []).catch(told(region));
    return [placeKey({ accountId, region }), place] as const;
  });
  return { roles, places };
}

/** Says in which Region it failed: it may be one that the account has not enabled. */
const told = (region: string) => (error: unknown) => {
  throw error instanceof LiveError ? new LiveError(`${region}: ${error.message}`) : error;
};

const aliasesOf = ({ vault, airGapped, ...site }: DestinationSite | SourceSite): string[] => [
  ...('alias' in vault.key ? [vault.key.alias] : []),
  ...(airGapped?.keyAlias === undefined ? [] : [airGapped.keyAlias]),
  ...('resourceKeyAlias' in site && site.resourceKeyAlias !== undefined ? [site.resourceKeyAlias] : []),
];
