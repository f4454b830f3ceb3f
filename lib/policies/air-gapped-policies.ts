import { accountRootArn, backupServiceLinkedRoleArn, dnsSuffix } from '../aws/arn';
import { sortedUnique } from '../topology/collections';
import type { CopyAccess } from '../topology/copy-access';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { keyPolicy } from './key-policy';
import type { PolicyDocument, Statement } from './policy-document';
import { destinationAccessPolicy } from './site-policies';
import { copyingRoles, memberGrants } from './vault-access';

/** The policy of a destination's air-gapped vault: who copies in may differ from its other vault, all else is the same. */
export const airGappedDestinationPolicy = (
  site: DestinationSite,
  access: CopyAccess,
  organizationId: string,
): PolicyDocument => destinationAccessPolicy(site, organizationId, access);

/**
 * The policy of the key of a destination's air-gapped vault. Other than with a usual vault, the backup role of the
 * source uses the key itself; and so does whoever restores from the shared vault.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export function airGappedDestinationKeyPolicy(
  site: DestinationSite,
  { vaultAccess: access, copyingRoleNames: roleNames, members }: CopyAccess,
  organizationId: string,
): PolicyDocument {
  const { partition, copyBacks } = site;
  const place = { partition, organizationId };
  const copiers = [
    ...(roleNames.length === 0 ? [] : [{ who: 'Sources', grant: { ...place, access, roleNames } }]),
    ...memberGrants(place, members),
  ];
  const viaBackup = { 'kms:ViaService': `backup.*.${dnsSuffix(partition)}` };
  return keyPolicy(site, [
    ...copiers.flatMap(({ who, grant }) => {
      const copying = copyingRoles(grant);
      return keyUse(`${who}ToCopyIn`, {
        ...copying,
        Condition: { ...copying.Condition, StringLike: viaBackup },
      });
    }),
    ...readers(
      site,
      copyBacks.map(({ accountId }) => accountId),
      organizationId,
    ),
    ...restorers(site, organizationId),
  ]);
}

/** The policy of the key of a source's air-gapped vault: the accounts that its recovery points are copied to read it. */
export const airGappedSourceKeyPolicy = (site: SourceSite, organizationId: string): PolicyDocument =>
  keyPolicy(site, [...readers(site, site.copyAccountIds, organizationId), ...restorers(site, organizationId)]);

type Site = Pick<SourceSite | DestinationSite, 'partition' | 'airGapped'>;

/** Copies out of the vault are made by the service-linked role of the account they go to. */
function readers({ partition }: Site, accounts: readonly string[], organizationId: string): Statement[] {
  const accountIds = sortedUnique(accounts);
  if (accountIds.length === 0) return [];
  return keyUse('BackupOfOtherAccountsToCopyOut', {
    Principal: { AWS: accountIds.map((id) => accountRootArn(partition, id)) },
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
      ArnLike: { 'aws:PrincipalArn': backupServiceLinkedRoleArn(partition, '*') },
    },
  });
}

/** Accounts that restore choose their own role for it, whose name nobody here knows. */
function restorers({ partition, airGapped }: Site, organizationId: string): Statement[] {
  const accountIds = sortedUnique(airGapped?.sharedWith ?? []);
  if (accountIds.length === 0) return [];
  return keyUse('AccountsToRestore', {
    Principal: { AWS: accountIds.map((id) => accountRootArn(partition, id)) },
    Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
  });
}

/** The two statements that AWS's guide asks for, for whoever it is. */
const keyUse = (
  who: string,
  { Principal, Condition }: Required<Pick<Statement, 'Principal' | 'Condition'>>,
): Statement[] => [
  {
    Sid: `Allow${who}`,
    Effect: 'Allow',
    Principal,
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
    Condition,
  },
  {
    Sid: `Allow${who}ByGrants`,
    Effect: 'Allow',
    Principal,
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: { ...Condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  },
];
