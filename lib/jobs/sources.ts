import type { Entry } from '../accounts/entry';
import { LiveError } from '../live/live-error';
import type { SourceSite, Topology } from '../topology/topology';
import { placeOf } from './edges';
import { rolloutSources } from './rollout-sources';

/**
 * Sources by their names: `<source>`, `<source>/<region>`, of rollouts the account id in the place of the source.
 * @throws LiveError that says which there are
 */
export function chosenSources(sources: readonly SourceSite[], names: readonly string[] | undefined): SourceSite[] {
  if (names === undefined) return [...sources];
  const isNamed = (site: SourceSite, name: string) => site.name === name || placeOf(site) === name;
  const wrong = names.find((name) => !sources.some((site) => isNamed(site, name)));
  if (wrong !== undefined)
    throw new LiveError(`there is no source ${wrong}: there are ${sources.map(placeOf).join(', ') || 'none'}`);
  return sources.filter((site) => names.some((name) => isNamed(site, name)));
}

/**
 * The sources in which something may be: those of the config, and the accounts of rollouts where none of these is meant.
 * @param name - the one that the operator names
 * @param accountId - the one that an ARN names
 */
export async function sourcesToSearch(
  entry: Entry,
  topology: Topology,
  name: string | undefined,
  accountId: string | undefined,
): Promise<SourceSite[]> {
  const { sources, organizationPolicies } = topology;
  const isOwn = (site: SourceSite) => site.name === name || placeOf(site) === name || site.accountId === accountId;
  const rolledOut = organizationPolicies && !sources.some(isOwn) ? await rolloutSources(entry, topology) : [];
  return chosenSources([...sources, ...rolledOut], name === undefined ? undefined : [name]);
}
