import { knownFailure } from '../aws/known-failures';
import type { Vault } from './edges';
import type { Jobs } from './read-jobs';

/** A job that has not ended well, or not yet. */
export interface Trouble {
  readonly kind: 'backup' | 'copy' | 'restore';
  readonly id: string;
  /** As AWS Backup has it, such as `FAILED`, `RUNNING` or `EXPIRED`. */
  readonly state: string;
  /** Where it runs, and of a copy where it goes, as the config calls them. */
  readonly from: string;
  readonly to: string | undefined;
  readonly resourceArn: string;
  readonly created: Date | undefined;
  readonly percentDone: string | undefined;
  /** AWS's own words. */
  readonly message: string | undefined;
  /** The heading of the runbook that tells of the message; undefined of one that is not known. */
  readonly known: string | undefined;
  /** Whether a later job for the same has ended well. */
  readonly isMadeUp: boolean;
}

/** States of jobs that nobody has to look at. */
const WELL = ['COMPLETED'];
const UNDER_WAY = ['CREATED', 'PENDING', 'RUNNING', 'ABORTING'];

/** Whether a job goes on. */
export const isUnderWay = (state: string | undefined): boolean => UNDER_WAY.includes(state ?? '');

interface Told {
  readonly kind: Trouble['kind'];
  readonly id: string | undefined;
  readonly state: string | undefined;
  readonly vaultArn: string | undefined;
  readonly to?: string | undefined;
  readonly resourceArn: string | undefined;
  readonly created: Date | undefined;
  readonly percentDone?: string | undefined;
  readonly message: string | undefined;
}

/**
 * What has not ended well among the jobs of an account in a Region, made after a moment; jobs of vaults that are not of the
 * config are left out.
 */
export function troublesOf(jobs: Jobs, vaults: readonly Vault[], after: Date): Trouble[] {
  const labels = new Map(vaults.map(({ arn, label }) => [arn, label]));
  const told = toldOf(jobs).filter(({ created }) => created === undefined || created >= after);
  const lastWell = new Map<string, Date>();
  for (const job of told) {
    const { created, state } = job;
    const known = lastWell.get(matterOf(job));
    if (created && WELL.includes(state ?? '') && !(known && known > created)) lastWell.set(matterOf(job), created);
  }
  return told.flatMap((job) => {
    const { kind, id = '', state = '', vaultArn = '', to, resourceArn = '', created, percentDone, message } = job;
    const from = labels.get(vaultArn);
    // The vault of a restore is not always told.
    if (WELL.includes(state) || (from === undefined && !(kind === 'restore' && vaultArn === ''))) return [];
    const well = lastWell.get(matterOf(job));
    return {
      kind,
      id,
      state,
      from: from ?? '',
      to: to === undefined ? undefined : (labels.get(to) ?? to),
      resourceArn,
      created,
      percentDone: isUnderWay(state) ? percentDone : undefined,
      message,
      known: message === undefined ? known(state) : knownFailure(message)?.title,
      isMadeUp: !isUnderWay(state) && well !== undefined && created !== undefined && well > created,
    };
  });
}

/** A job that expired says so by its state, whether or not in words. */
const known = (state: string) => (state === 'EXPIRED' ? knownFailure('expired')?.title : undefined);

/** What a job is for: another one for the same makes up for it. A restore stands for itself. */
const matterOf = ({ kind, id, resourceArn, vaultArn, to }: Told) =>
  [kind, resourceArn, vaultArn, to, kind === 'restore' ? id : ''].join(' ');

const toldOf = ({ backups, copies, restores }: Jobs): Told[] => [
  ...backups.map((job) => ({
    kind: 'backup' as const,
    id: job.BackupJobId,
    state: job.State,
    vaultArn: job.BackupVaultArn,
    resourceArn: job.ResourceArn,
    created: job.CreationDate,
    percentDone: job.PercentDone,
    message: job.StatusMessage,
  })),
  ...copies.map((job) => ({
    kind: 'copy' as const,
    id: job.CopyJobId,
    state: job.State,
    vaultArn: job.SourceBackupVaultArn,
    to: job.DestinationBackupVaultArn,
    resourceArn: job.ResourceArn,
    created: job.CreationDate,
    message: job.StatusMessage,
  })),
  ...restores.map((job) => ({
    kind: 'restore' as const,
    id: job.RestoreJobId,
    state: job.Status,
    vaultArn: job.BackupVaultArn,
    resourceArn: job.SourceResourceArn ?? job.RecoveryPointArn,
    created: job.CreationDate,
    percentDone: job.PercentDone,
    message: job.StatusMessage,
  })),
];
