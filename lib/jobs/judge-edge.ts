import type { BackupJob, CopyJob } from '@aws-sdk/client-backup';
import type { Edge } from './edges';
import { type NewestPoint, originKey, type VaultReading } from './read-vault';
import { type LivePlan, type RuleKeys, ruleKey } from './rule-keys';
import { lastRun, nextRun } from './schedule-times';

/** When a copy is late. */
export interface Objective {
  readonly now: Date;
  /** What a backup and its copy may take once the backup has started, in hours. */
  readonly graceHours: number;
  /** How old the newest copied backup may be, in hours; undefined where the schedule says it. */
  readonly rpoHours: number | undefined;
  /** Whether a rule that has never backed anything up misses its objective too. */
  readonly expectsBackups: boolean;
}

/** A copy edge against its objective. `not due` is of one whose first copy is still to come. */
export type Verdict = 'met' | 'missed' | 'not due' | 'no backups' | 'unknown';

/** How a copy edge stands. */
export interface EdgeStatus {
  readonly from: string;
  readonly to: string;
  readonly plan: string;
  readonly rule: string;
  readonly verdict: Verdict;
  /** Why, where it is neither met nor to be seen by the numbers. */
  readonly reason: string | undefined;
  /** The moment since which every resource must have been backed up and copied; undefined before the first run. */
  readonly requiredSince: Date | undefined;
  /** When a copy ended well last. */
  readonly lastCopied: Date | undefined;
  /** When the newest backup was made that is copied. */
  readonly newestBackup: Date | undefined;
  /** How many resources the rule has backed up, or tried to, in the run that has to be copied by now. */
  readonly resources: number;
  /** Those of them without a copy since. */
  readonly late: readonly LateResource[];
}

/** A resource whose copy has not come. */
export interface LateResource {
  readonly resourceArn: string;
  /** When its newest backup was made that is copied. */
  readonly newestBackup: Date | undefined;
}

/** All that is known of the two ends of an edge. */
export interface EdgeSight {
  readonly keys: RuleKeys;
  /** Undefined where the plan is not there. */
  readonly plan: LivePlan | undefined;
  readonly backups: readonly BackupJob[];
  readonly copies: readonly CopyJob[];
  /** Undefined where it could not be read, as one outside of the config. */
  readonly sourceVault: VaultReading | undefined;
  readonly destinationVault: VaultReading | undefined;
  /** Whether no other rule of the source copies to the same vault. */
  readonly isOnlyRule: boolean;
}

const HOUR_MS = 3_600_000;

/**
 * Says whether an edge has met its objective: whether each resource that the last run backed up whose copies are due has
 * been copied since. A run is due when its start window and the grace have passed.
 */
export function judgeEdge(edge: Edge, sight: EdgeSight, objective: Objective): EdgeStatus {
  const copied = copiedOf(edge, sight);
  const newest = [...copied.values()].reduce<NewestPoint | undefined>(
    (best, point) => (best && best.created >= point.created ? best : point),
    undefined,
  );
  const lastCopied = [...copied.values()].reduce<Date | undefined>(
    (best, { created, completed = created }) => (best && best >= completed ? best : completed),
    undefined,
  );
  const known = {
    from: edge.from,
    to: edge.to,
    plan: edge.plan.name,
    rule: edge.rule.name,
    lastCopied,
    newestBackup: newest?.created,
  };
  const { requiredSince, window } = requirement(edge, objective);
  const nothing = { requiredSince, resources: 0, late: [] };
  if (!sight.plan)
    return { ...known, ...nothing, verdict: 'missed', reason: 'the plan is not there: deploy the source' };
  const isYoung = sight.plan.created !== undefined && window !== undefined && window.from < sight.plan.created;
  if (!window || !requiredSince || (isYoung && copied.size === 0))
    return { ...known, ...nothing, verdict: 'not due', reason: undefined };
  const expected = expectedOf(edge, sight, window);
  if (expected.size === 0 && !newest && !hasEverBackedUp(edge, sight)) {
    const verdict = objective.expectsBackups ? 'missed' : 'no backups';
    const reason = 'its selections match nothing, or their types are opted out in the account';
    return { ...known, ...nothing, verdict, reason };
  }
  const late = [...expected]
    .map((resourceArn) => ({ resourceArn, newestBackup: copied.get(resourceArn)?.created }))
    .filter(({ newestBackup }) => newestBackup === undefined || newestBackup < requiredSince);
  const isStale = expected.size === 0 && (newest === undefined || newest.created < requiredSince);
  return {
    ...known,
    requiredSince,
    resources: expected.size,
    late,
    verdict: late.length > 0 || isStale ? 'missed' : 'met',
    reason: isStale ? `nothing was backed up in the run of ${window.from.toISOString()}` : undefined,
  };
}

