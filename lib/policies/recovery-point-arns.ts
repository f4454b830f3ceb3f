import type { Place } from '../aws/arn';

/**
 * The recovery points of an account in a Region, by what AWS Backup calls them; the Region may be `*`.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html#resource-arns-table
 */
export const recoveryPointArns = ({ partition, region, accountId }: Place): string[] =>
  [
    `backup:${region}:${accountId}:recovery-point:*`,
    `ec2:${region}::snapshot/*`,
    `ec2:${region}::image/*`,
    `rds:${region}:${accountId}:snapshot:awsbackup:*`,
    `rds:${region}:${accountId}:cluster-snapshot:awsbackup:*`,
    `fsx:${region}:${accountId}:backup/*`,
    `redshift:${region}:${accountId}:snapshot:*`,
    `dynamodb:${region}:${accountId}:table/*/backup/*`,
  ].map((rest) => `arn:${partition}:${rest}`);
