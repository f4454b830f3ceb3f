import type { BackupJob, CopyJob, DescribeRestoreJobOutput } from '@aws-sdk/client-backup';
import { notify } from './notifications';
import type { Vault } from './place';
import type { World } from './world';

interface Where {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Events as AWS Backup's guide shows them: keys in lower case, times in ISO form. The topic of the source vault is told
 * besides, as that of a vault is of every job.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function emitCopyJob(world: World, source: Vault, job: CopyJob): void {
  notify(world, source, {
    kind: 'COPY_JOB',
    id: job.CopyJobId,
    state: job.State,
    resourceArn: job.ResourceArn,
    recoveryPointArn: job.DestinationRecoveryPointArn,
    started: job.CreationDate,
  });
  emit(world, source, 'Copy Job State Change', [job.SourceRecoveryPointArn], {
    ...common(job),
    copyJobId: job.CopyJobId,
    sourceBackupVaultArn: job.SourceBackupVaultArn,
    destinationBackupVaultArn: job.DestinationBackupVaultArn,
    // An empty object, not nothing, as long as there is none.
    destinationRecoveryPointArn: job.DestinationRecoveryPointArn ?? {},
  });
}

/** {@link emitCopyJob} for backup jobs. */
export function emitBackupJob(world: World, vault: Vault, job: BackupJob): void {
  notify(world, vault, {
    kind: 'BACKUP_JOB',
    id: job.BackupJobId,
    state: job.State,
    resourceArn: job.ResourceArn,
    recoveryPointArn: job.RecoveryPointArn,
    started: job.CreationDate,
  });
  emit(world, vault, 'Backup Job State Change', [job.RecoveryPointArn ?? job.BackupVaultArn], {
    ...common(job),
    backupJobId: job.BackupJobId,
    backupVaultArn: job.BackupVaultArn,
    backupVaultName: job.BackupVaultName,
    percentDone: Number(job.PercentDone ?? 0),
  });
}

/** {@link emitCopyJob} for restore jobs, which call their state a status. */
export function emitRestoreJob(world: World, where: Where, job: DescribeRestoreJobOutput): void {
  notify(world, world.vaultAt(job.BackupVaultArn ?? ''), {
    kind: 'RESTORE_JOB',
    id: job.RestoreJobId,
    state: job.Status,
    resourceArn: job.SourceResourceArn,
    recoveryPointArn: job.RecoveryPointArn,
    started: job.CreationDate,
  });
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
  const { accountId, region } = where;
  const event = { accountId, region, detailType, resources: named, detail: known };
  world.during(async () => world.seams.onEvent(event));
}
