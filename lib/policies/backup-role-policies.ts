import { managedPolicyArn, type Partition } from '../aws/arn';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { SCANNER_PRINCIPAL } from '../aws/scans';
import type { Plan } from '../topology/plan';
import type { SourceSite } from '../topology/topology';
import { type PolicyDocument, policyDocument } from './policy-document';

/**
 * Lets AWS Backup take a role, for resources of the role's own account only.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-service-confused-deputy-prevention.html
 */
export const backupTrustPolicy = (accountId: string): PolicyDocument =>
  policyDocument([
    {
      Sid: 'AllowBackupToAssume',
      Effect: 'Allow',
      Principal: { Service: BACKUP_PRINCIPAL },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    },
  ]);

/**
 * Lets GuardDuty take a role to scan with. AWS documents no condition for it, and none is needed against other accounts:
 * the role is passed by the backup role, and nobody can pass a role of another account.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-backup-iam-permissions.html
 */
export const scannerTrustPolicy = (): PolicyDocument =>
  policyDocument([
    {
      Sid: 'AllowGuardDutyToAssume',
      Effect: 'Allow',
      Principal: { Service: SCANNER_PRINCIPAL },
      Action: 'sts:AssumeRole',
    },
  ]);

/**
 * AWS's own policies of a role, by the purpose that names the attachment.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
 */
export type ManagedPolicies = Readonly<Record<string, string>>;

/**
 * What backs up and copies; starts scans where a plan has any, and reads what is indexed where a plan has that. AWS asks
 * for the policy of scans, although the one for backups has said the same since February 2026.
 */
export const backupPolicies = ({ partition, plans }: Pick<SourceSite, 'partition' | 'plans'>): ManagedPolicies => ({
  Backup: managedPolicyArn(partition, 'service-role/AWSBackupServiceRolePolicyForBackup'),
  S3Backup: managedPolicyArn(partition, 'AWSBackupServiceRolePolicyForS3Backup'),
  ...(plans.some(({ scannedTypes }) => scannedTypes !== undefined)
    ? { Scans: managedPolicyArn(partition, 'AWSBackupServiceRolePolicyForScans') }
    : {}),
  ...(plans.some(isIndexing) ? { Indexing: managedPolicyArn(partition, 'AWSBackupServiceRolePolicyForIndexing') } : {}),
});

/** Whether a rule of a plan has recovery points indexed. */
export const isIndexing = ({ rules }: Plan): boolean => rules.some(({ indexedTypes }) => indexedTypes.length > 0);

export const restorePolicies = (partition: Partition): ManagedPolicies => ({
  Restores: managedPolicyArn(partition, 'service-role/AWSBackupServiceRolePolicyForRestores'),
  S3Restore: managedPolicyArn(partition, 'AWSBackupServiceRolePolicyForS3Restore'),
});

/** What GuardDuty reads recovery points with; it opens those of AWS Backup's own, and shares snapshots with itself. */
export const scannerPolicies = (partition: Partition): ManagedPolicies => ({
  GuardDutyScans: managedPolicyArn(partition, 'AWSBackupGuardDutyRolePolicyForScans'),
});
