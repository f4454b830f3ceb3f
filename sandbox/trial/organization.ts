import { parseArn } from '../../lib/aws/arn';
import type { Topology } from '../../lib/topology/topology';
import type { OrganizationSetup } from '../organizations-api/directory';

/** The accounts of a config: of its sites, of its states, and of vaults that it copies to and does not make. */
export function accountsOf(topology: Topology): ReadonlyMap<string, string> {
  const names = ownAccounts(topology);
  for (const owner of outsideAccounts(topology)) names.set(owner, `outside-${owner}`);
  return names;
}

/** Accounts that own vaults a config copies to and does not make. */
export function outsideAccounts(topology: Topology): string[] {
  const own = ownAccounts(topology);
  const owners = topology.sources.flatMap(({ copyTargets }) =>
    copyTargets.map((arn) => parseArn(arn)?.accountId ?? ''),
  );
  return [...new Set(owners)].filter((owner) => !own.has(owner));
}

function ownAccounts({ management, destinations, sources, state }: Topology): Map<string, string> {
  const names = new Map([[management.accountId, 'management']]);
  for (const { accountId, name } of [...destinations, ...sources])
    if (!names.has(accountId)) names.set(accountId, name);
  if (state.backend === 's3' && state.accountId !== undefined && !names.has(state.accountId))
    names.set(state.accountId, 'states');
  return names;
}

/** The root of an organization whose config tells none. */
const SOME_ROOT = 'r-root';

/** The organization that a config describes, with its ids, its units and its accounts. */
export function organizationOf(topology: Topology): OrganizationSetup {
  const { organization, management, destinations, sources } = topology;
  const paths = new Map([...destinations, ...sources].map(({ accountId, ouPath }) => [accountId, ouPath]));
  // o-…/r-…/ou-…/ou-…/
  const lines = [...paths].map(([accountId, path]) => ({ accountId, ids: (path ?? '').split('/').filter(Boolean) }));
  const rootId = organization.rootId ?? lines.find(({ ids }) => ids[1])?.ids[1] ?? SOME_ROOT;
  const units = new Map<string, string>();
  for (const { ids } of lines)
    for (const [depth, id] of ids.slice(2).entries()) units.set(id, depth === 0 ? rootId : (ids[depth + 1] ?? rootId));
  for (const id of topology.guardrails?.targetIds ?? [])
    if (id.startsWith('ou-') && !units.has(id)) units.set(id, rootId);
  const parents = new Map(lines.map(({ accountId, ids }) => [accountId, ids.length > 2 ? ids.at(-1) : undefined]));
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
  };
}
