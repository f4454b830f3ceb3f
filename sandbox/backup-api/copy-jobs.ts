import type { CopyJob, Lifecycle, RecoveryPointCreator } from '@aws-sdk/client-backup';
import { knownFactsOf } from '../fixtures/recovery-points';
import { parseVaultArn, partitionOf } from './arns';
import { copyRefusal } from './copy-refusal';
import { invalidValue } from './errors';
import { emitCopyJob } from './events';
import { lifecycleProblem } from './lifecycle';
import { found, isMadeWithin, page, recoveryPointOf, vaultOf } from './lookups';
import type { Handlers } from './operations';
import type { RecoveryPoint, Vault } from './place';
import { makeRecoveryPoint } from './recovery-point-maker';
import type { World } from './world';

/** What a copy job copies, and where to. */
export interface CopyOrder {
  readonly source: Vault;
  readonly recoveryPoint: RecoveryPoint;
  readonly destinationArn: string;
  readonly roleArn: string;
  /** Undefined of a copy that keeps what its source has. */
  readonly lifecycle: Lifecycle | undefined;
  readonly createdBy: RecoveryPointCreator | undefined;
}

/** Copy jobs on demand, in the account and Region of the source; those of plans are started the same way. */
export const copyJobHandlers = {
  StartCopyJob: (given, call) => {
    const source = vaultOf(call, given.SourceBackupVaultName);
    const recoveryPoint = recoveryPointOf(call, source.name, given.RecoveryPointArn);
    const { DestinationBackupVaultArn: destinationArn, Lifecycle: lifecycle } = given;
    const destination = parseVaultArn(destinationArn);
    if (!destination || destination.partition !== partitionOf(call.region))
      throw invalidValue(`Invalid destination backup vault ARN ${destinationArn}`, destinationArn);
    if (destinationArn === source.arn) throw invalidValue('Source and destination backup vaults cannot be the same');
    const problem = lifecycleProblem(lifecycle ?? {});
    if (problem) throw invalidValue(problem);
    const order = { source, recoveryPoint, destinationArn, roleArn: given.IamRoleArn, lifecycle, createdBy: undefined };
    const { IdempotencyToken: token } = given;
    const known = call.place.copyJobs.get(call.place.startedBy.get(`copy ${token}`) ?? '');
    const job = known ?? startCopy(call.world, order);
    if (token !== undefined) call.place.startedBy.set(`copy ${token}`, job.CopyJobId ?? '');
    return { CopyJobId: job.CopyJobId, CreationDate: job.CreationDate, IsParent: false };
  },

  DescribeCopyJob: ({ CopyJobId }, { place }) => ({ CopyJob: found(place.copyJobs, 'Copy job', CopyJobId) }),

  ListCopyJobs: (by, { place }) => {
    const all = [...place.copyJobs.values()].filter(
      (job) =>
        (by.ByState === undefined || job.State === by.ByState) &&
        (by.ByResourceArn === undefined || job.ResourceArn === by.ByResourceArn) &&
        (by.ByResourceType === undefined || job.ResourceType === by.ByResourceType) &&
        (by.ByDestinationVaultArn === undefined || job.DestinationBackupVaultArn === by.ByDestinationVaultArn) &&
        (by.BySourceRecoveryPointArn === undefined || job.SourceRecoveryPointArn === by.BySourceRecoveryPointArn) &&
        isMadeWithin(job, by),
    );
    const { items, NextToken } = page(all.reverse(), by);
    return { CopyJobs: items, NextToken };
  },
} satisfies Handlers;

/** Starts a copy job, which runs and ends by itself; whether it may is decided when it runs, as on AWS. */
export function startCopy(world: World, order: CopyOrder): CopyJob {
  const { source, recoveryPoint, destinationArn } = order;
  const id = world.nextId('copy-job', source);
  const job: CopyJob = {
    AccountId: source.accountId,
    CopyJobId: id,
    SourceBackupVaultArn: source.arn,
    SourceRecoveryPointArn: recoveryPoint.RecoveryPointArn,
    DestinationBackupVaultArn: destinationArn,
    ResourceArn: recoveryPoint.ResourceArn,
    ResourceType: recoveryPoint.ResourceType,
    ResourceName: recoveryPoint.ResourceName,
    BackupSizeInBytes: recoveryPoint.BackupSizeInBytes,
    IamRoleArn: order.roleArn,
    CreationDate: world.clock(),
    CreatedBy: order.createdBy,
    State: 'CREATED',
    IsParent: false,
  };
  world.place(source.accountId, source.region).copyJobs.set(id, job);
  const change = (changes: Partial<CopyJob>) => {
    Object.assign(job, changes);
    emitCopyJob(world, source, job);
  };
  change({});
  world.later(() => {
    change({ State: 'RUNNING' });
    world.later(async () => {
      const made = await copy(world, order, id);
      const CompletionDate = world.clock();
      if (typeof made === 'string')
        change({ State: 'FAILED', CompletionDate, StatusMessage: made, MessageCategory: 'FAILURE' });
      else
        change({
          State: 'COMPLETED',
          CompletionDate,
          DestinationRecoveryPointArn: made.RecoveryPointArn,
          MessageCategory: 'SUCCESS',
        });
    });
  });
  return job;
}

/** The copy, or why there is none. */
async function copy(world: World, order: CopyOrder, id: string): Promise<RecoveryPoint | string> {
  const { source, recoveryPoint, destinationArn, roleArn } = order;
  const destination = world.vaultAt(destinationArn);
  const lifecycle = lifecycleOf(order);
  const refusal = copyRefusal(world, { recoveryPoint, source, destination, lifecycle });
  if (refusal !== undefined || !destination) return refusal ?? 'Copy job failed.';
  const denial = await world.seams.permitCopy({ recoveryPoint, source, destination, roleArn });
  if (denial !== undefined) return denial;
  const type = recoveryPoint.ResourceType;
  const facts = knownFactsOf(type, world.place(source.accountId, source.region).regionSettings.management);
  const staysOpen = facts.staysUnencrypted && !recoveryPoint.IsEncrypted;
  return makeRecoveryPoint(world, destination, {
    job: { kind: 'copyjob', id },
    resourceArn: recoveryPoint.ResourceArn,
    type,
    facts,
    roleArn,
    sizeInBytes: recoveryPoint.BackupSizeInBytes ?? 0,
    created: recoveryPoint.CreationDate,
    lifecycle,
    createdBy: order.createdBy,
    keyArn: staysOpen ? undefined : destination.keyArn,
    tags: world.place(source.accountId, source.region).tags.get(recoveryPoint.RecoveryPointArn) ?? {},
    sourceVaultArn: source.arn,
  });
}

/**
 * A copy without a lifecycle, or one that is never to expire, goes when its source goes.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
const lifecycleOf = ({ lifecycle, recoveryPoint }: CopyOrder): Lifecycle | undefined =>
  lifecycle?.DeleteAfterDays === undefined || lifecycle.DeleteAfterDays === -1 ? recoveryPoint.Lifecycle : lifecycle;
