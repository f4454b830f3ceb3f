import type { DescribeRecoveryPointOutput, Lifecycle } from '@aws-sdk/client-backup';
import { knownFailure } from '../aws/known-failures';
import { MAX_RETENTION_DAYS } from '../aws/limits';
import { LiveError } from '../live/live-error';
import type { VaultLock } from '../topology/topology';

const DAY_MS = 86_400_000;

/**
 * Refuses what AWS would refuse, or fail at night: a copy of what is not whole, is in cold storage or is continuous.
 * @throws LiveError that says why
 */
export function refuseUncopyable(arn: string, { Status, StorageClass }: DescribeRecoveryPointOutput): void {
  const refuse = (why: string) => {
    throw new LiveError(`${arn} cannot be copied: ${why}`);
  };
  if (Status !== undefined && !['COMPLETED', 'AVAILABLE'].includes(Status)) refuse(`its status is ${Status}`);
  if (StorageClass === 'COLD') refuse(`it is in cold storage; ${knownFailure('cold storage')?.wayOut ?? ''}`);
  if (/:recovery-point:continuous:/.test(arn))
    refuse(
      'it is a continuous backup, of which AWS Backup copies nothing on demand: copy a snapshot that a rule has made',
    );
}

/**
 * Checks the retention of a copy. It counts from when the backup was made, so what is old may be over its time at once.
 * @param lock - of the vault that it is to be in
 * @throws LiveError where AWS would refuse it, or delete the copy as soon as it is made
 */
export function fittingRetention(
  lifecycle: Lifecycle,
  { CreationDate }: DescribeRecoveryPointOutput,
  lock: VaultLock | undefined,
  now: Date,
): Lifecycle {
  const days = lifecycle.DeleteAfterDays ?? MAX_RETENTION_DAYS;
  const least = lock?.minRetentionDays ?? 1;
  const most = lock?.maxRetentionDays ?? MAX_RETENTION_DAYS;
  const way = 'give another one with --delete-after-days';
  if (days < least || days > most)
    throw new LiveError(`a copy must be kept for ${least} to ${most} days in that vault, got ${days}: ${way}`);
  const age = CreationDate ? Math.floor((now.getTime() - CreationDate.getTime()) / DAY_MS) : 0;
  if (days <= age)
    throw new LiveError(
      `a copy kept for ${days} days would expire at once: the days count from the backup, which is ${age} days old; ${way}`,
    );
  return { ...lifecycle, DeleteAfterDays: days };
}
