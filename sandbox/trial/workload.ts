import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Config } from '../../lib/config/config';
import { knownSettings, matchedTypes } from '../../lib/review/matched-types';
import type { Selection } from '../../lib/topology/plan';
import type { SourceSite, Topology } from '../../lib/topology/topology';
import { type MadeResource, makeWorkload, type WorkloadOrder } from '../workload/workload';
import type { Operators } from './prepare';

/** Resources in all sources, and the types that the sandbox cannot make. */
export interface MadeWorkload {
  readonly made: readonly MadeResource[];
  readonly lacking: readonly string[];
}

/** Makes, in each source, resources that each selection takes and one that it leaves, under keys of every kind. */
export async function makeWorkloads(
  motoUrl: string,
  endpoint: string,
  config: Config,
  topology: Topology,
  operators: Operators,
): Promise<MadeWorkload> {
  const made: MadeResource[] = [];
  const lacking = new Set<string>();
  for (const site of topology.sources) {
    const kms = new KMSClient({ region: site.region, endpoint, credentials: await operators.of(site.accountId) });
    const keys = await keysOf(kms, site);
    kms.destroy();
    for (const order of ordersOf(config, site)) {
      const workload = await makeWorkload(motoUrl, site, { ...order, ...keys });
      made.push(...workload.made);
      for (const type of workload.lacking) lacking.add(type);
    }
  }
  return { made, lacking: [...lacking] };
}

/** The key that the site's stack has made for its resources, and one of which it knows nothing. */
async function keysOf(kms: KMSClient, { resourceKeyAlias, existingResourceKeyArns: [existing] }: SourceSite) {
  const shared =
    resourceKeyAlias === undefined
      ? existing
      : (await kms.send(new DescribeKeyCommand({ KeyId: resourceKeyAlias }))).KeyMetadata?.Arn;
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: UNSHARED }));
  return { sharedKeyArn: shared, unsharedKeyArn: KeyMetadata?.Arn };
}

/** What the key is described as that no other account may use. */
export const UNSHARED = 'shared with no other account';

/** One order for selections that ask for the same tags, with the types of all of them. */
function ordersOf(config: Config, site: SourceSite): WorkloadOrder[] {
  const orders = new Map<string, { tags: Readonly<Record<string, string>>; types: Set<string> }>();
  const settings = knownSettings(config, site);
  for (const selection of site.plans.flatMap(({ selections }) => selections)) {
    const tags = tagsFor(selection);
    const key = JSON.stringify(tags);
    const order = orders.get(key) ?? { tags, types: new Set<string>() };
    for (const { optInKey } of matchedTypes(selection, site, settings)) order.types.add(optInKey);
    orders.set(key, order);
  }
  return [...orders.values()].map(({ tags, types }) => ({ tags, types: [...types] }));
}

/** Tags that a selection takes. */
function tagsFor({ listOfTags: [any], conditions }: Selection): Record<string, string> {
  const wanted = [...(any ? [any] : []), ...conditions.stringEquals, ...conditions.stringLike];
  return Object.fromEntries(
    wanted.map(({ key, value }) => [key.replace('aws:ResourceTag/', ''), value.replaceAll('*', 'sandbox')]),
  );
}
