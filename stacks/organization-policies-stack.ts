import type { ITerraformDependable, TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import { AccountBaseline } from '../lib/constructs/account-baseline';
import { AttachedBackupPolicy } from '../lib/constructs/attached-backup-policy';
import { backupPolicy, policyGroups } from '../lib/policies/backup-policies';
import type { VaultOfCopy } from '../lib/policies/backup-policy';
import { baselineTemplate, templateJson } from '../lib/policies/baseline-template';
import type { Copy } from '../lib/topology/plan';
import type { OrganizationPolicies, Rollout } from '../lib/topology/rollout';
import type { DestinationSite } from '../lib/topology/topology';
import { AccountStack, type StackContext } from './account-stack';
import type { DestinationStack } from './destination-stack';
import type { ManagementStack } from './management-stack';

/** What the rollouts copy to, and the stacks they read. */
export interface RolloutProducers {
  readonly management: ManagementStack;
  /** Every destination stack, by its name. */
  readonly destinations: ReadonlyMap<string, DestinationStack>;
  readonly destinationSites: readonly DestinationSite[];
}

/** Everything for accounts that no stack is made for: backup policies on their units, and what those need in each account. */
export class OrganizationPoliciesStack extends AccountStack {
  constructor(scope: Construct, policies: OrganizationPolicies, context: StackContext, producers: RolloutProducers) {
    super(scope, policies.site, context);
    const management = this.outputsOf(producers.management);
    const baselines = this.addBaselines(policies, management);
    const vaultOf = this.vaultsOf(policies, producers);
    const ids = policies.rollouts.flatMap((rollout) =>
      this.addPolicies(rollout, producers.destinationSites, vaultOf, baselines),
    );
    this.output('backup_policy_ids', Object.fromEntries(ids), 'The backup policies, by their names');
    this.output('account_id', policies.site.accountId, 'The account they are managed from');
  }

  /** One StackSet for units, which accounts join, and one for single accounts, where there are any. */
  private addBaselines(
    { baseline, isDelegated }: OrganizationPolicies,
    management: TerraformRemoteState,
  ): ITerraformDependable[] {
    const { member, units, accounts, failureTolerancePercentage, maxConcurrentPercentage } = baseline;
    const props = {
      template: templateJson(baselineTemplate(member, management.getString('organization_id'))),
      isDelegated,
      failureTolerancePercentage,
      maxConcurrentPercentage,
    };
    return [
      ...(units.targets.length === 0 ? [] : new AccountBaseline(this, 'UnitBaseline', { ...props, ...units }).stacks),
      ...(accounts.targets.length === 0
        ? []
        : new AccountBaseline(this, 'AccountBaseline', {
            ...props,
            ...accounts,
            accountsBelow: management.getString('root_id'),
          }).stacks),
    ];
  }

  private addPolicies(
    rollout: Rollout,
    sites: readonly DestinationSite[],
    vaultOf: VaultOfCopy,
    baseline: ITerraformDependable[],
  ): (readonly [name: string, id: string])[] {
    return policyGroups(rollout, sites).map((plans, index) => {
      // By number: which plans share a policy is a matter of their length.
      const policyName = `${rollout.policyName}-${index + 1}`;
      const { policyId } = new AttachedBackupPolicy(this, `Policy-${rollout.name}-${index + 1}`, {
        policyName,
        description: `Backup plans of rollout ${rollout.name}`,
        content: backupPolicy(plans, vaultOf),
        targetIds: rollout.targetIds,
        baseline,
      });
      return [policyName, policyId] as const;
    });
  }

  /** Where copies go, as the states of the destinations tell it. */
  private vaultsOf({ rollouts }: OrganizationPolicies, { destinations }: RolloutProducers): VaultOfCopy {
    const copies = rollouts.flatMap(({ members }) =>
      members.flatMap(({ plans }) => plans.flatMap(({ rules }) => rules.flatMap((rule) => rule.copies))),
    );
    const names = new Set(copies.flatMap((copy) => ('destinationStack' in copy ? [copy.destinationStack] : [])));
    const outputs = new Map(
      [...names].sort().map((name) => {
        const producer = destinations.get(name);
        if (!producer) throw new Error(`a rollout copies to ${name}, which is not among the stacks`);
        return [name, this.outputsOf(producer)];
      }),
    );
    return (copy: Copy) => {
      if ('outsideVaultArn' in copy) return copy.outsideVaultArn;
      const found = outputs.get(copy.destinationStack);
      // A policy that names no vault is one that AWS makes no copy by, and says nothing.
      if (!found) throw new Error(`no outputs of ${copy.destinationStack} are read`);
      return found.getString(copy.isAirGapped ? 'air_gapped_vault_arn' : 'vault_arn');
    };
  }
}
