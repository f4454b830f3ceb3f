import {
  OrganizationsClient,
  paginateListAccountsForParent,
  paginateListChildren,
} from '@aws-sdk/client-organizations';
import type { Entry } from '../accounts/entry';
import { lastStepOf } from '../config/rollouts';
import { listAll } from '../live/list-all';
import { filledIn } from '../topology/filled-in';
import type { SourceSite, Topology } from '../topology/topology';

/** The accounts that rollouts reach now, in each of their Regions, as the sources that they are. */
export async function rolloutSources(entry: Entry, topology: Topology): Promise<SourceSite[]> {
  const { organizationPolicies, management } = topology;
  if (!organizationPolicies) return [];
  const client = await entry.client(OrganizationsClient, management);
  const found: SourceSite[] = [];
  for (const { ouPaths, accountIds, members } of organizationPolicies.rollouts) {
    const ids = new Set(accountIds);
    for (const path of ouPaths) for (const id of await accountsBelow(client, lastStepOf(path))) ids.add(id);
    // Neither a stack of a StackSet nor a role of Organizations is made there.
    ids.delete(management.accountId);
    for (const id of [...ids].sort()) found.push(...members.map((member) => inAccount(member, id)));
  }
  return found;
}

/** Active accounts in a unit and in those below. */
async function accountsBelow(client: OrganizationsClient, ParentId: string): Promise<string[]> {
  const own = await listAll(
    'organizations:ListAccountsForParent',
    () => paginateListAccountsForParent({ client }, { ParentId }),
    ({ Accounts }) => Accounts,
  );
  const units = await listAll(
    'organizations:ListChildren',
    () => paginateListChildren({ client }, { ParentId, ChildType: 'ORGANIZATIONAL_UNIT' }),
    ({ Children }) => Children,
  );
  const ids = own.filter(({ Status }) => Status === undefined || Status === 'ACTIVE').flatMap(({ Id }) => Id ?? []);
  for (const { Id } of units) if (Id !== undefined) ids.push(...(await accountsBelow(client, Id)));
  return ids;
}

/** A member in one account: its names and ARNs say the account wherever they leave it open. */
export const inAccount = (member: SourceSite, accountId: string): SourceSite => ({
  ...filledIn(member, { [member.accountId]: accountId }),
  name: accountId,
});
