import { z } from 'zod';
import { MAX_RETENTION_DAYS, MIN_CHANGEABLE_DAYS } from '../aws/limits';
import { closed, RetentionDays, VaultName } from './fields';

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

/** The lock of a vault of which the operator says none. */
export const DEFAULT_LOCKS = {
  destination: LockConfig.parse({ mode: 'governance' }),
  source: LockConfig.parse({ mode: 'none' }),
} as const;

/** The lock of a site's only vault; what it is without one, editors show. */
export const lockOf = (role: keyof typeof DEFAULT_LOCKS) =>
  LockConfig.optional().meta({
    description:
      'The lock of the vault: none, governance or compliance. Its bounds cannot change once it is for ever; then write generations instead.',
    default: { mode: DEFAULT_LOCKS[role].mode },
  });

/** One vault after another under one key, so that bounds that nobody can change any more can be left behind. */
export const Generations = z
  .array(
    closed({
      lock: LockConfig,
      names: closed({
        vault: VaultName.optional().describe(
          'The physical name of this vault. Default: as without generations for the first, then with -2, -3 and so on.',
        ),
      })
        .prefault({})
        .describe('The physical name of a vault that exists already, or that a naming rule asks for.'),
    }).describe('One vault.'),
  )
  .min(1)
  .optional()
  .describe(
    'Instead of lock and names.vault: one vault after the other, each with its lock. Append only: the last is in use, and each one before it stays, locked and protected, takes nothing more in, and is still restored from.',
  );
export type Generations = z.output<typeof Generations>;
