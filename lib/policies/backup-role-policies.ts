import { managedPolicyArn, type Partition } from '../aws/arn';
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
      Principal: { Service: 'backup.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    },
  ]);

/**
 * AWS's own policies of a role, by the purpose that names the attachment.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
 */
export type ManagedPolicies = Readonly<Record<string, string>>;

export const backupPolicies = (partition: Partition): ManagedPolicies => ({
  Backup: managedPolicyArn(partition, 'service-role/AWSBackupServiceRolePolicyForBackup'),
  S3Backup: managedPolicyArn(partition, 'AWSBackupServiceRolePolicyForS3Backup'),
});

export const restorePolicies = (partition: Partition): ManagedPolicies => ({
  Restores: managedPolicyArn(partition, 'service-role/AWSBackupServiceRolePolicyForRestores'),
  S3Restore: managedPolicyArn(partition, 'AWSBackupServiceRolePolicyForS3Restore'),
});
