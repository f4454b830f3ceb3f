import { z } from 'zod';
import { MAX_RETENTION_DAYS, MIN_CHANGEABLE_DAYS } from '../aws/limits';
import { closed, RetentionDays } from './fields';

const retention = {
  minRetentionDays: RetentionDays.default(1).describe(
    'The shortest retention, in days, a recovery point may come with; a backup or copy job with less fails.',
  ),
  maxRetentionDays: RetentionDays.default(MAX_RETENTION_DAYS).describe(
    'The longest retention, in days, a recovery point may come with; a backup or copy job with more fails.',
  ),
};

/**
 * The lock of a vault. Its bounds are not derived from the plans: a lock cannot be changed, only made anew.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export const LockConfig = z
  .discriminatedUnion('mode', [
    closed({ mode: z.literal('none').describe('No lock.') }).describe(
      'No lock: whoever may delete recovery points can.',
    ),
    closed({
      mode: z.literal('governance').describe('A lock that those with the permission to do so can take off.'),
      ...retention,
    }).describe('A lock that those with the permission to do so can take off.'),
    closed({
      mode: z.literal('compliance').describe('A lock that nobody can take off, AWS included, once its date has come.'),
      ...retention,
      changeableForDays: z
        .int()
        .min(MIN_CHANGEABLE_DAYS)
        .max(MAX_RETENTION_DAYS)
        .describe('Days from the deploy in which the lock can still be taken off, 3 to 36500. After that, never.'),
      acknowledge: z
        .string()
        .describe(
          'The physical name of the vault, written out: you know that after changeableForDays nothing undoes it.',
        ),
    }).describe('A lock that nobody can take off, AWS included, once its date has come.'),
  ])
  .describe('The lock of the vault: none, governance or compliance.');
export type LockConfig = z.output<typeof LockConfig>;
