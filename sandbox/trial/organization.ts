import { parseArn } from '../../lib/aws/arn';
import { everySource } from '../../lib/topology/every-source';
import type { Topology } from '../../lib/topology/topology';
import type { OrganizationSetup } from '../organizations-api/directory';

/**
 * The accounts of a config: of its sites, its states and its rollouts, those that air-gapped vaults are shared with, one in
 * each unit of a rollout, and those of vaults that it copies to and does not make.
 */
export function accountsOf(topology: Topology): ReadonlyMap<string, string> {
  const names = ownAccounts(topology);
  for (const { accountId, name } of unitMembers(topology)) names.set(accountId, name);
  for (const owner of outsideAccounts(topology)) names.set(owner, `outside-${owner}`);
  return names;
}

/** Accounts that own vaults a config copies to and does not make. */
export function outsideAccounts(topology: Topology): string[] {
  const own = ownAccounts(topology);
  const owners = everySource(topology).flatMap(({ copyTargets }) =>
    copyTargets.map((arn) => parseArn(arn)?.accountId ?? ''),
  );
  return [...new Set(owners)].filter((owner) => !own.has(owner));
}

function ownAccounts({ management, destinations, sources, state, organizationPolicies }: Topology) {
  const names = new Map([[management.accountId, 'management']]);
  const add = (accountId: string, name: string) => {
    if (!names.has(accountId)) names.set(accountId, name);
  };
  for (const { accountId, name } of [...destinations, ...sources]) add(accountId, name);
  for (const { airGapped } of [...destinations, ...sources])
    for (const id of airGapped?.sharedWith ?? []) add(id, `account-${id}`);
  for (const { accountIds } of organizationPolicies?.rollouts ?? [])
    for (const id of accountIds) add(id, `account-${id}`);
  if (state.backend === 's3' && state.accountId !== undefined) add(state.accountId, 'states');
  return names;
}

/** Where the ids of accounts begin that no config names. */
const FIRST_MEMBER = 700_000_000_001;

/** An account in each unit that a rollout names, so that there is somebody to back up. */
function unitMembers(topology: Topology): { accountId: string; name: string; ouPath: string }[] {
  const own = ownAccounts(topology);
  const rollouts = topology.organizationPolicies?.rollouts ?? [];
  const paths = [...new Set(rollouts.flatMap(({ ouPaths }) => ouPaths))];
  const ids = Array.from({ length: paths.length + own.size }, (_, number) => `${FIRST_MEMBER + number}`);
  const free = ids.filter((id) => !own.has(id));
  return paths.map((ouPath, index) => ({
    accountId: free[index] ?? '',
    name: `in-${ouPath.split('/').filter(Boolean).at(-1)}`,
    ouPath,
  }));
}

/** The root of an organization whose config tells none. */
const SOME_ROOT = 'r-root';

/** The organization that a config describes, with its ids, its units and its accounts. */
export function organizationOf(topology: Topology): OrganizationSetup {
  const { organization, management, destinations, sources } = topology;
  const paths = new Map(
    [...destinations, ...sources, ...unitMembers(topology)].map(({ accountId, ouPath }) => [accountId, ouPath]),
  );
  // o-…/r-…/ou-…/ou-…/
  const lines = [...paths].map(([accountId, path]) => ({ accountId, ids: (path ?? '').split('/').filter(Boolean) }));
  const rootId = organization.rootId ?? lines.find(({ ids }) => ids[1])?.ids[1] ?? SOME_ROOT;
  const units = new Map<string, string>();
  for (const { ids } of lines)
    for (const [depth, id] of ids.slice(2).entries()) units.set(id, depth === 0 ? rootId : (ids[depth + 1] ?? rootId));
  for (const id of topology.guardrails?.targetIds ?? [])
    if (id.startsWith('ou-') && !units.has(id)) units.set(id, rootId);
  const parents = new Map(lines.map(({ accountId, ids }) => [accountId, ids.length > 2 ? ids.at(-1) : undefined]));
  const standing = management.rollouts?.delegation?.existing;
  return {
    id: organization.id,
    rootId,
    managementAccountId: management.accountId,
    partition: management.partition,
    units: [...units].map(([id, parentId]) => ({ id, name: id, parentId })),
    accounts: [...accountsOf(topology)].map(([id, name]) => ({
      id,
      name,
      parentId: parents.get(id) ?? rootId,
      email: `${name}@example.com`,
    })),
    ...(standing === undefined
      ? {}
      : {
          resourcePolicy: {
            id: standing.id,
            content: JSON.stringify({ Version: '2012-10-17', Statement: standing.statements }),
          },
        }),
  };
}
