/**
 * What can be done to a vault to get at its recovery points: its policy, its lock, its alarms, its approval team.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 */
export const VAULT_TAMPER_ACTIONS = [
  'backup:DeleteBackupVault',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:PutBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultLockConfiguration',
  'backup:PutBackupVaultLockConfiguration',
  'backup:DeleteBackupVaultNotifications',
  'backup:PutBackupVaultNotifications',
  'backup:AssociateBackupVaultMpaApprovalTeam',
  'backup:DisassociateBackupVaultMpaApprovalTeam',
  'backup:RevokeRestoreAccessBackupVault',
] as const;

/**
 * What can be done so that an air-gapped vault is shared with somebody else, or no longer with those that restore.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsresourceaccessmanager.html
 */
export const SHARING_ACTIONS = ['ram:CreateResourceShare', 'ram:AssociateResourceShare'] as const;
export const SHARE_TAMPER_ACTIONS = [
  'ram:AssociateResourceShare',
  'ram:DisassociateResourceShare',
  'ram:UpdateResourceShare',
  'ram:DeleteResourceShare',
] as const;

/**
 * What AWS RAM does to a vault that is shared. Denied by guardrails alone: the vault's own policy would bind RAM itself.
 */
export const VAULT_SHARING_ACTIONS = [
  'backup:PutBackupVaultSharingPolicy',
  'backup:DeleteBackupVaultSharingPolicy',
] as const;

/** What can be done to a recovery point so that it is gone, or gone earlier. */
export const RECOVERY_POINT_TAMPER_ACTIONS = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:DisassociateRecoveryPoint',
  'backup:DisassociateRecoveryPointFromParent',
] as const;

/**
 * What opens a recovery point to whoever the opener names, past every list of copy targets. An access point also holds
 * up its expiry.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-access-points.html
 */
export const OPENING_ACTIONS = ['backup:CreateBackupAccessPoint'] as const;

/** What can be done in an account so that fewer recovery points are made, or a hold on them ends. */
export const SETTINGS_TAMPER_ACTIONS = [
  'backup:UpdateGlobalSettings',
  'backup:UpdateRegionSettings',
  'backup:CancelLegalHold',
  'backup:StopBackupJob',
] as const;

/** What can be done to a plan so that it backs up less, or elsewhere. */
export const PLAN_TAMPER_ACTIONS = [
  'backup:DeleteBackupPlan',
  'backup:UpdateBackupPlan',
  'backup:CreateBackupSelection',
  'backup:DeleteBackupSelection',
] as const;

/**
 * What can be done to a key so that nothing it encrypts can be read again, or others read it.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KEY_TAMPER_ACTIONS = [
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:DeleteImportedKeyMaterial',
] as const;

/**
 * What gives up a grant that AWS Backup reads a key by. No key policy can deny it to the account that made the grant.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html
 */
export const GRANT_TAMPER_ACTIONS = ['kms:RetireGrant'] as const;

/** Tags decide what guardrails protect. */
export const TAGGING_ACTIONS = [
  'backup:TagResource',
  'backup:UntagResource',
  'kms:TagResource',
  'kms:UntagResource',
] as const;

/** The same for shares of vaults. */
export const SHARE_TAGGING_ACTIONS = ['ram:TagResource', 'ram:UntagResource'] as const;

/** What can be done to an EBS snapshot or a machine image that AWS Backup made, past AWS Backup: delete it, or share it. */
export const SNAPSHOT_TAMPER_ACTIONS = [
  'ec2:DeleteSnapshot',
  'ec2:DeregisterImage',
  'ec2:ModifySnapshotAttribute',
  'ec2:ModifyImageAttribute',
  'ec2:DisableImage',
  'ec2:ModifySnapshotTier',
] as const;

/** What would take AWS Backup's mark off a copy, or put it on. */
export const SNAPSHOT_TAGGING_ACTIONS = ['ec2:CreateTags', 'ec2:DeleteTags'] as const;

/** The same for snapshots of RDS, Aurora, DocumentDB and Neptune. */
export const DATABASE_SNAPSHOT_TAMPER_ACTIONS = [
  'rds:DeleteDBSnapshot',
  'rds:DeleteDBClusterSnapshot',
  'rds:ModifyDBSnapshotAttribute',
  'rds:ModifyDBClusterSnapshotAttribute',
] as const;

/**
 * What can be done to a role to act as it, or to a name so that it becomes such a role.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const ROLE_TAMPER_ACTIONS = [
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:UpdateRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:AttachRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePolicy',
  'iam:DeleteRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:DeleteServiceLinkedRole',
] as const;

/**
 * What takes an account, and all that is in it, out of reach: closed, its vaults are deleted after ninety days, locked
 * or not.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html
 */
export const ACCOUNT_TAMPER_ACTIONS = ['organizations:LeaveOrganization', 'account:CloseAccount'] as const;
