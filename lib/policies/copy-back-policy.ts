import { copiesOnlyTo } from './copy-targets';
import { type PolicyDocument, policyDocument } from './policy-document';

/**
 * What a destination's restore role needs besides the restore policies to copy recovery points into source vaults:
 * the copy itself, to these vaults only, and sharing the snapshots that AWS Backup made.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export const copyBackPolicy = (
  partition: string,
  accountId: string,
  sourceVaultArns: readonly string[],
): PolicyDocument =>
  policyDocument([
    {
      Sid: 'AllowCopyingIntoVaults',
      Effect: 'Allow',
      Action: 'backup:CopyIntoBackupVault',
      // Which vaults, the next statement says: a copy needs both, and two lists would outgrow the role's limit.
      Resource: `arn:${partition}:backup:*:*:backup-vault:*`,
    },
    {
      Sid: 'AllowCopyingToSourceVaultsOnly',
      Effect: 'Allow',
      Action: 'backup:CopyFromBackupVault',
      Resource: '*',
      Condition: copiesOnlyTo(sourceVaultArns),
    },
    {
      Sid: 'AllowDescribingVaults',
      Effect: 'Allow',
      Action: 'backup:DescribeBackupVault',
      Resource: `arn:${partition}:backup:*:*:backup-vault:*`,
    },
    {
      Sid: 'AllowTaggingRecoveryPoints',
      Effect: 'Allow',
      Action: 'backup:TagResource',
      Resource: `arn:${partition}:backup:*:${accountId}:recovery-point:*`,
    },
    {
      Sid: 'AllowSharingBackupSnapshots',
      Effect: 'Allow',
      Action: ['ec2:ModifySnapshotAttribute', 'ec2:ModifyImageAttribute'],
      Resource: '*',
      Condition: { Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' } },
    },
    {
      Sid: 'AllowSharingDatabaseSnapshots',
      Effect: 'Allow',
      Action: 'rds:ModifyDBSnapshotAttribute',
      Resource: `arn:${partition}:rds:*:*:snapshot:awsbackup:*`,
    },
    {
      Sid: 'AllowSharingClusterSnapshots',
      Effect: 'Allow',
      Action: 'rds:ModifyDBClusterSnapshotAttribute',
      Resource: `arn:${partition}:rds:*:*:cluster-snapshot:awsbackup:*`,
    },
    {
      Sid: 'AllowCopyingFileSystemBackups',
      Effect: 'Allow',
      Action: ['fsx:CopyBackup', 'fsx:ManageBackupPrincipalAssociations'],
      Resource: `arn:${partition}:fsx:*:*:backup/*`,
    },
  ]);
