import type { DescribeRestoreJobOutput } from '@aws-sdk/client-backup';
import { invalidValue, notFound } from './errors';
import { emitRestoreJob } from './events';
import { found, isMadeWithin, page } from './lookups';
import type { Call, Handlers } from './operations';
import type { RestoreJob } from './place';
import { pointsOf } from './recovery-points';

/** Restore jobs; what they make is an ARN, and nothing behind it. */
export const restoreJobHandlers = {
  StartRestoreJob: ({ RecoveryPointArn, IamRoleArn, ResourceType, Metadata, IdempotencyToken }, call) => {
    const point = pointsOf(call).find((one) => one.RecoveryPointArn === RecoveryPointArn);
    if (!point) throw notFound('Recovery point', RecoveryPointArn);
    if (IamRoleArn === undefined) throw invalidValue('IAM role is required');
    if (ResourceType !== undefined && ResourceType !== point.ResourceType)
      throw invalidValue(`Invalid resource type ${ResourceType}: the recovery point is of ${point.ResourceType}`);
    const token = `restore ${IdempotencyToken}`;
    const known = call.place.startedBy.get(token);
    if (known !== undefined) return { RestoreJobId: known };
    const job: RestoreJob = {
      AccountId: call.accountId,
      RestoreJobId: call.world.nextId('restore-job', call),
      RecoveryPointArn,
      RecoveryPointCreationDate: point.CreationDate,
      SourceResourceArn: point.ResourceArn,
      BackupVaultArn: point.BackupVaultArn,
      CreationDate: call.now,
      Status: 'PENDING',
      PercentDone: '0.00%',
      BackupSizeInBytes: point.BackupSizeInBytes,
      IamRoleArn,
      ResourceType: point.ResourceType,
      metadata: Metadata,
    };
    if (IdempotencyToken !== undefined) call.place.startedBy.set(token, job.RestoreJobId ?? '');
    run(call, job);
    return { RestoreJobId: job.RestoreJobId };
  },

  DescribeRestoreJob: ({ RestoreJobId }, { place }) => found(place.restoreJobs, 'Restore job', RestoreJobId),

  ListRestoreJobs: (by, { place }) => {
    const all = [...place.restoreJobs.values()].filter(
      (job) =>
        (by.ByStatus === undefined || job.Status === by.ByStatus) &&
        (by.ByResourceType === undefined || job.ResourceType === by.ByResourceType) &&
        isMadeWithin(job, by),
    );
    const { items, NextToken } = page(all.reverse(), by);
    return { RestoreJobs: items, NextToken };
  },

  GetRestoreJobMetadata: ({ RestoreJobId }, { place }) => ({
    RestoreJobId,
    Metadata: { ...found(place.restoreJobs, 'Restore job', RestoreJobId).metadata },
  }),
} satisfies Handlers;

function run(call: Call, job: RestoreJob): void {
  const { world, place, accountId, region } = call;
  place.restoreJobs.set(job.RestoreJobId ?? '', job);
  const change = (changes: Partial<DescribeRestoreJobOutput>) => {
    Object.assign(job, changes);
    emitRestoreJob(world, { accountId, region }, job);
  };
  change({});
  world.later(() => {
    change({ Status: 'RUNNING' });
    world.later(() =>
      change({
        Status: 'COMPLETED',
        PercentDone: '100.00%',
        CompletionDate: world.clock(),
        CreatedResourceArn: restoredArn(job, call),
      }),
    );
  });
}

/** The ARN of what was backed up, with the restoring account and Region wherever the ARN has any. */
function restoredArn({ SourceResourceArn = '', RestoreJobId = '' }: DescribeRestoreJobOutput, call: Call): string {
  const [arn, partition, service, region, account, ...rest] = SourceResourceArn.split(':');
  const here = [region === '' ? '' : call.region, account === '' ? '' : call.accountId];
  return [arn, partition, service, ...here, `${rest.join(':')}-restored-${RestoreJobId.slice(0, 8)}`].join(':');
}
