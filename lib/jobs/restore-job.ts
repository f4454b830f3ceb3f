import {
  BackupClient,
  DescribeRestoreJobCommand,
  GetRestoreJobMetadataCommand,
  paginateListRestoreJobs,
  type RestoreJobsListMember,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { ask } from '../live/ask';
import { listAll } from '../live/list-all';
import { LiveError } from '../live/live-error';
import { failed, type Telling } from './await-copy';
import { type TakenUp, tokenOf } from './copy-job';
import { JOBS_KEPT_DAYS } from './read-jobs';
import type { RestoreRequest } from './restore-request';
import { isUnderWay } from './troubles';
import { type JobState, waitFor } from './wait';

/** What a restore has made. */
export interface Restored {
  readonly jobId: string;
  /** Whether the job was there before. */
  readonly wasThere: boolean;
  /** Undefined of a type that makes several things. */
  readonly createdResourceArn: string | undefined;
}

const DAY_MS = 86_400_000;

/** For how long a restore that has ended well counts as the one that is asked for. */
export const RESTORE_COUNTS_DAYS = 1;

/**
 * Starts a restore or takes up the one that is there, and waits until it is done.
 * @param again - whether one that has ended well already does not count
 * @throws LiveError where it fails, with AWS's words
 */
export async function awaitRestore(
  entry: Entry,
  request: RestoreRequest,
  { again, now, ...telling }: Telling & { readonly again: boolean; readonly now: Date },
): Promise<Restored> {
  const { id, isNew } = await takeUpRestore(entry, request, again, now);
  const what = `restore job ${id}`;
  telling.onJob(what, isNew);
  const client = await entry.client(BackupClient, request);
  const look = async (): Promise<JobState & { readonly createdResourceArn: string | undefined }> => {
    const job = await ask('backup:DescribeRestoreJob', () =>
      client.send(new DescribeRestoreJobCommand({ RestoreJobId: id })),
    );
    const { Status = '', StatusMessage: message, PercentDone: percentDone, CreatedResourceArn } = job;
    return { state: Status, message, percentDone, createdResourceArn: CreatedResourceArn };
  };
  const { state, message, createdResourceArn } = await waitFor(look, { what, ...telling });
  if (state !== 'COMPLETED') throw failed(what, state, message);
  return { jobId: id, wasThere: !isNew, createdResourceArn };
}

async function takeUpRestore(entry: Entry, request: RestoreRequest, again: boolean, now: Date): Promise<TakenUp> {
  const client = await entry.client(BackupClient, request);
  const ByCreatedAfter = new Date(now.getTime() - JOBS_KEPT_DAYS * DAY_MS);
  const jobs = await listAll(
    'backup:ListRestoreJobs',
    () => paginateListRestoreJobs({ client }, { ByCreatedAfter, ByResourceType: request.resourceType }),
    ({ RestoreJobs }) => RestoreJobs,
  );
  const own = jobs
    .filter(({ RecoveryPointArn }) => RecoveryPointArn === request.recoveryPointArn)
    .toSorted((one, other) => timeOf(other) - timeOf(one));
  const isRecent = (job: RestoreJobsListMember) => timeOf(job) > now.getTime() - RESTORE_COUNTS_DAYS * DAY_MS;
  for (const job of own) {
    const { RestoreJobId: id, Status } = job;
    const counts = isUnderWay(Status) || (!again && Status === 'COMPLETED' && isRecent(job));
    if (!counts || id === undefined) continue;
    const { Metadata = {} } = await ask('backup:GetRestoreJobMetadata', () =>
      client.send(new GetRestoreJobMetadataCommand({ RestoreJobId: id })),
    );
    if (isSame(request.metadata, Metadata)) return { id, isNew: false };
  }
  const { recoveryPointArn, roleArn, metadata, resourceType, copiesTags } = request;
  const { RestoreJobId } = await ask('backup:StartRestoreJob', () =>
    client.send(
      new StartRestoreJobCommand({
        RecoveryPointArn: recoveryPointArn,
        IamRoleArn: roleArn,
        Metadata: metadata,
        ResourceType: resourceType,
        ...(copiesTags ? { CopySourceTagsToRestoredResource: true } : {}),
        IdempotencyToken: tokenOf({ recoveryPointArn, roleArn, metadata, copiesTags }, own[0]?.RestoreJobId),
      }),
    ),
  );
  if (RestoreJobId === undefined) throw new LiveError('backup:StartRestoreJob: AWS Backup gave no job id');
  return { id: RestoreJobId, isNew: true };
}

/** Whether a job was told all that is asked now; AWS may have added what goes without saying. */
function isSame(asked: Readonly<Record<string, string>>, told: Readonly<Record<string, string>>): boolean {
  const known = new Map(Object.entries(told).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(asked).every(([key, value]) => known.get(key.toLowerCase()) === value);
}

const timeOf = ({ CreationDate }: RestoreJobsListMember) => CreationDate?.getTime() ?? 0;
