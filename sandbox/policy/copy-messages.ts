import { COPY_MESSAGES } from '../backup-api/copy-refusal';

/** Which of the two ends of a copy a key belongs to. */
export type CopyEnd = 'source' | 'destination';

/** Seen: https://github.com/awslabs/landing-zone-accelerator-on-aws/issues/195 */
export const notAssumable = (roleArn: string) => `The provided role ${roleArn} cannot be assumed by AWS Backup.`;

/**
 * Of the role and the vaults alike.
 * @see https://repost.aws/knowledge-center/backup-resolve-access-denied-error
 */
export const vaultDenied: string = COPY_MESSAGES.denied;

/** Seen of a restore: https://github.com/lgallard/terraform-aws-backup/issues/15 */
export const notShared =
  'You are not authorized to perform this operation. Please consult the permissions associated with your AWS Backup role';

/**
 * What the service behind a type says of a key that is not there, not enabled, or not for AWS Backup to use.
 * @see https://repost.aws/knowledge-center/backup-cross-account-copy-error
 */
export function keyNotAccessible(type: string, end: CopyEnd, keyArn: string): string {
  switch (type) {
    case 'EBS':
    case 'Storage Gateway':
      return 'Given key ID is not accessible';
    case 'EC2':
      // Seen: https://github.com/aws-samples/aws-backup-automation/issues/2
      return 'AMI snapshot copy failed with error: Given key ID is not accessible. You must have DescribeKey permissions on the default CMK';
    case 'RDS':
    case 'Aurora':
    case 'DocumentDB':
    case 'Neptune':
      // Seen of the source alone: https://github.com/awslabs/aurora-snapshot-tool/issues/29
      return `The ${end === 'source' ? 'source' : 'target'} snapshot KMS key [${keyArn}] does not exist, is not enabled or you do not have permissions to access it.`;
    default:
      // Nobody has reported AWS's words for these types.
      return `Copy job failed. The KMS key ${keyArn} of the ${end} does not exist, is not enabled or you do not have permissions to access it.`;
  }
}
