import { sortedUnique } from '../topology/collections';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { resourceKeyPolicy, vaultKeyPolicy } from './key-policy';
import { resourceKeySharing, vaultKeySharing } from './key-sharing';
import type { PolicyDocument, Statement } from './policy-document';
import { copyBackAccessPolicy, vaultAccessPolicy } from './vault-access-policy';

/** Who may copy into a destination's vault; undefined when no plan copies there. */
export function destinationAccessPolicy(site: DestinationSite, organizationId: string): PolicyDocument | undefined {
  if (site.copyingRoleNames.length === 0) return undefined;
  const { partition, vaultAccess: access, copyingRoleNames: roleNames } = site;
  return vaultAccessPolicy({ partition, organizationId, access, roleNames });
}

/** The policy of a destination's key: sources read it only to take recovery points back. */
export function destinationKeyPolicy(site: DestinationSite, organizationId: string): PolicyDocument {
  const accountIds = sortedUnique(site.copyBacks.map(({ accountId }) => accountId));
  const readers = { partition: site.partition, accountIds };
  // One statement serves all readers, so the source that needs the longer list decides.
  const mode = site.copyBacks.some(({ keyPolicy }) => keyPolicy === 'compat') ? 'compat' : 'strict';
  return vaultKeyPolicy(site, [
    ...resourceKeySharing(readers, mode),
    ...vaultKeySharing({ ...readers, organizationId, isPinned: true }),
  ]);
}

/** Who may copy back into a source's vault; undefined when the source takes nothing back. */
export function sourceAccessPolicy(site: SourceSite, organizationId: string): PolicyDocument | undefined {
  if (site.copyBackFrom.length === 0) return undefined;
  return copyBackAccessPolicy({
    partition: site.partition,
    organizationId,
    accountIds: sortedUnique(site.copyBackFrom.map(({ accountId }) => accountId)),
    restoreRoleArns: sortedUnique(site.copyBackFrom.map(({ restoreRoleArn }) => restoreRoleArn)),
  });
}

/** The policy of a source vault's key: the accounts that keep copies read it. */
export const sourceKeyPolicy = (site: SourceSite, organizationId: string): PolicyDocument =>
  vaultKeyPolicy(
    site,
    vaultKeySharing({ partition: site.partition, accountIds: site.copyAccountIds, organizationId, isPinned: false }),
  );

/** What the policy of every key that encrypts a source's resources has to say, whoever made the key. */
export const sourceResourceKeySharing = (site: SourceSite): Statement[] =>
  resourceKeySharing({ partition: site.partition, accountIds: site.copyAccountIds }, site.keyPolicy);

/** The policy of the key that a source stack makes for resources. */
export const sourceResourceKeyPolicy = (site: SourceSite): PolicyDocument =>
  resourceKeyPolicy(site, sourceResourceKeySharing(site));
