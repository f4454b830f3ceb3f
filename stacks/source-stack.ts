import type { TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import { PROVIDER_WITH } from '../lib/aws/provider-releases';
import { BackupServiceRole } from '../lib/constructs/backup-service-role';
import { CustomerManagedKey } from '../lib/constructs/customer-managed-key';
import { RegionOptIns } from '../lib/constructs/region-opt-ins';
import { type PlanRule, ScheduledPlan } from '../lib/constructs/scheduled-plan';
import { airGappedSourceKeyPolicy } from '../lib/policies/air-gapped-policies';
import {
  backupPolicies,
  backupTrustPolicy,
  restorePolicies,
  scannerPolicies,
  scannerTrustPolicy,
} from '../lib/policies/backup-role-policies';
import {
  closedSourcePolicy,
  sourceAccessPolicy,
  sourceKeyPolicy,
  sourceResourceKeyPolicy,
  sourceResourceKeySharing,
} from '../lib/policies/site-policies';
import type { Rule } from '../lib/topology/plan';
import type { SourceSite } from '../lib/topology/topology';
import { PROTECTED, type StackContext } from './account-stack';
import type { DestinationStack } from './destination-stack';
import type { ManagementStack } from './management-stack';
import { VaultStack } from './vault-stack';

/** The stacks a source reads. */
export interface SourceProducers {
  readonly management: ManagementStack;
  /** Every destination stack, by its name. */
  readonly destinations: ReadonlyMap<string, DestinationStack>;
}

/** A source account in one Region: its vaults and key, its roles, and the plans that copy to destinations. */
export class SourceStack extends VaultStack {
  constructor(scope: Construct, site: SourceSite, context: StackContext, producers: SourceProducers) {
    super(scope, site, context);
    const organizationId = this.outputsOf(producers.management).getString('organization_id');
    const destinations = this.outputsOfDestinations(site, producers);

    const vault = this.addVaults({
      ...site,
      keyPolicy: sourceKeyPolicy(site, organizationId),
      accessPolicy: sourceAccessPolicy(site, organizationId),
      retiredAccessPolicy: closedSourcePolicy(site),
    });
    const airGapped =
      site.airGapped &&
      this.addAirGappedVault(site.airGapped, {
        access: closedSourcePolicy(site),
        key: airGappedSourceKeyPolicy(site, organizationId),
      });
    const backupRole = new BackupServiceRole(this, 'BackupRole', {
      roleName: site.backupRole.name,
      trust: backupTrustPolicy(site.accountId),
      description: 'AWS Backup backs up, copies and expires with this role',
      managedPolicies: backupPolicies(site),
    });
    const restoreRole = new BackupServiceRole(this, 'RestoreRole', {
      roleName: site.restoreRole.name,
      trust: backupTrustPolicy(site.accountId),
      description: 'AWS Backup restores with this role',
      managedPolicies: restorePolicies(site.partition),
    });
    const scannerRole =
      site.scannerRole &&
      new BackupServiceRole(this, 'ScannerRole', {
        roleName: site.scannerRole.name,
        trust: scannerTrustPolicy(),
        description: 'GuardDuty scans recovery points with this role',
        managedPolicies: scannerPolicies(site.partition),
      });
    if (scannerRole) this.requireProvider(PROVIDER_WITH.malwareScan);
    if (site.regionSettings) new RegionOptIns(this, 'OptIns', site.regionSettings);
    const plans = site.plans.map((plan) => {
      if (plan.rules.some(({ targetsAirGapped }) => targetsAirGapped)) {
        this.requireProvider(PROVIDER_WITH.airGappedTarget);
      }
      const rules = plan.rules.map((rule) => withVaultArns(rule, destinations, airGapped?.vaultArn));
      const { planArn } = new ScheduledPlan(this, `Plan-${plan.name}`, {
        planName: plan.physicalName,
        vaultName: vault.vaultName,
        windowsVss: plan.windowsVss,
        scan:
          scannerRole && plan.scannedTypes
            ? { roleArn: scannerRole.roleArn, resourceTypes: plan.scannedTypes }
            : undefined,
        tags: PROTECTED,
        rules,
        selections: plan.selections,
        roleArn: backupRole.roleArn,
        rolePermissions: backupRole.permissions,
      });
      return [plan.name, planArn] as const;
    });

    this.output('vault_arn', vault.vaultArn, 'The vault that backups land in');
    this.output('key_arn', vault.keyArn, 'The key that encrypts it');
    this.output('backup_role_arn', backupRole.roleArn, 'The role that backs up and copies');
    this.output('restore_role_arn', restoreRole.roleArn, 'The role that restores');
    if (scannerRole) this.output('scanner_role_arn', scannerRole.roleArn, 'The role that GuardDuty scans with');
    this.output('plan_arns', Object.fromEntries(plans), 'The backup plans, by their name in the config');
    this.shareResourceKeys(site);
    this.tellCopyBackKeys(site, destinations);
  }

  private outputsOfDestinations(site: SourceSite, producers: SourceProducers): DestinationOutputs {
    const copies = site.plans.flatMap(({ rules }) => rules.flatMap((rule) => rule.copies));
    const names = copies.flatMap((copy) => ('destinationStack' in copy ? [copy.destinationStack] : []));
    return new Map(
      [...new Set(names)].map((name) => {
        const producer = producers.destinations.get(name);
        if (!producer) throw new Error(`stack ${site.stackName} copies to ${name}, which is not among the stacks`);
        return [name, this.outputsOf(producer)];
      }),
    );
  }

  /** Keys that encrypt resources let the destinations copy: one made here, and by these statements any other. */
  private shareResourceKeys(site: SourceSite): void {
    if (site.resourceKeyAlias !== undefined) {
      const key = new CustomerManagedKey(this, 'ResourceKey', {
        description: 'Encrypts resources whose backups are copied to other accounts',
        alias: site.resourceKeyAlias,
        policy: sourceResourceKeyPolicy(site),
        tags: PROTECTED,
        preventDestroy: site.isDestroyPrevented,
      });
      this.output('resource_key_arn', key.keyArn, 'The key to encrypt resources with');
    }
    const statements = sourceResourceKeySharing(site);
    if (statements.length > 0) {
      const description = 'Statements for the policy of every other key that encrypts resources here';
      this.output('resource_key_statements', JSON.stringify(statements), description);
    }
  }

  /** Whoever copies back has to see that the key of the copy is there and lets this account in. */
  private tellCopyBackKeys(site: SourceSite, destinations: DestinationOutputs): void {
    if (site.copyBackFrom.length === 0) return;
    const keys = site.copyBackFrom.map(({ stackName }) => [
      stackName,
      destinations.get(stackName)?.getString('key_arn'),
    ]);
    this.output('copy_back_key_arns', Object.fromEntries(keys), 'Keys of the copies that can be taken back, by stack');
  }
}

type DestinationOutputs = ReadonlyMap<string, TerraformRemoteState>;

function withVaultArns(
  { copies, targetsAirGapped, ...rule }: Rule,
  destinations: DestinationOutputs,
  airGappedVaultArn: string | undefined,
): PlanRule {
  return {
    ...rule,
    airGappedVaultArn: targetsAirGapped ? airGappedVaultArn : undefined,
    copies: copies.map((copy) => ({
      ...copy,
      vaultArn:
        'outsideVaultArn' in copy
          ? copy.outsideVaultArn
          : (destinations
              .get(copy.destinationStack)
              ?.getString(copy.isAirGapped ? 'air_gapped_vault_arn' : 'vault_arn') ?? ''),
    })),
  };
}
