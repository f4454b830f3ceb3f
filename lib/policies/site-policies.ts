import { sortedUnique } from '../topology/collections';
import type { CopyAccess } from '../topology/copy-access';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { keyPolicy } from './key-policy';
import { COPY_BACK_READING, resourceKeySharing, vaultKeySharing } from './key-sharing';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';
import { copyBackAccess, memberGrants, vaultAccess } from './vault-access';
import { vaultProtection } from './vault-protection';

/** The policy of a destination's vault: sources copy in, nothing leaves but to go back, nobody tampers. */
export function destinationAccessPolicy(
  site: DestinationSite,
  organizationId: string,
  { vaultAccess: access, copyingRoleNames: roleNames, members }: CopyAccess = site,
): PolicyDocument {
  const { partition } = site;
  return policyDocument([
    ...(roleNames.length === 0 ? [] : vaultAccess({ partition, organizationId, access, roleNames })),
    ...memberGrants({ partition, organizationId }, members).flatMap(({ who, grant }) => vaultAccess(grant, who)),
    ...destinationProtection(site),
  ]);
}

/** The policy of a destination's vault that another one has followed: nothing comes in any more. */
export const retiredDestinationPolicy = (site: DestinationSite): PolicyDocument =>
  policyDocument(destinationProtection(site));

const destinationProtection = (site: DestinationSite): Statement[] =>
  vaultProtection(site, sortedUnique(site.copyBacks.map(({ vaultArn }) => vaultArn)));

/** The policy of a destination's key: sources read it only to take recovery points back. */
export function destinationKeyPolicy(site: DestinationSite, organizationId: string): PolicyDocument {
  const accountIds = sortedUnique(site.copyBacks.map(({ accountId }) => accountId));
  // One statement serves all readers, so the source that needs the longer list decides.
  const mode = site.copyBacks.some(({ keyPolicy }) => keyPolicy === 'compat') ? 'compat' : 'strict';
  const furtherActions = COPY_BACK_READING[mode];
  return keyPolicy(
    site,
    vaultKeySharing({ partition: site.partition, accountIds, organizationId, isPinned: true, furtherActions }),
  );
}

/** The policy of a source's vault: destinations copy back where they may, copies go to them alone, nobody tampers. */
export function sourceAccessPolicy(site: SourceSite, organizationId: string): PolicyDocument {
  const copyBack = {
    partition: site.partition,
    organizationId,
    accountIds: sortedUnique(site.copyBackFrom.map(({ accountId }) => accountId)),
    restoreRoleArns: sortedUnique(site.copyBackFrom.map(({ restoreRoleArn }) => restoreRoleArn)),
  };
  return policyDocument([
    ...(site.copyBackFrom.length === 0 ? [] : copyBackAccess(copyBack)),
    ...vaultProtection(site, site.copyTargets),
  ]);
}

/** The policy of a source's vault into which nothing is copied back: one that another has followed, or an air-gapped one. */
export const closedSourcePolicy = (site: SourceSite): PolicyDocument =>
  policyDocument(vaultProtection(site, site.copyTargets));

/** The policy of a source vault's key: the accounts that keep copies read it. */
export const sourceKeyPolicy = (site: SourceSite, organizationId: string): PolicyDocument =>
  keyPolicy(
    site,
    vaultKeySharing({
      partition: site.partition,
      accountIds: site.copyAccountIds,
      organizationId,
      isPinned: false,
      furtherActions: [],
    }),
  );

/** What the policy of every key that encrypts a source's resources has to say, whoever made the key. */
export const sourceResourceKeySharing = (site: SourceSite): Statement[] =>
  resourceKeySharing({ partition: site.partition, accountIds: site.copyAccountIds }, site.keyPolicy);

/** The policy of the key that a source stack makes for resources. */
export const sourceResourceKeyPolicy = (site: SourceSite): PolicyDocument =>
  keyPolicy(site, sourceResourceKeySharing(site));
