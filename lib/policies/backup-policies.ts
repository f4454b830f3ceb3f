import { BACKUP_POLICY_LIMITS } from '../aws/limits';
import type { Copy, Plan } from '../topology/plan';
import type { Rollout } from '../topology/rollout';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { policyPlan, type VaultOfCopy } from './backup-policy';

/** A plan of one Region, which a policy holds as a whole. */
export interface PlacedPlan {
  readonly plan: Plan;
  readonly member: SourceSite;
}

/** The text of one backup policy, without white space: that counts too. */
export const backupPolicy = (plans: readonly PlacedPlan[], vaultOf: VaultOfCopy): string =>
  JSON.stringify({
    plans: Object.fromEntries(plans.map(({ plan, member }) => [plan.physicalName, policyPlan(plan, member, vaultOf)])),
  });

/** The plans of a rollout, Region by Region, in an order that is not the config's. */
const plansOf = ({ members }: Rollout): PlacedPlan[] =>
  members
    .flatMap((member) => member.plans.map((plan) => ({ plan, member })))
    .sort((a, b) => (a.plan.physicalName < b.plan.physicalName ? -1 : 1));

/**
 * The plans of a rollout as its policies hold them: as few as they fit into. What a policy comes to is counted with the
 * ARNs that the vaults will have, since its text only refers to them. One plan is never divided; if it alone is too long,
 * it still stands by itself, for a check to find.
 */
export function policyGroups(rollout: Rollout, destinations: readonly DestinationSite[]): PlacedPlan[][] {
  const length = (plans: readonly PlacedPlan[]) => backupPolicy(plans, vaultArnIn(destinations)).length;
  const groups: PlacedPlan[][] = [];
  for (const placed of plansOf(rollout)) {
    const last = groups.at(-1);
    if (last && length([...last, placed]) <= BACKUP_POLICY_LIMITS.characters) last.push(placed);
    else groups.push([placed]);
  }
  return groups;
}

/** The ARN that the vault of a copy will have. */
export const vaultArnIn =
  (destinations: readonly DestinationSite[]): VaultOfCopy =>
  (copy: Copy) => {
    if ('outsideVaultArn' in copy) return copy.outsideVaultArn;
    const destination = destinations.find(({ stackName }) => stackName === copy.destinationStack);
    const vault = copy.isAirGapped ? destination?.airGapped : destination?.vault;
    if (!vault) throw new Error(`${copy.destinationStack} has no vault for a copy`);
    return vault.vaultArn;
  };
