import type { Construct } from 'constructs';
import { BackupServiceRole } from '../lib/constructs/backup-service-role';
import { airGappedDestinationKeyPolicy, airGappedDestinationPolicy } from '../lib/policies/air-gapped-policies';
import { backupTrustPolicy, restorePolicies } from '../lib/policies/backup-role-policies';
import { copyBackPolicy } from '../lib/policies/copy-back-policy';
import { destinationAccessPolicy, destinationKeyPolicy, retiredDestinationPolicy } from '../lib/policies/site-policies';
import type { DestinationSite } from '../lib/topology/topology';
import type { StackContext } from './account-stack';
import type { ManagementStack } from './management-stack';
import { VaultStack } from './vault-stack';

/** A destination account in one Region: the vaults that keep copies, their key, and the role that restores from them. */
export class DestinationStack extends VaultStack {
  constructor(scope: Construct, site: DestinationSite, context: StackContext, management: ManagementStack) {
    super(scope, site, context);
    const organizationId = this.outputsOf(management).getString('organization_id');
    const vault = this.addVaults({
      ...site,
      keyPolicy: destinationKeyPolicy(site, organizationId),
      accessPolicy: destinationAccessPolicy(site, organizationId),
      retiredAccessPolicy: retiredDestinationPolicy(site),
    });
    const restoreRole = new BackupServiceRole(this, 'RestoreRole', {
      roleName: site.restoreRole.name,
      trust: backupTrustPolicy(site.accountId),
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
    if (site.airGapped) {
      this.addAirGappedVault(site.airGapped, {
        access: airGappedDestinationPolicy(site, site.airGapped, organizationId),
        key: airGappedDestinationKeyPolicy(site, site.airGapped, organizationId),
      });
    }
  }
}
