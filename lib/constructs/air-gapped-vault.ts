import { BackupLogicallyAirGappedVault } from '@cdktf/provider-aws/lib/backup-logically-air-gapped-vault';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { RamPrincipalAssociation } from '@cdktf/provider-aws/lib/ram-principal-association';
import { RamResourceAssociation } from '@cdktf/provider-aws/lib/ram-resource-association';
import { RamResourceShare } from '@cdktf/provider-aws/lib/ram-resource-share';
import { Construct } from 'constructs';
import { type PolicyDocument, policyJson } from '../policies/policy-document';
import { CustomerManagedKey } from './customer-managed-key';

export interface AirGappedVaultProps {
  /** 2 to 50 letters, digits, - and _. Changing it asks for another vault, which cannot be while this one holds anything. */
  readonly vaultName: string;
  /** In days, 7 to 36500. Changing it asks for another vault. */
  readonly minRetentionDays: number;
  /** In days, not below the minimum. Changing it asks for another vault. */
  readonly maxRetentionDays: number;
  /** Who of other accounts may copy in, and what everybody is denied. */
  readonly accessPolicy: PolicyDocument;
  /** By which others tell that the vault, its key and its share are not to be touched. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether Terraform refuses any plan that would destroy or replace the vault or its key. */
  readonly preventDestroy: boolean;
  /**
   * A key to make for the vault, which needs a later provider than all else.
   * @default - a key of AWS's own, which nobody can take away
   */
  readonly key?: { readonly alias: string; readonly policy: PolicyDocument } | undefined;
  /** Accounts of the organization that may restore from the vault. */
  readonly sharedWith: readonly string[];
}

/**
 * A logically air-gapped vault: locked for good from its first moment, kept in an account of AWS Backup's own, and
 * shared with the accounts that restore from it.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export class AirGappedVault extends Construct {
  readonly vaultArn: string;
  readonly vaultName: string;
  /** Undefined where the key is AWS's. */
  readonly keyArn: string | undefined;

  constructor(scope: Construct, id: string, props: AirGappedVaultProps) {
    super(scope, id);
    const { vaultName, minRetentionDays, maxRetentionDays, accessPolicy, tags, preventDestroy, key } = props;
    const description = `AWS Backup air-gapped vault ${vaultName}`;
    this.keyArn = key && new CustomerManagedKey(this, 'Key', { description, tags, preventDestroy, ...key }).keyArn;
    const vault = new BackupLogicallyAirGappedVault(this, 'Resource', {
      name: vaultName,
      minRetentionDays,
      maxRetentionDays,
      tags: { ...tags },
      lifecycle: { preventDestroy },
      ...(this.keyArn === undefined ? {} : { encryptionKeyArn: this.keyArn }),
    });
    new BackupVaultPolicy(this, 'AccessPolicy', { backupVaultName: vault.name, policy: policyJson(accessPolicy) });
    this.vaultArn = vault.arn;
    this.vaultName = vault.name;
    if (props.sharedWith.length > 0) this.share(props);
  }

  private share({ vaultName, tags, sharedWith }: AirGappedVaultProps): void {
    const share = new RamResourceShare(this, 'Share', {
      name: vaultName,
      allowExternalPrincipals: false,
      tags: { ...tags },
    });
    new RamResourceAssociation(this, 'SharedVault', { resourceShareArn: share.arn, resourceArn: this.vaultArn });
    for (const accountId of sharedWith) {
      new RamPrincipalAssociation(this, `SharedWith-${accountId}`, {
        resourceShareArn: share.arn,
        principal: accountId,
      });
    }
  }
}
