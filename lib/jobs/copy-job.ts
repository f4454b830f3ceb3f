import { createHash } from 'node:crypto';
import {
  BackupClient,
  type CopyJob,
  DescribeCopyJobCommand,
  DescribeRecoveryPointCommand,
  type DescribeRecoveryPointOutput,
  type Lifecycle,
  paginateListCopyJobs,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { ask } from '../live/ask';
import { listAll } from '../live/list-all';
import { LiveError } from '../live/live-error';
import { type Vault, vaultAt } from './edges';
import { isUnderWay } from './troubles';
import type { JobState } from './wait';

/** A copy on demand. */
export interface CopyOrder {
  readonly recoveryPointArn: string;
  /** The vault that it is in, where the job runs. */
  readonly source: Vault;
  readonly destinationVaultArn: string;
  /** The role of the job. */
  readonly roleArn: string;
  readonly lifecycle: Lifecycle;
}

/** A copy job, and whether it was there before. */
export interface TakenUp {
  readonly id: string;
  readonly isNew: boolean;
}

/** As much of a copy job as the end of waiting tells. */
export interface CopyState extends JobState {
  readonly recoveryPointArn: string | undefined;
}

/**
 * Starts a copy, unless one of the same recovery point to the same vault is under way, or has been made and is still there
 * with the same retention. A request whose answer was lost is sent again under the same token, which starts nothing twice.
 * @param again - whether a copy that is there does not count
 */
export async function takeUpCopy(entry: Entry, order: CopyOrder, again: boolean): Promise<TakenUp> {
  const client = await entry.client(BackupClient, order.source);
  const jobs = await listAll(
    'backup:ListCopyJobs',
    () =>
      paginateListCopyJobs(
        { client },
        { BySourceRecoveryPointArn: order.recoveryPointArn, ByDestinationVaultArn: order.destinationVaultArn },
      ),
    ({ CopyJobs }) => CopyJobs,
  );
  const newestFirst = jobs.toSorted((one, other) => timeOf(other) - timeOf(one));
  const running = newestFirst.find(({ State }) => isUnderWay(State));
  if (running?.CopyJobId !== undefined) return { id: running.CopyJobId, isNew: false };
  if (!again)
    for (const job of newestFirst)
      if (job.CopyJobId !== undefined && job.State === 'COMPLETED' && (await isStillThere(entry, order, job)))
        return { id: job.CopyJobId, isNew: false };
  const { CopyJobId } = await ask('backup:StartCopyJob', () =>
    client.send(
      new StartCopyJobCommand({
        RecoveryPointArn: order.recoveryPointArn,
        SourceBackupVaultName: order.source.name,
        DestinationBackupVaultArn: order.destinationVaultArn,
        IamRoleArn: order.roleArn,
        Lifecycle: order.lifecycle,
        IdempotencyToken: tokenOf(order, newestFirst[0]?.CopyJobId),
      }),
    ),
  );
  if (CopyJobId === undefined) throw new LiveError('backup:StartCopyJob: AWS Backup gave no job id');
  return { id: CopyJobId, isNew: true };
}

/** Looks how far a copy job is. */
export async function lookAtCopy(entry: Entry, { source }: CopyOrder, id: string): Promise<CopyState> {
  const client = await entry.client(BackupClient, source);
  const { CopyJob } = await ask('backup:DescribeCopyJob', () =>
    client.send(new DescribeCopyJobCommand({ CopyJobId: id })),
  );
  return {
    state: CopyJob?.State ?? '',
    message: CopyJob?.StatusMessage,
    recoveryPointArn: CopyJob?.DestinationRecoveryPointArn,
  };
}

/** What a copy has made; undefined where it is not there any more, or in an account outside of the config. */
export async function copiedPoint(
  entry: Entry,
  vaultArn: string,
  RecoveryPointArn: string,
): Promise<DescribeRecoveryPointOutput | undefined> {
  const vault = vaultAt(vaultArn);
  if (!vault) return undefined;
  const client = await entry.client(BackupClient, vault);
  return ask<DescribeRecoveryPointOutput | undefined>(
    'backup:DescribeRecoveryPoint',
    () => client.send(new DescribeRecoveryPointCommand({ BackupVaultName: vault.name, RecoveryPointArn })),
    { ResourceNotFoundException: undefined, InvalidParameterValueException: undefined },
  );
}

/** Of a vault that cannot be looked into, the job alone tells. */
async function isStillThere(entry: Entry, order: CopyOrder, job: CopyJob): Promise<boolean> {
  if (job.DestinationRecoveryPointArn === undefined) return false;
  try {
    const point = await copiedPoint(entry, order.destinationVaultArn, job.DestinationRecoveryPointArn);
    return point !== undefined && point.Lifecycle?.DeleteAfterDays === order.lifecycle.DeleteAfterDays;
  } catch (error) {
    if (error instanceof LiveError) return true;
    throw error;
  }
}

/** The same for the same order, until a job has come of it: that one's end makes room for another. */
export const tokenOf = (order: object, lastJobId: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([order, lastJobId ?? 'first']))
    .digest('hex');

const timeOf = ({ CreationDate }: CopyJob) => CreationDate?.getTime() ?? 0;
