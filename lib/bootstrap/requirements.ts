import type { Config } from '../config/config';
import type { Topology } from '../topology/topology';

/** A service that works across the organization. */
export type TrustedService = 'backup' | 'stackSets' | 'ram';

/** A type of policy of the organization. */
export type PolicyType = 'SERVICE_CONTROL_POLICY' | 'BACKUP_POLICY';

/** What the organization itself has to have switched on. */
export interface Requirements {
  readonly services: readonly TrustedService[];
  readonly policyTypes: readonly PolicyType[];
}

/** What a config asks of the organization. */
export function requirementsOf({ organizationPolicies }: Config, topology: Topology): Requirements {
  const hasRollouts = topology.organizationPolicies !== undefined;
  return {
    services: [
      'backup',
      ...(topology.management.needsVaultSharing ? (['ram'] as const) : []),
      ...(hasRollouts ? (['stackSets'] as const) : []),
    ],
    policyTypes: [
      ...(topology.guardrails === undefined ? [] : (['SERVICE_CONTROL_POLICY'] as const)),
      ...(organizationPolicies.regions.length === 0 && !hasRollouts ? [] : (['BACKUP_POLICY'] as const)),
    ],
  };
}
