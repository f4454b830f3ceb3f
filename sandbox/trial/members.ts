import { POLICY_ACCOUNT } from '../../lib/aws/backup';
import { filledIn } from '../../lib/topology/filled-in';
import type { SourceSite, Topology } from '../../lib/topology/topology';
import type { Directory } from '../organizations-api/directory';

/**
 * What accounts are that rollouts reach, Region by Region: sources in all but their stack, with the plans of every
 * rollout that they are in.
 */
export function memberSites({ organizationPolicies }: Topology, directory: Directory): SourceSite[] {
  const sites = new Map<string, SourceSite>();
  for (const { id, name } of directory.setup.accounts)
    for (const { accountIds, ouPaths, members } of organizationPolicies?.rollouts ?? []) {
      if (id === directory.managementAccountId) continue;
      const isReached = accountIds.includes(id) || ouPaths.some((path) => directory.pathOf(id).startsWith(path));
      for (const member of isReached ? members : []) {
        const site = filledIn(member, { [POLICY_ACCOUNT]: id });
        const standing = sites.get(`${id} ${site.region}`);
        sites.set(`${id} ${site.region}`, { ...site, name, plans: [...(standing?.plans ?? []), ...site.plans] });
      }
    }
  return [...sites.values()];
}

/** Everything that is backed up in a trial: source sites, and accounts that rollouts reach. */
export const backedUpSites = (topology: Topology, directory: Directory): SourceSite[] => [
  ...topology.sources,
  ...memberSites(topology, directory),
];
