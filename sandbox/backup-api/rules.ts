import type { BackupPlanInput, BackupRule } from '@aws-sdk/client-backup';
import type { Given } from '../wire/typed';
import { parseVaultArn } from './arns';
import { badRule, invalidValue } from './errors';
import { lifecycleProblem, retentionDays } from './lifecycle';
import type { Call } from './operations';

type Rule = Given<BackupPlanInput>['Rules'][number];

/**
 * AWS's bounds of a plan.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html
 */
const MOST_RULES = 10;
const MOST_COPIES = 5;
const SHORTEST_START_WINDOW_MINUTES = 60;
const LONGEST_CONTINUOUS_DAYS = 35;
/** What AWS fills in. */
const DEFAULTS = {
  ScheduleExpression: 'cron(0 5 ? * * *)',
  ScheduleExpressionTimezone: 'Etc/UTC',
  StartWindowMinutes: 480,
  CompletionWindowMinutes: 10_080,
  EnableContinuousBackup: false,
};

/** Where the rules are to be. */
type RulePlace = Pick<Call, 'accountId' | 'region' | 'world'>;

/** The rules of a plan with ids of their own, and with what AWS fills in. */
export function acceptRules({ BackupPlanName, Rules }: Given<BackupPlanInput>, call: RulePlace): BackupRule[] {
  if (!/^[a-zA-Z0-9\-_.]{1,50}$/.test(BackupPlanName))
    throw invalidValue(`Invalid backup plan name: ${BackupPlanName}`);
  if (Rules.length === 0) throw invalidValue('Backup plan must have at least one rule');
  if (Rules.length > MOST_RULES) throw invalidValue(`Backup plan cannot have more than ${MOST_RULES} rules`);
  const names = Rules.map(({ RuleName }) => RuleName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw badRule(twice, 'Rule names must be unique within a backup plan');
  return Rules.map((rule) => {
    const problem = ruleProblem(rule, call);
    if (problem) throw badRule(rule.RuleName, problem);
    return { ...DEFAULTS, ...rule, RuleId: call.world.nextId('rule', call) };
  });
}

function ruleProblem(rule: Rule, call: RulePlace): string | undefined {
  const { StartWindowMinutes = SHORTEST_START_WINDOW_MINUTES, CompletionWindowMinutes, CopyActions = [] } = rule;
  if (rule.ScheduleExpression !== undefined && !isSchedule(rule.ScheduleExpression))
    return `Invalid schedule expression ${rule.ScheduleExpression}`;
  if (rule.ScheduleExpressionTimezone !== undefined && !isTimezone(rule.ScheduleExpressionTimezone))
    return `Invalid schedule expression timezone ${rule.ScheduleExpressionTimezone}`;
  if (StartWindowMinutes < SHORTEST_START_WINDOW_MINUTES)
    return `Invalid StartWindowMinutes. It must be at least ${SHORTEST_START_WINDOW_MINUTES}`;
  if (CompletionWindowMinutes !== undefined && CompletionWindowMinutes < StartWindowMinutes)
    return 'Invalid CompletionWindowMinutes. It cannot be less than StartWindowMinutes';
  const ofRule = lifecycleProblem(rule.Lifecycle ?? {}) ?? continuousProblem(rule);
  if (ofRule) return ofRule;
  if (CopyActions.length > MOST_COPIES) return `A rule cannot have more than ${MOST_COPIES} copy actions`;
  for (const { DestinationBackupVaultArn: arn, Lifecycle } of CopyActions) {
    const destination = parseVaultArn(arn);
    if (!destination) return `Invalid destination backup vault ARN ${arn}`;
    if (destination.name === rule.TargetBackupVaultName && isHere(destination, call))
      return 'Source and destination backup vaults cannot be the same';
    const ofCopy = lifecycleProblem(Lifecycle ?? {});
    if (ofCopy) return ofCopy;
  }
  return undefined;
}

/**
 * Point-in-time recovery has no cold storage, and ends after 35 days.
 * @see https://github.com/lgallard/terraform-aws-backup/issues/40 the words on cold storage
 */
function continuousProblem({ EnableContinuousBackup, Lifecycle }: Rule): string | undefined {
  if (!EnableContinuousBackup) return undefined;
  if (Lifecycle?.MoveToColdStorageAfterDays !== undefined)
    return 'Invalid lifecycle. MoveToColdStorageAfterDays is unavailable';
  const days = retentionDays(Lifecycle);
  return days === undefined || days > LONGEST_CONTINUOUS_DAYS
    ? `Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than ${LONGEST_CONTINUOUS_DAYS} days`
    : undefined;
}

const isHere = (vault: { accountId: string; region: string }, { accountId, region }: RulePlace) =>
  vault.accountId === accountId && vault.region === region;

/** Six fields, and a question mark for exactly one of the two that name days. */
function isSchedule(expression: string): boolean {
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  return fields.length === 6 && (fields[2] === '?') !== (fields[4] === '?');
}

function isTimezone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
