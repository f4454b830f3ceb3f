/** AWS Backup, as trust policies and the organization name it. @see https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-backup.html */
export const BACKUP_PRINCIPAL = 'backup.amazonaws.com';

/**
 * How a backup policy says the account that it is applied to.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export const POLICY_ACCOUNT = '$account';
