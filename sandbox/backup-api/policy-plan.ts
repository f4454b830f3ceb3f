import type {
  BackupPlanInput,
  BackupRuleInput,
  BackupSelection,
  Conditions,
  CopyAction,
  Lifecycle,
} from '@aws-sdk/client-backup';

type Value = string | number | boolean;
type Values = Value | readonly Value[];
type Named<Item> = Readonly<Record<string, Item>>;

interface LifecycleInPolicy {
  readonly move_to_cold_storage_after_days?: Value;
  readonly delete_after_days?: Value;
  readonly opt_in_to_archive_for_supported_resources?: Value;
}

interface TagInPolicy {
  readonly tag_key: Value;
  readonly tag_value: Values;
}

interface SelectionInPolicy extends Partial<TagInPolicy> {
  readonly iam_role_arn: Value;
  readonly resource_types?: Values;
  readonly not_resource_types?: Values;
  readonly conditions?: Named<Named<{ readonly condition_key: Value; readonly condition_value: Value }>>;
}

interface RuleInPolicy {
  readonly schedule_expression?: Value;
  readonly target_backup_vault_name: Value;
  readonly start_backup_window_minutes?: Value;
  readonly complete_backup_window_minutes?: Value;
  readonly enable_continuous_backup?: Value;
  readonly lifecycle?: LifecycleInPolicy;
  readonly recovery_point_tags?: Named<TagInPolicy>;
  readonly copy_actions?: Named<{ readonly target_backup_vault_arn?: Value; readonly lifecycle?: LifecycleInPolicy }>;
}

/** A plan of an effective backup policy, in which every key is in lower case and no operator is left. */
export interface PlanInPolicy {
  readonly regions?: Values;
  readonly rules?: Named<RuleInPolicy>;
  readonly selections?: { readonly tags?: Named<SelectionInPolicy>; readonly resources?: Named<SelectionInPolicy> };
  readonly advanced_backup_settings?: { readonly ec2?: { readonly windows_vss?: Value } };
  readonly backup_plan_tags?: Named<TagInPolicy>;
}

/** A plan as AWS Backup keeps it. */
export interface PlanOfPolicy {
  readonly content: BackupPlanInput;
  readonly selections: readonly BackupSelection[];
  readonly tags: Record<string, string>;
}

/**
 * What a plan of a policy is in one account: `$account` becomes its id. A copy action that names no vault inside makes no copy.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export function policyPlan(name: string, plan: PlanInPolicy, accountId: string): PlanOfPolicy {
  const { rules = {}, selections = {}, advanced_backup_settings: settings, backup_plan_tags: tags = {} } = plan;
  const here = (value: Value) => String(value).replaceAll('$account', accountId);
  const vss = settings?.ec2?.windows_vss;
  return {
    content: {
      BackupPlanName: name,
      Rules: Object.entries(rules).map(([ruleName, rule]) => ruleOf(ruleName, rule, here)),
      ...(vss === undefined
        ? {}
        : { AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: String(vss) } }] }),
    },
    selections: [
      ...Object.entries(selections.tags ?? {}).map(([selectionName, given]) => ({
        ...commonOf(selectionName, given, here),
        ListOfTags: listOf(given.tag_value).map((ConditionValue) => ({
          ConditionType: 'STRINGEQUALS' as const,
          ConditionKey: String(given.tag_key),
          ConditionValue,
        })),
      })),
      ...Object.entries(selections.resources ?? {}).map(([selectionName, given]) => ({
        ...commonOf(selectionName, given, here),
        Resources: listOf(given.resource_types),
        NotResources: listOf(given.not_resource_types),
      })),
    ],
    tags: tagsOf(tags),
  };
}

type Here = (value: Value) => string;

const ruleOf = (RuleName: string, rule: RuleInPolicy, here: Here): BackupRuleInput => ({
  RuleName,
  TargetBackupVaultName: String(rule.target_backup_vault_name),
  ...given({
    ScheduleExpression: textOf(rule.schedule_expression),
    StartWindowMinutes: numberOf(rule.start_backup_window_minutes),
    CompletionWindowMinutes: numberOf(rule.complete_backup_window_minutes),
    EnableContinuousBackup: flagOf(rule.enable_continuous_backup),
    Lifecycle: lifecycleOf(rule.lifecycle),
  }),
  RecoveryPointTags: tagsOf(rule.recovery_point_tags ?? {}),
  CopyActions: Object.values(rule.copy_actions ?? {}).flatMap((copy): CopyAction[] =>
    copy.target_backup_vault_arn === undefined
      ? []
      : [
          {
            DestinationBackupVaultArn: here(copy.target_backup_vault_arn),
            ...given({ Lifecycle: lifecycleOf(copy.lifecycle) }),
          },
        ],
  ),
});

const lifecycleOf = (lifecycle: LifecycleInPolicy | undefined): Lifecycle | undefined =>
  lifecycle &&
  given({
    MoveToColdStorageAfterDays: numberOf(lifecycle.move_to_cold_storage_after_days),
    DeleteAfterDays: numberOf(lifecycle.delete_after_days),
    OptInToArchiveForSupportedResources: flagOf(lifecycle.opt_in_to_archive_for_supported_resources),
  });

const commonOf = (SelectionName: string, { iam_role_arn, conditions = {} }: SelectionInPolicy, here: Here) => ({
  SelectionName,
  IamRoleArn: here(iam_role_arn),
  Conditions: conditionsOf(conditions),
});

const conditionsOf = (conditions: NonNullable<SelectionInPolicy['conditions']>): Conditions => {
  const of = (kind: string) =>
    Object.values(conditions[kind] ?? {}).map(({ condition_key: key, condition_value: value }) => ({
      ConditionKey: String(key),
      ConditionValue: String(value),
    }));
  return {
    StringEquals: of('string_equals'),
    StringNotEquals: of('string_not_equals'),
    StringLike: of('string_like'),
    StringNotLike: of('string_not_like'),
  };
};

const tagsOf = (tags: Named<TagInPolicy>) =>
  Object.fromEntries(Object.values(tags).map(({ tag_key: key, tag_value: value }) => [String(key), String(value)]));

const listOf = (values: Values | undefined) => (values === undefined ? [] : [values].flat().map(String));
const textOf = (value: Value | undefined) => (value === undefined ? undefined : String(value));
const numberOf = (value: Value | undefined) => (value === undefined ? undefined : Number(value));
const flagOf = (value: Value | undefined) => (value === undefined ? undefined : String(value) === 'true');

/** Without what is undefined, for which AWS fills something in. */
const given = <Members extends object>(members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
