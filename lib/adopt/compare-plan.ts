import type { BackupRule, Lifecycle } from '@aws-sdk/client-backup';
import { changed } from './compare';
import type { FoundPlan } from './inventory';

/** A block as cdktf writes it: one of a list, or alone. */
type Block = Readonly<Record<string, unknown>>;

/** A rule in words of both sides. */
type Terms = Readonly<Record<string, unknown>>;

/** What an apply does to a plan that exists, rule by rule. */
export function planChanges({ rules, windowsVss }: FoundPlan, block: Block): string[] {
  const before = new Map(rules.map((rule) => [rule.RuleName ?? '', foundTerms(rule)]));
  const after = new Map(blocks(block.rule).map((rule) => [String(rule.rule_name), wantedTerms(rule)]));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const becomesVss = blocks(block.advanced_backup_setting).length > 0;
  return [
    ...names.flatMap((name) => ruleChanges(name, before.get(name), after.get(name))),
    ...changed('Windows VSS', windowsVss, becomesVss),
  ];
}

function ruleChanges(name: string, is: Terms | undefined, becomes: Terms | undefined): string[] {
  if (becomes === undefined) return [`rule ${name}: goes`];
  if (is === undefined) return [`rule ${name}: comes`];
  return Object.keys(becomes).flatMap((term) => changed(`rule ${name}: ${term}`, is[term], becomes[term]));
}

const wantedTerms = (rule: Block): Terms => ({
  vault: rule.target_vault_name,
  schedule: rule.schedule,
  timezone: rule.schedule_expression_timezone,
  'start window': rule.start_window,
  'completion window': rule.completion_window,
  'continuous backup': rule.enable_continuous_backup,
  'air-gapped vault': rule.target_logically_air_gapped_backup_vault_arn ?? null,
  'tags of recovery points': rule.recovery_point_tags ?? {},
  ...lifecycleTerms(blocks(rule.lifecycle)[0]),
  copies: sorted(
    blocks(rule.copy_action).map((copy) => ({
      to: copy.destination_vault_arn,
      ...lifecycleTerms(blocks(copy.lifecycle)[0]),
    })),
  ),
});

const foundTerms = (rule: BackupRule): Terms => ({
  vault: rule.TargetBackupVaultName,
  schedule: rule.ScheduleExpression,
  timezone: rule.ScheduleExpressionTimezone ?? 'Etc/UTC',
  'start window': rule.StartWindowMinutes,
  'completion window': rule.CompletionWindowMinutes,
  'continuous backup': rule.EnableContinuousBackup ?? false,
  'air-gapped vault': rule.TargetLogicallyAirGappedBackupVaultArn ?? null,
  'tags of recovery points': rule.RecoveryPointTags ?? {},
  ...foundLifecycle(rule.Lifecycle),
  copies: sorted(
    (rule.CopyActions ?? []).map(({ DestinationBackupVaultArn, Lifecycle }) => ({
      to: DestinationBackupVaultArn,
      ...foundLifecycle(Lifecycle),
    })),
  ),
});

const lifecycleTerms = (lifecycle: Block = {}): Terms => ({
  'deleted after days': days(lifecycle.delete_after),
  'cold after days': days(lifecycle.cold_storage_after),
});

const foundLifecycle = (lifecycle: Lifecycle = {}): Terms => ({
  'deleted after days': days(lifecycle.DeleteAfterDays),
  'cold after days': days(lifecycle.MoveToColdStorageAfterDays),
});

/** AWS tells of nothing as of nothing, or as of 0 and less. */
const days = (given: unknown) => (typeof given === 'number' && given > 0 ? given : null);

const sorted = (copies: readonly Terms[]) =>
  [...copies].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Blocks of one kind: cdktf writes a list, or the only one. */
export const blocks = (given: unknown): Block[] => [given ?? []].flat() as Block[];
