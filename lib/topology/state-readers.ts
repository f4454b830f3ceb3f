import type { Plan } from './plan';
import type { Topology } from './topology';

/** By the name of each stack whose outputs others read, the names of the stacks that read them. */
export function stateReaders({
  management,
  destinations,
  sources,
  organizationPolicies,
}: Pick<Topology, 'management' | 'destinations' | 'sources' | 'organizationPolicies'>): ReadonlyMap<
  string,
  readonly string[]
> {
  const names = (sites: readonly { readonly stackName: string }[]) => sites.map(({ stackName }) => stackName);
  const rollout = organizationPolicies
    ? [{ ...organizationPolicies.site, plans: organizationPolicies.baseline.member.plans }]
    : [];
  const readers = new Map([[management.stackName, names([...destinations, ...sources, ...rollout])]]);
  for (const { stackName, plans } of [...sources, ...rollout])
    for (const destination of destinationsOf(plans)) {
      const known = readers.get(destination) ?? [];
      if (!known.includes(stackName)) readers.set(destination, [...known, stackName]);
    }
  return readers;
}

/** The stacks of the vaults that plans copy to. */
const destinationsOf = (plans: readonly Plan[]): string[] =>
  plans.flatMap(({ rules }) =>
    rules.flatMap(({ copies }) =>
      copies.flatMap((copy) => ('destinationStack' in copy ? [copy.destinationStack] : [])),
    ),
  );