interface Window {
  readonly from: Date;
  readonly until: Date;
}

/** The run whose copies are due, and since when a resource must have been backed up. */
function requirement({ rule }: Edge, { now, graceHours, rpoHours }: Objective) {
  const patience = rpoHours ?? graceHours + rule.startWindowMinutes / 60;
  const at = new Date(now.getTime() - patience * HOUR_MS);
  const run = lastRun(rule, at);
  const window = run && { from: run, until: nextRun(rule, run) ?? now };
  return { requiredSince: rpoHours === undefined || !run ? run : at, window };
}

const keyOf = ({ plan, rule }: Edge) => ruleKey(plan.physicalName, rule.name);

/** What the run should have copied: whatever it began to back up. */
function expectedOf(edge: Edge, { keys, backups, sourceVault }: EdgeSight, { from, until }: Window): Set<string> {
  const isInRun = (made: Date | undefined) => made !== undefined && made >= from && made < until;
  const rule = keyOf(edge);
  const fromJobs = backups.filter((job) => isInRun(job.CreationDate) && keys.of(job.CreatedBy) === rule);
  const fromVault = [...(sourceVault?.newest.get(originKey(undefined, rule))?.values() ?? [])];
  return new Set([
    ...fromJobs.flatMap(({ ResourceArn }) => ResourceArn ?? []),
    ...fromVault.filter(({ created }) => isInRun(created)).map(({ resourceArn }) => resourceArn),
  ]);
}

function hasEverBackedUp(edge: Edge, { keys, backups, sourceVault }: EdgeSight): boolean {
  const rule = keyOf(edge);
  const points = sourceVault?.newest.get(originKey(undefined, rule))?.size ?? 0;
  return points > 0 || backups.some((job) => keys.of(job.CreatedBy) === rule);
}

/** The newest copy of each resource: what the vault holds, and what jobs tell where it cannot be looked into. */
function copiedOf(edge: Edge, { keys, copies, destinationVault, isOnlyRule }: EdgeSight): Map<string, NewestPoint> {
  const { source, plan } = edge;
  // Copies on demand, and those of a rule that has another id since.
  const rules = [keyOf(edge), ...(isOnlyRule ? [undefined, ruleKey(plan.physicalName, '')] : [])];
  const origins = [source.vault, ...source.retiredVaults, ...(source.airGapped ? [source.airGapped] : [])];
  const points = origins.flatMap(({ vaultArn }) =>
    rules.flatMap((rule) => [...(destinationVault?.newest.get(originKey(vaultArn, rule))?.values() ?? [])]),
  );
  const told = copies.filter(
    (job) =>
      destinationVault === undefined &&
      job.State === 'COMPLETED' &&
      job.DestinationBackupVaultArn === edge.vaultArn &&
      rules.includes(keys.of(job.CreatedBy)),
  );
  const newest = new Map<string, NewestPoint>();
  for (const point of [...points, ...told.flatMap(asPoint)]) {
    const best = newest.get(point.resourceArn);
    if (!best || best.created < point.created) newest.set(point.resourceArn, point);
  }
  return newest;
}

/** A job does not say when its backup was made: not later than the job itself. */
const asPoint = (job: CopyJob): NewestPoint[] => {
  const { DestinationRecoveryPointArn: arn = '', ResourceArn: resourceArn, ResourceType: resourceType = '' } = job;
  const { CreationDate: created, CompletionDate: completed } = job;
  return resourceArn === undefined || created === undefined
    ? []
    : [{ arn, resourceArn, resourceType, created, completed }];
};
