import { backupServiceLinkedRoleArn } from '../aws/arn';
import type { ProtectedSite } from '../topology/topology';
import type { Statement } from './policy-document';
import { RECOVERY_POINT_TAMPER_ACTIONS, VAULT_TAMPER_ACTIONS } from './tamper-actions';

/**
 * Denies in a vault's own policy, which hold whatever an account's administrators are allowed: nobody but those named
 * touches the vault or ends a recovery point, and recovery points leave for these vaults alone.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export const vaultProtection = (
  { partition, accountId, exemptions }: Pick<ProtectedSite, 'partition' | 'accountId' | 'exemptions'>,
  copyTargets: readonly string[],
): Statement[] => [
  {
    Sid: 'DenyTampering',
    Effect: 'Deny',
    Principal: '*',
    Action: [...VAULT_TAMPER_ACTIONS, ...RECOVERY_POINT_TAMPER_ACTIONS],
    Resource: '*',
    Condition: {
      ArnNotLike: {
        'aws:PrincipalArn': [
          ...exemptions.deployers,
          ...exemptions.breakGlass,
          // Expires recovery points whose own role no longer can. Nobody but AWS Backup can take this role.
          backupServiceLinkedRoleArn(partition, accountId),
        ],
      },
    },
  },
  denyCopyingElsewhere(copyTargets, { Principal: '*' }),
];

/**
 * Keeps copies to the given vaults; where there are none, nothing is copied. A request that names no target is denied
 * too, since ForAllValues holds for no values.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export const denyCopyingElsewhere = (
  copyTargets: readonly string[],
  principal: Pick<Statement, 'Principal'> | Record<string, never>,
): Statement => ({
  Sid: 'DenyCopyingElsewhere',
  Effect: 'Deny',
  ...principal,
  Action: 'backup:CopyFromBackupVault',
  Resource: '*',
  ...(copyTargets.length > 0
    ? { Condition: { 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': copyTargets } } }
    : {}),
});
