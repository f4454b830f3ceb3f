/** AWS Backup, as trust policies and the organization name it. @see https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-backup.html */
export const BACKUP_PRINCIPAL = 'backup.amazonaws.com';
