import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Entry } from '../accounts/entry';
import { PacedOrganization } from '../accounts/paced-organization';
import { lastStepOf } from '../config/rollouts';
import { filledIn } from '../topology/filled-in';
import type { SourceSite, Topology } from '../topology/topology';

/** The accounts that rollouts reach now, in each of their Regions, as the sources that they are. */
export async function rolloutSources(entry: Entry, topology: Topology): Promise<SourceSite[]> {
  const { organizationPolicies, management } = topology;
  if (!organizationPolicies) return [];
  const organization = new PacedOrganization(await entry.client(OrganizationsClient, management));
  const found: SourceSite[] = [];
  for (const { ouPaths, accountIds, members } of organizationPolicies.rollouts) {
    const ids = new Set(accountIds);
    for (const path of ouPaths)
      for (const { accountId, state } of await organization.accountsBelow(lastStepOf(path)))
        if (state === 'ACTIVE') ids.add(accountId);
    // Neither a stack of a StackSet nor a role of Organizations is made there.
    ids.delete(management.accountId);
    for (const id of [...ids].sort()) found.push(...members.map((member) => inAccount(member, id)));
  }
  return found;
}

/** A member in one account: its names and ARNs say the account wherever they leave it open. */
export const inAccount = (member: SourceSite, accountId: string): SourceSite => ({
  ...filledIn(member, { [member.accountId]: accountId }),
  name: accountId,
});
