import type { Construct } from 'constructs';
import { BackupServiceRole } from '../lib/constructs/backup-service-role';
import { EncryptedVault, vaultKey } from '../lib/constructs/encrypted-vault';
import { restorePolicies } from '../lib/policies/backup-role-policies';
import { copyBackPolicy } from '../lib/policies/copy-back-policy';
import { destinationAccessPolicy, destinationKeyPolicy } from '../lib/policies/site-policies';
import type { DestinationSite } from '../lib/topology/topology';
import { AccountStack, PROTECTED, type StackContext } from './account-stack';
import type { ManagementStack } from './management-stack';

/** A destination account in one Region: the vault that keeps copies, its key, and the role that restores from it. */
export class DestinationStack extends AccountStack {
  constructor(scope: Construct, site: DestinationSite, context: StackContext, management: ManagementStack) {
    super(scope, site, context);
    const organizationId = this.outputsOf(management).getString('organization_id');
    const vault = new EncryptedVault(this, 'Vault', {
      vaultName: site.vault.vaultName,
      key: vaultKey(site.vault.key, destinationKeyPolicy(site, organizationId)),
      accessPolicy: destinationAccessPolicy(site, organizationId),
      tags: PROTECTED,
      lock: site.vault.lock,
    });
    const restoreRole = new BackupServiceRole(this, 'RestoreRole', {
      roleName: site.restoreRole.name,
      accountId: site.accountId,
      description: 'AWS Backup restores copies with this role, and copies them back to sources that allow it',
      managedPolicies: restorePolicies(site.partition),
      inlinePolicies:
        site.copyBacks.length === 0
          ? {}
          : {
              CopyBack: copyBackPolicy(
                site.partition,
                site.accountId,
                site.copyBacks.map(({ vaultArn }) => vaultArn),
              ),
            },
    });
    this.output('vault_arn', vault.vaultArn, 'The vault that copies go to');
    this.output('vault_name', vault.vaultName, 'Its name');
    this.output('key_arn', vault.keyArn, 'The key that encrypts it');
    this.output('restore_role_arn', restoreRole.roleArn, 'The role that restores from it');
    this.output('account_id', site.accountId, 'The account it is in');
    this.output('region', site.region, 'The Region it is in');
  }
}
