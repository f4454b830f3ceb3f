/**
 * What the commands of the day after and the audit call, by what it is done to: deploy roles may do this, as those commands work by them, and
 * the policies of operators are made of it.
 */
export const OPERATOR_ACTIONS = {
  /** Reads of what AWS Backup knows no resource for. */
  look: [
    'backup:DescribeCopyJob',
    'backup:DescribeGlobalSettings',
    'backup:DescribeRestoreJob',
    'backup:GetRestoreJobMetadata',
    'backup:ListBackupJobs',
    'backup:ListBackupPlans',
    'backup:ListBackupVaults',
    'backup:ListCopyJobs',
    'backup:ListRestoreJobs',
    'ec2:GetAllowedImagesSettings',
  ],
  /** What roles may do by policies that are attached to them. */
  policy: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
  plan: ['backup:ListBackupSelections'],
  vault: ['backup:ListRecoveryPointsByBackupVault'],
  lookAtPoint: ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata'],
  startCopy: ['backup:StartCopyJob'],
  /** AWS Backup asks the caller of a copy for it as it asks the role of the job. */
  copyOut: ['backup:CopyFromBackupVault'],
  restorePoint: ['backup:StartRestoreJob'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
