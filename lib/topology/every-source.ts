import type { SourceSite, Topology } from './topology';

/** Everything that is backed up: source sites, and what every account of a rollout is in each of its Regions. */
export const everySource = ({
  sources,
  organizationPolicies,
}: Pick<Topology, 'sources' | 'organizationPolicies'>): SourceSite[] => [
  ...sources,
  ...(organizationPolicies?.rollouts.flatMap(({ members }) => members) ?? []),
];
