import type { Site, Topology } from './topology';

/** Every site that has a stack, in the order of their deploy. */
export const everySite = ({
  management,
  destinations,
  sources,
  organizationPolicies,
}: Pick<Topology, 'management' | 'destinations' | 'sources' | 'organizationPolicies'>): Site[] => [
  management,
  ...destinations,
  ...sources,
  ...(organizationPolicies ? [organizationPolicies.site] : []),
];
