import { dnsSuffix } from '../aws/arn';
import type { SourceSite } from '../topology/topology';
import { copiesOnlyTo } from './copy-targets';
import { type PolicyDocument, policyDocument } from './policy-document';
import { recoveryPointArns } from './recovery-point-arns';

/**
 * The least that the caller of `npm run copy` needs in the account of a source: it starts jobs under the backup role, and can
 * copy to nowhere that the plans do not copy to.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 */
export function copyCallerPolicy(site: SourceSite): PolicyDocument {
  const { partition, region, accountId, backupRole, copyTargets } = site;
  const points = recoveryPointArns(site);
  return policyDocument([
    {
      Sid: 'AllowLookingAtJobsAndPlans',
      Effect: 'Allow',
      Action: ['backup:DescribeCopyJob', 'backup:ListBackupPlans', 'backup:ListCopyJobs'],
      Resource: '*',
    },
    {
      Sid: 'AllowReadingRules',
      Effect: 'Allow',
      Action: 'backup:GetBackupPlan',
      Resource: `arn:${partition}:backup:${region}:${accountId}:backup-plan:*`,
    },
    {
      Sid: 'AllowStartingCopies',
      Effect: 'Allow',
      Action: ['backup:DescribeRecoveryPoint', 'backup:StartCopyJob'],
      Resource: points,
    },
    {
      Sid: 'AllowCopyingToDestinationsOnly',
      Effect: 'Allow',
      Action: 'backup:CopyFromBackupVault',
      Resource: points,
      Condition: copiesOnlyTo(copyTargets),
    },
    {
      Sid: 'AllowRoleToBackup',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: backupRole.arn,
      Condition: { StringEquals: { 'iam:PassedToService': `backup.${dnsSuffix(partition)}` } },
    },
  ]);
}
