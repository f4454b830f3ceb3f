import type { DescribeRecoveryPointOutput } from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { parseArn } from '../aws/arn';
import { parseCopyTarget } from '../config/copy-target';
import { LiveError } from '../live/live-error';
import type { Lifecycle } from '../topology/plan';
import type { SourceSite, Topology, VaultLock } from '../topology/topology';
import type { CopyOrder } from './copy-job';
import { type Edge, edgesOf } from './edges';
import { type FoundPoint, findRecoveryPoint } from './find-recovery-point';
import { fittingRetention, refuseUncopyable } from './retention';
import { RuleKeys, readPlans, ruleKey } from './rule-keys';
import { sourcesToSearch } from './sources';

export interface CopyRequest {
  readonly recoveryPointArn: string;
  /** `<destination>/<region>`, with `/air-gapped` behind it, or the ARN of a vault outside of the config. */
  readonly to: string;
  /** The source that the recovery point is in; all are searched where undefined. */
  readonly from: string | undefined;
  /** @default - what the rule says that copies there */
  readonly deleteAfterDays: number | undefined;
  readonly now: Date;
}

/**
 * Looks for a recovery point in the sources and orders a copy of it, as a rule would have.
 * @throws LiveError where it is not found, or the copy would be refused
 */
export async function orderCopy(entry: Entry, topology: Topology, request: CopyRequest): Promise<CopyOrder> {
  const { recoveryPointArn, to } = request;
  if (parseCopyTarget(to) === undefined)
    throw new LiveError(
      `--to must be <destination>/<region>, the same with /air-gapped behind it, or the ARN of a vault, got ${to}`,
    );
  const accountId = parseArn(recoveryPointArn)?.accountId || undefined;
  const sources = await sourcesToSearch(entry, topology, request.from, accountId);
  const found = await findRecoveryPoint(entry, recoveryPointArn, sources);
  const { site, vault, described } = found;
  // An account may be in several rollouts, which share the vault.
  const alike = sources.filter((source) => source.vault.vaultArn === site.vault.vaultArn);
  const edges = edgesOf(topology, alike);
  const there = edges.filter((edge) => edge.to === to);
  const [first] = there;
  if (!first)
    throw new LiveError(
      `no rule of ${site.name}/${site.region} copies to ${to}, so no policy lets a copy in there: it copies to ${[...new Set(edges.map((edge) => edge.to))].join(', ') || 'nothing'}`,
    );
  refuseUncopyable(recoveryPointArn, described);
  const wanted =
    request.deleteAfterDays === undefined
      ? inAwsWords(await ruleLifecycle(entry, found, there))
      : { DeleteAfterDays: request.deleteAfterDays };
  return {
    recoveryPointArn,
    source: vault,
    destinationVaultArn: first.vaultArn,
    roleArn: site.backupRole.arn,
    lifecycle: fittingRetention(wanted, described, lockOf(topology, first.vaultArn), request.now),
  };
}

/** What the copies of the rule are kept for that has made a recovery point; of another, what all rules agree on. */
async function ruleLifecycle(
  entry: Entry,
  { described }: FoundPoint<SourceSite>,
  edges: readonly Edge[],
): Promise<Lifecycle> {
  const own = await ownEdge(entry, described, edges);
  const days = [...new Set(edges.map(({ copy }) => copy.deleteAfterDays))];
  const [only] = edges;
  if (own) return own.copy;
  if (only && days.length === 1) return only.copy;
  throw new LiveError(
    `rules keep copies there for ${days.join(', ')} days, and none of them has made this recovery point: say which with --delete-after-days`,
  );
}

async function ownEdge(
  entry: Entry,
  { CreatedBy }: DescribeRecoveryPointOutput,
  edges: readonly Edge[],
): Promise<Edge | undefined> {
  if (CreatedBy === undefined || edges.length < 2) return undefined;
  const keys = new RuleKeys();
  if (CreatedBy.BackupRuleName === undefined)
    for (const source of new Set(edges.map((edge) => edge.source))) await readPlans(entry, source, keys);
  const made = keys.of(CreatedBy);
  return edges.find(({ plan, rule }) => ruleKey(plan.physicalName, rule.name) === made);
}

const inAwsWords = ({ deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: Lifecycle) => ({
  DeleteAfterDays: deleteAfterDays,
  ...(moveToColdStorageAfterDays === undefined
    ? {}
    : { MoveToColdStorageAfterDays: moveToColdStorageAfterDays, OptInToArchiveForSupportedResources: optInToArchive }),
});

/** The lock of a vault of the config. */
function lockOf({ destinations }: Topology, vaultArn: string): VaultLock | undefined {
  const vaults = destinations.flatMap(({ vault, airGapped }) => [vault, ...(airGapped ? [airGapped] : [])]);
  return vaults.find((vault) => vault.vaultArn === vaultArn)?.lock;
}
