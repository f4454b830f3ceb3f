import type { BackupJob, CopyJob, DescribeRestoreJobOutput } from '@aws-sdk/client-backup';
import type { World } from './world';

interface Where {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Events as AWS Backup's guide shows them: keys in lower case, times in ISO form.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function emitCopyJob(world: World, where: Where, job: CopyJob): void {
  emit(world, where, 'Copy Job State Change', [job.SourceRecoveryPointArn], {
    ...common(job),
    copyJobId: job.CopyJobId,
    sourceBackupVaultArn: job.SourceBackupVaultArn,
    destinationBackupVaultArn: job.DestinationBackupVaultArn,
    // An empty object, not nothing, as long as there is none.
    destinationRecoveryPointArn: job.DestinationRecoveryPointArn ?? {},
  });
}

/** {@link emitCopyJob} for backup jobs. */
export function emitBackupJob(world: World, where: Where, job: BackupJob): void {
  emit(world, where, 'Backup Job State Change', [job.RecoveryPointArn ?? job.BackupVaultArn], {
    ...common(job),
    backupJobId: job.BackupJobId,
    backupVaultArn: job.BackupVaultArn,
    backupVaultName: job.BackupVaultName,
    percentDone: Number(job.PercentDone ?? 0),
  });
}

/** {@link emitCopyJob} for restore jobs, which call their state a status. */
export function emitRestoreJob(world: World, where: Where, job: DescribeRestoreJobOutput): void {
  emit(world, where, 'Restore Job State Change', [job.RecoveryPointArn], {
    restoreJobId: job.RestoreJobId,
    status: job.Status,
    statusMessage: job.StatusMessage,
    resourceType: job.ResourceType,
    iamRoleArn: job.IamRoleArn,
    creationDate: job.CreationDate?.toISOString(),
    completionDate: job.CompletionDate?.toISOString(),
    createdResourceArn: job.CreatedResourceArn,
    percentDone: Number(job.PercentDone ?? 0),
  });
}

function common(job: BackupJob | CopyJob) {
  const { CreatedBy: by } = job;
  return {
    state: job.State,
    statusMessage: job.StatusMessage,
    backupSizeInBytes: job.BackupSizeInBytes,
    resourceArn: job.ResourceArn,
    resourceType: job.ResourceType,
    iamRoleArn: job.IamRoleArn,
    creationDate: job.CreationDate?.toISOString(),
    completionDate: job.CompletionDate?.toISOString(),
    ...(by
      ? {
          createdBy: {
            backupPlanId: by.BackupPlanId,
            backupPlanArn: by.BackupPlanArn,
            backupPlanVersion: by.BackupPlanVersion,
            backupPlanRuleId: by.BackupRuleId,
          },
        }
      : {}),
  };
}

function emit(
  world: World,
  where: Where,
  detailType: string,
  resources: readonly (string | undefined)[],
  detail: Readonly<Record<string, unknown>>,
): void {
  const known = Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
  const named = resources.filter((arn) => arn !== undefined);
  world.during(async () => world.seams.onEvent({ ...where, detailType, resources: named, detail: known }));
}
