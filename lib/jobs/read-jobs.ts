import {
  BackupClient,
  type BackupJob,
  type CopyJob,
  paginateListBackupJobs,
  paginateListCopyJobs,
  paginateListRestoreJobs,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import type { Entry, Workplace } from '../accounts/entry';
import { listAll } from '../live/list-all';

/** How far back AWS Backup lists jobs. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListCopyJobs.html */
export const JOBS_KEPT_DAYS = 30;

/** The jobs of an account in a Region, whichever vault they are of. */
export interface Jobs {
  readonly backups: readonly BackupJob[];
  readonly copies: readonly CopyJob[];
  readonly restores: readonly RestoreJobsListMember[];
}

/**
 * Reads the jobs that were made after a moment; AWS has those of {@link JOBS_KEPT_DAYS} days.
 * @throws LiveError where they cannot be read
 */
export async function readJobs(entry: Entry, place: Workplace, after: Date): Promise<Jobs> {
  const client = await entry.client(BackupClient, place);
  const given = { ByCreatedAfter: after };
  const [backups, copies, restores] = await Promise.all([
    listAll(
      'backup:ListBackupJobs',
      () => paginateListBackupJobs({ client }, given),
      ({ BackupJobs }) => BackupJobs,
    ),
    listAll(
      'backup:ListCopyJobs',
      () => paginateListCopyJobs({ client }, given),
      ({ CopyJobs }) => CopyJobs,
    ),
    listAll(
      'backup:ListRestoreJobs',
      () => paginateListRestoreJobs({ client }, given),
      ({ RestoreJobs }) => RestoreJobs,
    ),
  ]);
  return { backups, copies, restores };
}
