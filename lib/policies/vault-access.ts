import { accountRootArn, type Partition, roleArn } from '../aws/arn';
import type { CopyAccess } from '../topology/copy-access';
import type { Statement } from './policy-document';

/** Who may copy into a destination vault. */
export interface VaultAccessGrant {
  readonly partition: Partition;
  readonly organizationId: string;
  /** Accounts one by one, organizational units as whole paths, or every account of the organization. */
  readonly access:
    | { readonly by: 'accounts'; readonly accountIds: readonly string[] }
    | { readonly by: 'ouPaths'; readonly ouPaths: readonly string[] }
    | { readonly by: 'organization' };
  /** The sources' backup roles, whichever account they are in. */
  readonly roleNames: readonly string[];
}

/**
 * Lets sources copy into a destination vault, with their backup role only and from inside the organization only.
 * No other action can be given to another account, whatever a vault's policy says.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export const vaultAccess = (grant: VaultAccessGrant, who = 'Sources'): Statement[] => {
  const { Principal, Condition } = copyingRoles(grant);
  return [
    {
      Sid: `Allow${who}ToCopyIn`,
      Effect: 'Allow',
      Principal,
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
      Condition,
    },
  ];
};

/** The sources' backup roles as a policy names them, whether they exist yet or not. */
export function copyingRoles({ partition, organizationId, access, roleNames }: VaultAccessGrant) {
  const inUnits: Statement['Condition'] =
    access.by === 'ouPaths' ? { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': access.ouPaths.map(below) } } : {};
  return {
    Principal:
      access.by === 'accounts' ? { AWS: access.accountIds.map((id) => accountRootArn(partition, id)) } : ('*' as const),
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
      ...inUnits,
      ArnLike: { 'aws:PrincipalArn': roleNames.map((name) => roleArn(partition, '*', name)) },
    },
  };
}

/** `o-…/r-…/ou-…/*` matches the unit itself too: the star may stand for nothing. */
const below = (ouPath: string) => `${ouPath}*`;

/** Who copies into a vault besides its sources: the units and the single accounts of rollouts, by a name for sids. */
export const memberGrants = (
  place: Pick<VaultAccessGrant, 'partition' | 'organizationId'>,
  members: CopyAccess['members'],
): { readonly who: string; readonly grant: VaultAccessGrant }[] =>
  members.map(({ vaultAccess: access, roleNames }) => ({
    who: access.by === 'ouPaths' ? 'UnitsOfRollouts' : 'AccountsOfRollouts',
    grant: { ...place, access, roleNames },
  }));

/** Who may copy recovery points back into a source vault. */
export interface CopyBackGrant {
  readonly partition: Partition;
  readonly organizationId: string;
  readonly accountIds: readonly string[];
  readonly restoreRoleArns: readonly string[];
}

/** Lets destinations copy back into a source vault, with their restore role only. */
export function copyBackAccess({ partition, organizationId, accountIds, restoreRoleArns }: CopyBackGrant): Statement[] {
  const statement: Statement = {
    Sid: 'AllowDestinationsToCopyBack',
    Effect: 'Allow',
    Principal: { AWS: accountIds.map((id) => accountRootArn(partition, id)) },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
      ArnEquals: { 'aws:PrincipalArn': restoreRoleArns },
    },
  };
  return [statement];
}
