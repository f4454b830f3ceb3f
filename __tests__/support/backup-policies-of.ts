import type { Config } from '../../lib/config/config';
import { backupPolicy, policyGroups, vaultArnIn } from '../../lib/policies/backup-policies';
import { resolveTopology } from '../../lib/topology/resolve-topology';

/** The texts of all backup policies of a config with the ARNs that vaults will have, rollout by rollout. */
export function policiesOf(config: Config): string[] {
  const { organizationPolicies, destinations } = resolveTopology(config);
  return (organizationPolicies?.rollouts ?? []).flatMap((rollout) =>
    policyGroups(rollout, destinations).map((plans) => backupPolicy(plans, vaultArnIn(destinations))),
  );
}
