import type { Construct } from 'constructs';
import { PROVIDER_WITH } from '../lib/aws/provider-releases';
import { AirGappedVault } from '../lib/constructs/air-gapped-vault';
import { EncryptedVault, vaultKey } from '../lib/constructs/encrypted-vault';
import type { PolicyDocument } from '../lib/policies/policy-document';
import type { AirGappedVault as AirGappedSite, ProtectedSite, VaultNames } from '../lib/topology/topology';
import { AccountStack, PROTECTED, type StackContext } from './account-stack';

/** The vaults of a site, and the policies that go with them. */
interface VaultsProps {
  readonly vault: VaultNames;
  readonly retiredVaults: readonly VaultNames[];
  readonly keyPolicy: PolicyDocument;
  readonly accessPolicy: PolicyDocument;
  readonly retiredAccessPolicy: PolicyDocument;
}

/** The stack of an account that holds recovery points: its vaults, and what they tell others. */
export abstract class VaultStack extends AccountStack {
  constructor(
    scope: Construct,
    override readonly site: ProtectedSite,
    context: StackContext,
  ) {
    super(scope, site, context);
  }

  /**
   * Makes the vaults of the site, oldest first, and gives the one in use. The first has the id that an only vault has
   * and makes the key of all, so that a second one changes nothing of it but its policy.
   */
  protected addVaults(props: VaultsProps): EncryptedVault {
    const { vault: inUse, retiredVaults, keyPolicy, accessPolicy, retiredAccessPolicy } = props;
    let key = vaultKey(inUse.key, keyPolicy);
    const vaults = [...retiredVaults, inUse].map((names, index) => {
      const vault = new EncryptedVault(this, index === 0 ? 'Vault' : `Vault-${index + 1}`, {
        vaultName: names.vaultName,
        key,
        accessPolicy: names === inUse ? accessPolicy : retiredAccessPolicy,
        tags: PROTECTED,
        preventDestroy: this.site.isDestroyPrevented,
        lock: names.lock,
      });
      key = { existingKeyArn: vault.keyArn };
      return vault;
    });
    if (retiredVaults.length > 0) {
      const arns = vaults.slice(0, -1).map(({ vaultArn }) => vaultArn);
      this.output('retired_vault_arns', arns, 'The vaults before the one in use, oldest first');
    }
    return vaults.reduce((_, later) => later);
  }

  /** Makes the air-gapped vault of the site; its key policy counts only where the key is not AWS's. */
  protected addAirGappedVault(
    { vaultName, lock, keyAlias, sharedWith }: AirGappedSite,
    policies: { readonly access: PolicyDocument; readonly key: PolicyDocument },
  ): AirGappedVault {
    if (keyAlias !== undefined) this.requireProvider(PROVIDER_WITH.airGappedKey);
    const vault = new AirGappedVault(this, 'AirGappedVault', {
      vaultName,
      minRetentionDays: lock.minRetentionDays,
      maxRetentionDays: lock.maxRetentionDays,
      accessPolicy: policies.access,
      tags: PROTECTED,
      preventDestroy: this.site.isDestroyPrevented,
      key: keyAlias === undefined ? undefined : { alias: keyAlias, policy: policies.key },
      sharedWith,
    });
    this.output('air_gapped_vault_arn', vault.vaultArn, 'The air-gapped vault');
    this.output('air_gapped_vault_name', vault.vaultName, 'Its name');
    if (vault.keyArn !== undefined) {
      this.output('air_gapped_key_arn', vault.keyArn, 'The key that encrypts the air-gapped vault');
    }
    return vault;
  }
}
