import type { Entry, Workplace } from '../accounts/entry';
import { inParallel } from '../live/in-parallel';
import { LiveError } from '../live/live-error';
import { grouped } from '../topology/collections';
import type { DestinationSite, SourceSite, Topology } from '../topology/topology';
import { type Edge, edgesOf, placeOf, vaultsOf } from './edges';
import { type EdgeStatus, judgeEdge, type Objective } from './judge-edge';
import { JOBS_KEPT_DAYS, type Jobs, readJobs } from './read-jobs';
import { readVault, type VaultContent, type VaultReading } from './read-vault';
import { rolloutSources } from './rollout-sources';
import { type LivePlan, RuleKeys, readPlans } from './rule-keys';
import { chosenSources } from './sources';
import { type Trouble, troublesOf } from './troubles';

export interface StatusOptions extends Objective {
  /** Sources to look at, by `<source>` or `<source>/<region>`; of rollouts by account id. All where undefined. */
  readonly sources?: readonly string[] | undefined;
  /** Jobs made since are told of, as far as AWS still lists them. */
  readonly since: Date;
  readonly onProgress: (text: string) => void;
}

/** How an organization's copies stand. */
export interface Status {
  readonly at: Date;
  readonly edges: readonly EdgeStatus[];
  readonly jobs: readonly Trouble[];
  readonly vaults: readonly (VaultContent & { readonly vault: string; readonly name: string })[];
  /** What could not be read, and why. */
  readonly unread: readonly { readonly what: string; readonly reason: string }[];
}

/** How many accounts, Regions and vaults are asked at once: AWS Backup throttles by account. */
const AT_ONCE = 8;
const DAY_MS = 86_400_000;

/**
 * Reads jobs, plans and vaults of every account of a config, and judges each copy edge. What cannot be read leaves its edges
 * unknown, and the others as they are.
 * @throws LiveError where there are no credentials, or a source is named that is not there
 */
export async function readStatus(entry: Entry, topology: Topology, options: StatusOptions): Promise<Status> {
  const unread: { what: string; reason: string }[] = [];
  const reading = async <Answer>(what: string, read: () => Promise<Answer>): Promise<Answer | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      unread.push({ what, reason: error.message });
      return undefined;
    }
  };
  await entry.identity();
  const rolledOut = await reading('accounts of the rollouts', () => rolloutSources(entry, topology));
  const sources = chosenSources([...topology.sources, ...(rolledOut ?? [])], options.sources);
  const edges = edgesOf(topology, sources);
  const reached = new Set(edges.map(({ vaultArn }) => vaultArn));
  const destinations = topology.destinations.filter(
    (site) => options.sources === undefined || vaultsOf([site]).some(({ arn }) => reached.has(arn)),
  );
  const sites = [...sources, ...destinations];
  const keys = new RuleKeys();
  const after = new Date(Math.min(options.since.getTime(), options.now.getTime() - JOBS_KEPT_DAYS * DAY_MS));
  let done = 0;
  const told = (of: number, what: string) => {
    done += 1;
    options.onProgress(`${done} of ${of} ${what} read`);
  };

  const plans = new Map<SourceSite, Map<string, LivePlan>>();
  const places = [...grouped<DestinationSite | SourceSite>(sites, placeKey).values()];
  const jobs = new Map<string, Jobs>();
  await inParallel(AT_ONCE, places, async (here) => {
    const [first] = here;
    if (!first) return;
    await reading(`jobs and plans of ${placeOf(first)}`, async () => {
      for (const site of here) if (site.role === 'source') plans.set(site, await readPlans(entry, site, keys));
      jobs.set(placeKey(first), await readJobs(entry, first, after));
    });
    told(places.length, 'accounts and Regions');
  });
  done = 0;
  const vaults = vaultsOf(sites);
  const readings = new Map<string, VaultReading>();
  await inParallel(AT_ONCE, vaults, async (vault) => {
    const read = await reading(`vault ${vault.label}`, () => readVault(entry, vault, keys));
    if (read) readings.set(vault.arn, read);
    told(vaults.length, 'vaults');
  });

  const alike = grouped(edges, endsOf);
  const judged = edges.map((edge): EdgeStatus => {
    const known = plans.get(edge.source);
    const here = jobs.get(placeKey(edge.source));
    if (!known || !here) return unknown(edge);
    return judgeEdge(
      edge,
      {
        keys,
        plan: known.get(edge.plan.physicalName.toLowerCase()),
        backups: here.backups,
        copies: here.copies,
        sourceVault: readings.get(edge.source.vault.vaultArn),
        destinationVault: readings.get(edge.vaultArn),
        isOnlyRule: alike.get(endsOf(edge))?.length === 1,
      },
      options,
    );
  });
  return {
    at: options.now,
    edges: judged,
    jobs: [...jobs.values()].flatMap((read) => troublesOf(read, vaults, options.since)),
    vaults: vaults.flatMap(({ arn, label, name }) => {
      const content = readings.get(arn)?.content;
      return content ? [{ vault: label, name, ...content }] : [];
    }),
    unread,
  };
}

const placeKey = ({ accountId, region }: Workplace) => `${accountId} ${region}`;

/** Of edges that lead from the same vault to the same vault. */
const endsOf = ({ source, vaultArn }: Edge) => `${source.vault.vaultArn} ${vaultArn}`;

const unknown = ({ from, to, plan, rule }: Edge): EdgeStatus => ({
  from,
  to,
  plan: plan.name,
  rule: rule.name,
  verdict: 'unknown',
  reason: 'the source could not be read',
  requiredSince: undefined,
  lastCopied: undefined,
  newestBackup: undefined,
  resources: 0,
  late: [],
});
