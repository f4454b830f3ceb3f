import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import { type PolicyDocument, policyJson } from '../policies/policy-document';
import { CustomerManagedKey } from './customer-managed-key';

/** A vault's key: one to make, or one that exists and is left as it is. */
export type VaultKey =
  | { readonly alias: string; readonly policy: PolicyDocument }
  | { readonly existingKeyArn: string };

/** The key of a vault: only one that is made gets a policy. */
export const vaultKey = (
  key: { readonly alias: string } | { readonly existingKeyArn: string },
  policy: PolicyDocument,
): VaultKey => ('alias' in key ? { ...key, policy } : key);

export interface EncryptedVaultProps {
  /** 2 to 50 letters, digits, - and _. Changing it asks for another vault. */
  readonly vaultName: string;
  /** Changing it asks for another vault. */
  readonly key: VaultKey;
  /** Who of other accounts may copy in, and what everybody is denied. */
  readonly accessPolicy: PolicyDocument;
  /** By which others tell that the vault and its key are not to be touched. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether Terraform refuses any plan that would destroy or replace the vault or the key that is made for it. */
  readonly preventDestroy: boolean;
  /**
   * Retention bounds that jobs and deletions have to keep.
   * @default - no lock
   */
  readonly lock?: VaultLockProps | undefined;
}

export interface VaultLockProps {
  /** In days, 1 to 36500. */
  readonly minRetentionDays: number;
  /** In days, not below the minimum. */
  readonly maxRetentionDays: number;
  /** Days until the lock is for ever, 3 or more; undefined for a lock that can be taken off. */
  readonly changeableForDays: number | undefined;
}

/**
 * A backup vault under a customer-managed key, so that its recovery points can leave the account and come back, with a
 * policy of its own. It is never emptied to be destroyed: a vault that holds recovery points stays.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vaults.html
 */
export class EncryptedVault extends Construct {
  readonly vaultArn: string;
  readonly vaultName: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: EncryptedVaultProps) {
    super(scope, id);
    const { vaultName, key, accessPolicy, tags, preventDestroy, lock } = props;
    const description = `AWS Backup vault ${vaultName}`;
    this.keyArn =
      'existingKeyArn' in key
        ? key.existingKeyArn
        : new CustomerManagedKey(this, 'Key', { description, tags, preventDestroy, ...key }).keyArn;
    const vault = new BackupVault(this, 'Resource', {
      name: vaultName,
      kmsKeyArn: this.keyArn,
      tags: { ...tags },
      lifecycle: { preventDestroy },
    });
    new BackupVaultPolicy(this, 'AccessPolicy', { backupVaultName: vault.name, policy: policyJson(accessPolicy) });
    if (lock) {
      const isForEver = lock.changeableForDays !== undefined;
      // A governance lock becomes one for ever only by being made anew, of which ignored days would tell nothing.
      const kind = new DataResource(this, 'LockKind', {
        input: { mode: isForEver ? 'compliance' : 'governance', changeableForDays: lock.changeableForDays ?? 0 },
      });
      new BackupVaultLockConfiguration(this, 'Lock', {
        backupVaultName: vault.name,
        ...lock,
        lifecycle: {
          // The bare address: in Terraform's JSON this list holds references, and not expressions.
          replaceTriggeredBy: [`${DataResource.tfResourceType}.${kind.friendlyUniqueId}`],
          // Read back it is null, and the provider would replace a lock that nobody can remove.
          ...(isForEver ? { ignoreChanges: ['changeable_for_days'] } : {}),
        },
      });
    }
    this.vaultArn = vault.arn;
    this.vaultName = vault.name;
  }
}
