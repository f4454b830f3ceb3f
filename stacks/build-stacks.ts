import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import type { Topology } from '../lib/topology/topology';
import type { AccountStack } from './account-stack';
import { DestinationStack } from './destination-stack';
import { ManagementStack } from './management-stack';
import { OrganizationPoliciesStack } from './organization-policies-stack';
import { SourceStack } from './source-stack';

/** Makes the stack of every site: management first, which all read, then destinations, then what copies there. */
export function buildStacks(scope: Construct, topology: Topology, warnings: readonly string[] = []): AccountStack[] {
  const management = new ManagementStack(scope, topology.management, topology, topology.guardrails);
  for (const warning of warnings) Annotations.of(management).addWarning(warning);
  const destinations = new Map(
    topology.destinations.map((site) => [site.stackName, new DestinationStack(scope, site, topology, management)]),
  );
  const sources = topology.sources.map((site) => new SourceStack(scope, site, topology, { management, destinations }));
  const { organizationPolicies } = topology;
  const rollouts = organizationPolicies
    ? [
        new OrganizationPoliciesStack(scope, organizationPolicies, topology, {
          management,
          destinations,
          destinationSites: topology.destinations,
        }),
      ]
    : [];
  return [management, ...destinations.values(), ...sources, ...rollouts];
}
