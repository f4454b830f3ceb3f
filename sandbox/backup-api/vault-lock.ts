import type { ApiError } from '../wire/api-error';
import { invalidRequest, invalidValue } from './errors';
import { vaultOf } from './lookups';
import type { Handlers } from './operations';
import type { Vault } from './place';

/**
 * AWS's bounds of a lock.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html
 */
const COOLING_OFF_DAYS = 3;
const LONGEST_DAYS = 36_500;
const DAY_MILLISECONDS = 86_400_000;

/** Vault locks: governance without a lock date, compliance with one. `ChangeableForDays` is never read back. */
export const vaultLockHandlers = {
  PutBackupVaultLockConfiguration: (
    { BackupVaultName, ChangeableForDays, MinRetentionDays, MaxRetentionDays },
    call,
  ) => {
    const vault = vaultOf(call, BackupVaultName);
    const refusal = changeRefusal(vault, call.now);
    if (refusal) throw refusal;
    if (ChangeableForDays !== undefined && !within(ChangeableForDays, COOLING_OFF_DAYS))
      throw invalidValue(`Changeable for days must be between ${COOLING_OFF_DAYS} and ${LONGEST_DAYS} days`);
    if (MinRetentionDays !== undefined && !within(MinRetentionDays, 1))
      throw invalidValue(`Minimum retention period must be between 1 and ${LONGEST_DAYS} days`);
    if (MaxRetentionDays !== undefined && !within(MaxRetentionDays, MinRetentionDays ?? 1))
      throw invalidValue(`Maximum retention period must be between ${MinRetentionDays ?? 1} and ${LONGEST_DAYS} days`);
    vault.lock = {
      minRetentionDays: MinRetentionDays,
      maxRetentionDays: MaxRetentionDays,
      lockDate:
        ChangeableForDays === undefined
          ? undefined
          : new Date(call.now.getTime() + ChangeableForDays * DAY_MILLISECONDS),
    };
    return {};
  },

  DeleteBackupVaultLockConfiguration: ({ BackupVaultName }, call) => {
    const vault = vaultOf(call, BackupVaultName);
    const refusal = changeRefusal(vault, call.now);
    if (refusal) throw refusal;
    vault.lock = undefined;
    return {};
  },
} satisfies Handlers;

const within = (days: number, least: number) => days >= least && days <= LONGEST_DAYS;

/** Whether recovery points are kept from deletion: by a lock of either mode, from the moment it is put. */
export const isLocked = ({ lock }: Vault): boolean => lock !== undefined;

/** Why nobody may change or remove the lock any more; an air-gapped vault's is so from the start. */
export function changeRefusal({ name, lock }: Vault, now: Date): ApiError | undefined {
  if (!lock?.lockDate || now < lock.lockDate) return undefined;
  return invalidRequest(
    `Backup vault ${name} is locked: its Vault Lock configuration cannot be changed or deleted`,
    name,
  );
}

/**
 * Why a lock does not take a recovery point with this retention. One that never expires is longer than any maximum.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export function retentionRefusal({ name, lock }: Vault, retentionDays: number | undefined): string | undefined {
  const { minRetentionDays: min, maxRetentionDays: max } = lock ?? {};
  const isShort = min !== undefined && retentionDays !== undefined && retentionDays < min;
  const isLong = max !== undefined && (retentionDays === undefined || retentionDays > max);
  if (!isShort && !isLong) return undefined;
  const given = retentionDays === undefined ? 'never expires' : `is ${retentionDays} days`;
  return `The retention ${given}, and the Vault Lock of ${name} allows ${min ?? 1} to ${max ?? 'any number of'} days`;
}
