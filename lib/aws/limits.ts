/**
 * Most principals a vault policy of ours lists one by one; beyond it the policy goes by organizational unit.
 * Ours, not AWS's: a list this long is past reading, and grows with every new account.
 */
export const MAX_LISTED_ACCOUNTS = 100;

/**
 * Most source sites that one destination copies back to: its restore role lists their vaults (at most 105 characters
 * each) in a policy that may have 10,240.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_COPY_BACK_SITES = 75;

/** Days a recovery point may be kept: 1 to this. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
export const MAX_RETENTION_DAYS = 36_500;

/** Days that cold storage is paid for at least, and kept. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
export const COLD_STORAGE_MINIMUM_DAYS = 90;

/**
 * Days in warm storage below which the next backup may find no earlier one to build on, and is a full one.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export const ADVISED_WARM_DAYS = 8;

/** The same for retention as a whole. */
export const ADVISED_RETENTION_DAYS = 7;

/** Longest retention of continuous backups. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html */
export const MAX_CONTINUOUS_DAYS = 35;

/** Shortest backup window in minutes. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
export const MIN_WINDOW_MINUTES = 60;

/** Longest backup window in minutes (one hundred years). @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
export const MAX_WINDOW_MINUTES = 52_560_000;

/** Completion window in minutes below which a first copy of a large resource is likely to be cancelled: a day. */
export const ADVISED_COMPLETION_MINUTES = 1_440;

/** Days in which a compliance lock can still be taken back. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html */
export const MIN_CHANGEABLE_DAYS = 3;

/**
 * Shortest bound of a logically air-gapped vault, in days.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateLogicallyAirGappedBackupVault.html
 */
export const MIN_AIR_GAPPED_RETENTION_DAYS = 7;

/** Longest name of a backup plan, rule or selection. */
export const MAX_PLAN_NAME_LENGTH = 50;

/** What one plan may hold. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html */
export const PLAN_LIMITS = {
  rules: 10,
  copiesInRule: 5,
  selections: 100,
  selectionsWithTags: 10,
  recoveryPointTags: 10,
} as const;

/** What one selection may hold. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html */
export const SELECTION_LIMITS = {
  tags: 30,
  arns: 500,
  arnsWithWildcard: 30,
} as const;

/** What one Region of an account may hold. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html */
export const PLANS_IN_REGION = 300;

/**
 * Characters that one policy document may have, white space apart; a role's inline policies count together.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
export const POLICY_LIMITS = {
  serviceControl: 10_240,
  key: 32_768,
  roleInline: 10_240,
  roleTrust: 2_048,
  resourcePolicy: 40_000,
} as const;

/** Service control policies that one target can have. @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
export const MAX_SERVICE_CONTROL_POLICIES = 10;

/**
 * What AWS Organizations takes: characters of a backup policy, white space too, and such policies on one target.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const BACKUP_POLICY_LIMITS = { characters: 10_000, perTarget: 10 } as const;

/** Days in which the deletion of a key can be called off: the most that KMS gives. @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
export const KEY_DELETION_WINDOW_DAYS = 30;
