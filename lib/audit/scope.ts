import { accountsOf } from '../accounts/accounts';
import { didYouMean } from '../config/suggestions';
import { LiveError } from '../live/live-error';
import { sortedUnique } from '../topology/collections';
import type { OrganizationPolicies, Rollout } from '../topology/rollout';
import type { Topology } from '../topology/topology';
import type { Auditee, Reach } from './auditee';
import { memberSite } from './member-site';
import type { Organization } from './organization';
import { someOf } from './some-of';

/** What of the organization is looked at. */
export interface Narrowing {
  /** @default - every account */
  readonly accountIds?: readonly string[] | undefined;
  /** @default - every Region */
  readonly regions?: readonly string[] | undefined;
}

/**
 * Every account that the config names or a rollout reaches, as the organization is now.
 * @throws LiveError where the organization cannot be read
 */
export async function auditees(organization: Organization, topology: Topology): Promise<Auditee[]> {
  const members = new Map((await organization.accounts()).map((member) => [member.accountId, member]));
  const reaches = await reachesOf(organization, topology.organizationPolicies);
  const named = new Map(accountsOf(topology).map((account) => [account.accountId, account]));
  const { partition } = topology.management;
  return [...new Set([...named.keys(), ...reaches.keys()])].map((accountId): Auditee => {
    const account = named.get(accountId);
    const member = members.get(accountId);
    const ofAccount = reaches.get(accountId) ?? [];
    const name = account?.name ?? member?.name ?? accountId;
    const auditee = {
      accountId,
      partition,
      name,
      management: account?.management,
      deployRoles: account?.deployRoles ?? [],
      isNamed: account !== undefined || ofAccount.some(({ by }) => by !== 'unit'),
      reaches: ofAccount,
      member,
    };
    return {
      ...auditee,
      sites: [...(account?.sites ?? []), ...baselines(topology.organizationPolicies, auditee)],
    };
  });
}

/**
 * Those of all auditees that are looked at, each with its sites where it is.
 * @throws LiveError where an account or a Region that is asked for is none of theirs
 */
export function narrowed(all: readonly Auditee[], { accountIds, regions }: Narrowing): Auditee[] {
  mustBeAmong(
    all.map(({ accountId }) => accountId),
    accountIds,
    'account',
  );
  mustBeAmong(sortedUnique(all.flatMap(regionsOf)), regions, 'Region');
  return all
    .filter(({ accountId }) => accountIds?.includes(accountId) ?? true)
    .map((auditee) => ({
      ...auditee,
      sites: auditee.sites.filter(({ region }) => regions?.includes(region) ?? true),
    }));
}

/** Regions in which there is something of an account, or in which it sets what plans of backup policies obey. */
const regionsOf = ({ sites, management }: Auditee) =>
  [...sites, ...(management?.regionSettings ?? [])].map(({ region }) => region);

/** How many accounts or Regions are told by their names. */
const TOLD = 20;

function mustBeAmong(known: readonly string[], asked: readonly string[] | undefined, kind: 'account' | 'Region') {
  const wrong = asked?.find((one) => !known.includes(one));
  if (wrong !== undefined)
    throw new LiveError(
      `there is no ${kind} ${wrong} in the config or its rollouts (${someOf(known, TOLD)})${didYouMean(wrong, known)}`,
    );
}

/** By account, the rollouts that reach it. */
async function reachesOf(
  organization: Organization,
  policies: OrganizationPolicies | undefined,
): Promise<ReadonlyMap<string, Reach[]>> {
  const found = new Map<string, Reach[]>();
  for (const rollout of policies?.rollouts ?? []) {
    const inUnits = await accountsInUnits(organization, rollout);
    for (const accountId of sortedUnique([...inUnits, ...rollout.accountIds])) {
      const isNamed = rollout.accountIds.includes(accountId);
      const by = !inUnits.has(accountId) ? 'account' : isNamed ? 'both' : 'unit';
      found.set(accountId, [...(found.get(accountId) ?? []), { rollout, by }]);
    }
  }
  return found;
}

/** Ids of the accounts in the units of a rollout, and in those below. */
async function accountsInUnits(organization: Organization, { targetIds, accountIds }: Rollout): Promise<Set<string>> {
  const units = targetIds.filter((id) => !accountIds.includes(id));
  const below = await Promise.all(units.map((id) => organization.accountsBelow(id)));
  return new Set(below.flat().map(({ accountId }) => accountId));
}

/** What StackSets make in an account, Region by Region; they never reach the management account. */
function baselines(
  policies: OrganizationPolicies | undefined,
  { accountId, name, reaches, management }: Omit<Auditee, 'sites'>,
) {
  if (!policies || management) return [];
  const regions = sortedUnique(reaches.flatMap(({ rollout }) => rollout.members.map(({ region }) => region)));
  return regions.map((region) => memberSite(policies.baseline.member, name, accountId, region));
}
