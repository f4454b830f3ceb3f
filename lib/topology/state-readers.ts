import type { Topology } from './topology';

/** By the name of each stack whose outputs others read, the names of the stacks that read them. */
export function stateReaders({
  management,
  destinations,
  sources,
}: Pick<Topology, 'management' | 'destinations' | 'sources'>): ReadonlyMap<string, readonly string[]> {
  const names = (sites: readonly { readonly stackName: string }[]) => sites.map(({ stackName }) => stackName);
  const readers = new Map([[management.stackName, names([...destinations, ...sources])]]);
  for (const source of sources)
    for (const { copies } of source.plans.flatMap(({ rules }) => rules))
      for (const copy of copies) {
        if (!('destinationStack' in copy)) continue;
        const known = readers.get(copy.destinationStack) ?? [];
        if (!known.includes(source.stackName)) readers.set(copy.destinationStack, [...known, source.stackName]);
      }
  return readers;
}
