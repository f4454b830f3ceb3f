import {
  BackupClient,
  GetBackupPlanCommand,
  paginateListBackupPlans,
  type RecoveryPointCreator,
} from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { ask } from '../live/ask';
import { listAll } from '../live/list-all';
import type { SourceSite } from '../topology/topology';

/** A plan that is there. */
export interface LivePlan {
  readonly id: string;
  readonly created: Date | undefined;
}

/** Tells which rule a job or a recovery point is of. */
export class RuleKeys {
  private readonly planNames = new Map<string, string>();
  private readonly ruleNames = new Map<string, string>();

  /** Takes in a plan with the ids of its rules. */
  add(planId: string, planName: string, rules: readonly { readonly id: string; readonly name: string }[]): void {
    this.planNames.set(planId, planName);
    for (const { id, name } of rules) this.ruleNames.set(id, name);
  }

  /**
   * The plan and the rule, by {@link ruleKey}; the plan alone of a rule that has gone since; undefined of what no plan made.
   * Newer answers of AWS name both, older ones have ids alone, and a plan that is changed gives its rules new ids.
   */
  of(by: RecoveryPointCreator | undefined): string | undefined {
    if (by?.BackupPlanId === undefined && by?.BackupPlanName === undefined) return undefined;
    const plan = by.BackupPlanName ?? this.planNames.get(by.BackupPlanId ?? '') ?? by.BackupPlanId ?? '';
    const rule = by.BackupRuleName ?? this.ruleNames.get(by.BackupRuleId ?? '') ?? '';
    return ruleKey(plan, rule);
  }
}

/** A rule among all rules of an account; backup policies have theirs in lower case. */
export const ruleKey = (plan: string, rule: string): string => `${plan} ${rule}`.toLowerCase();

/**
 * Reads the plans of a source that are there, by name in lower case, and tells their rules.
 * @throws LiveError where they cannot be read
 */
export async function readPlans(entry: Entry, source: SourceSite, keys: RuleKeys): Promise<Map<string, LivePlan>> {
  const client = await entry.client(BackupClient, source);
  const plans = new Map<string, LivePlan>();
  const wanted = new Set(source.plans.map(({ physicalName }) => physicalName.toLowerCase()));
  const listed = await listAll(
    'backup:ListBackupPlans',
    () => paginateListBackupPlans({ client }, {}),
    ({ BackupPlansList }) => BackupPlansList,
  );
  for (const { BackupPlanId: id = '', BackupPlanName: name = '', CreationDate: created } of listed) {
    if (!wanted.has(name.toLowerCase())) continue;
    plans.set(name.toLowerCase(), { id, created });
    const { BackupPlan } = await ask('backup:GetBackupPlan', () =>
      client.send(new GetBackupPlanCommand({ BackupPlanId: id })),
    );
    const rules = (BackupPlan?.Rules ?? []).map(({ RuleId = '', RuleName = '' }) => ({ id: RuleId, name: RuleName }));
    keys.add(id, name, rules);
  }
  return plans;
}
