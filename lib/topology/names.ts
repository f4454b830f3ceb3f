import { type Place, roleArn, vaultArn } from '../aws/arn';
import type { LockConfig } from '../config/lock-config';
import type { RoleNames, VaultLock, VaultNames } from './topology';

/** What the operator may say of a site's names and key. */
interface Given {
  readonly names: { readonly vault?: string | undefined; readonly keyAlias?: string | undefined };
  readonly keyArn?: string | undefined;
  readonly lock: LockConfig;
}

/** Every physical name that the config does not give is made here. */
export function vaultNames(
  prefix: string,
  role: 'destination' | 'source',
  place: Place,
  { names, keyArn, lock }: Given,
): VaultNames {
  const vaultName = names.vault ?? `${prefix}-${role}`;
  return {
    vaultName,
    vaultArn: vaultArn(place, vaultName),
    key: keyArn === undefined ? { alias: names.keyAlias ?? `alias/${prefix}-${role}` } : { existingKeyArn: keyArn },
    lock: lock.mode === 'none' ? undefined : vaultLock(lock),
  };
}

const vaultLock = (lock: Exclude<LockConfig, { mode: 'none' }>): VaultLock => ({
  minRetentionDays: lock.minRetentionDays,
  maxRetentionDays: lock.maxRetentionDays,
  changeableForDays: lock.mode === 'compliance' ? lock.changeableForDays : undefined,
});

/** A role's name carries the Region: IAM has none, and a stack must not need another Region's. */
export function roleNames(
  prefix: string,
  purpose: 'backup' | 'restore',
  place: Place,
  given: string | undefined,
): RoleNames {
  const name = given ?? `${prefix}-${purpose}-${place.region}`;
  return { name, arn: roleArn(place.partition, place.accountId, name) };
}

export const planName = (prefix: string, plan: string) => `${prefix}-${plan}`;

export const resourceKeyAlias = (prefix: string) => `alias/${prefix}-resource`;

/** Stack names are what other stacks and workspaces find a state by. */
export const destinationStackName = (destination: string, region: string) => `destination-${destination}-${region}`;

export const sourceStackName = (source: string, region: string) => `source-${source}-${region}`;

/** The name of the policies that guard the organization's accounts; a number follows. */
export const guardrailsName = (prefix: string) => `${prefix}-guardrails`;

/** What vaults, keys and plans carry that guardrails protect: by name they could not tell keys and plans apart. */
export const PROTECTION_TAG = { key: 'cross-account-backup', value: 'protected' } as const;
