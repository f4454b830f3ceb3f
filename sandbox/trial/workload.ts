import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Config } from '../../lib/config/config';
import { type KnownSettings, knownSettings, matchedTypes } from '../../lib/review/matched-types';
import type { Selection } from '../../lib/topology/plan';
import type { SourceSite, Topology } from '../../lib/topology/topology';
import { type MadeResource, makeWorkload, type WorkloadOrder } from '../workload/workload';
import { backedUpSites } from './members';
import type { Trial } from './trial';

/** Resources in all sources, and the types that the sandbox cannot make. */
export interface MadeWorkload {
  readonly made: readonly MadeResource[];
  readonly lacking: readonly string[];
}

/** Makes, at each site, resources that each selection takes and one that it leaves, under keys of every kind. */
export async function makeWorkloads(
  { aws, operators, project: { config, topology } }: Pick<Trial, 'aws' | 'operators' | 'project'>,
  sites: readonly SourceSite[] = backedUpSites(topology, aws.organizations.directory),
): Promise<MadeWorkload> {
  const made: MadeResource[] = [];
  const lacking = new Set<string>();
  for (const [index, site] of sites.entries()) {
    const credentials = await operators.of(site.accountId);
    const kms = new KMSClient({ region: site.region, endpoint: aws.url, credentials });
    const keys = await keysOf(kms, site);
    kms.destroy();
    // A source may be an account of a rollout too.
    const before = sites.slice(0, index).filter((other) => isSamePlace(other, site)).length;
    for (const order of ordersOf(site, settingsOf(config, topology, site))) {
      const label = before === 0 ? {} : { label: String(before) };
      const workload = await makeWorkload(aws.motoUrl, site, { ...order, ...keys, ...label });
      made.push(...workload.made);
      for (const type of workload.lacking) lacking.add(type);
    }
  }
  return { made, lacking: [...lacking] };
}

const isSamePlace = (a: SourceSite, b: SourceSite) => a.accountId === b.accountId && a.region === b.region;

/** Accounts of rollouts go by the settings of the management account, which the config may name. */
function settingsOf(config: Config, { management, sources }: Topology, site: SourceSite): KnownSettings {
  if (sources.includes(site)) return knownSettings(config, site);
  const given = management.regionSettings.find(({ region }) => region === site.region);
  return { isOptedIn: ({ optInKey }) => given?.optIn[optInKey] ?? true, managesDynamoDb: undefined };
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
function ordersOf(site: SourceSite, settings: KnownSettings): WorkloadOrder[] {
  const orders = new Map<string, { tags: Readonly<Record<string, string>>; types: Set<string> }>();
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
