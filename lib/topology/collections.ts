/** Items by a key, in the order they come in. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Each value once, in an order that does not depend on the config's. */
export const sortedUnique = (values: readonly string[]): string[] => [...new Set(values)].sort();
