import type { Resource } from '../live/hcp-client';
import { LiveError } from '../live/live-error';

/** The workspaces that are there, by name; those that a run makes come in as it goes on. */
export type KnownWorkspaces = Map<string, Pick<Resource, 'id' | 'attributes'>>;

/**
 * The ids of workspaces that others are told of.
 * @throws LiveError where one is not there, for then it could not be made
 */
export function idsOf(names: readonly string[], known: KnownWorkspaces): string[] {
  const lacking = names.filter((name) => !known.get(name));
  if (lacking.length > 0)
    throw new LiveError(`there are no workspaces of these names, for they could not be made: ${lacking.join(', ')}`);
  return names.flatMap((name) => known.get(name)?.id ?? []);
}
