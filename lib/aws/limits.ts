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

/** Longest backup window in minutes (one hundred years). @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
export const MAX_WINDOW_MINUTES = 52_560_000;

/** Longest name of a backup plan, rule or selection. */
export const MAX_PLAN_NAME_LENGTH = 50;
