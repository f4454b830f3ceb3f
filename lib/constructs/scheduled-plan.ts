import { BackupPlan, type BackupPlanRule } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { MALWARE_SCANNER, type ScanMode } from '../aws/scans';

/** How long recovery points are kept, in days after their creation. */
export interface PlanLifecycle {
  /** 1 to 36500. */
  readonly deleteAfterDays: number;
  /** At least 90 less than `deleteAfterDays`; undefined keeps them warm. */
  readonly moveToColdStorageAfterDays: number | undefined;
  /** Whether EBS takes part in cold storage. */
  readonly optInToArchive: boolean;
}

export interface PlanRule extends PlanLifecycle {
  readonly name: string;
  /** `cron(…)` of six fields. */
  readonly schedule: string;
  /** An IANA zone. */
  readonly timezone: string;
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  readonly enableContinuousBackup: boolean;
  /**
   * The air-gapped vault of the same account and Region that recovery points go to, past the plan's vault or through it.
   * @default - recovery points stay in the plan's vault
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/lag-vault-primary-backup.html
   */
  readonly airGappedVaultArn?: string | undefined;
  readonly recoveryPointTags: Readonly<Record<string, string>>;
  /** Undefined when recovery points are not scanned for malware. */
  readonly scanMode: ScanMode | undefined;
  readonly copies: readonly (PlanLifecycle & { readonly vaultArn: string })[];
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface PlanSelection {
  readonly name: string;
  readonly listOfTags: readonly Tag[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: {
    readonly stringEquals: readonly Tag[];
    readonly stringNotEquals: readonly Tag[];
    readonly stringLike: readonly Tag[];
    readonly stringNotLike: readonly Tag[];
  };
}

export interface ScheduledPlanProps {
  /** At most 50 characters. Changing it replaces the plan. */
  readonly planName: string;
  /** The vault, by name and in this account, that backups land in before they are copied. */
  readonly vaultName: string;
  readonly windowsVss: boolean;
  /**
   * What is scanned for malware, in AWS's words, and the role that GuardDuty does it with; needed where a rule scans.
   * @default - nothing is scanned
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ScanSetting.html
   */
  readonly scan?: { readonly resourceTypes: readonly string[]; readonly roleArn: string } | undefined;
  /** By which others tell that the plan is not to be touched. */
  readonly tags: Readonly<Record<string, string>>;
  readonly rules: readonly PlanRule[];
  readonly selections: readonly PlanSelection[];
  /** The role AWS Backup works under. */
  readonly roleArn: string;
  /** What the role must have first: a selection whose role cannot work yet is refused. */
  readonly rolePermissions: ITerraformDependable[];
}

/**
 * A backup plan with its rules, copies and selections.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html
 */
export class ScheduledPlan extends Construct {
  readonly planArn: string;

  constructor(scope: Construct, id: string, props: ScheduledPlanProps) {
    super(scope, id);
    const plan = new BackupPlan(this, 'Resource', {
      name: props.planName,
      tags: { ...props.tags },
      rule: props.rules.map((rule) => renderRule(rule, props.vaultName)),
      ...(props.windowsVss
        ? { advancedBackupSetting: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }] }
        : {}),
      ...(props.scan
        ? {
            scanSetting: [
              {
                malwareScanner: MALWARE_SCANNER,
                resourceTypes: [...props.scan.resourceTypes],
                scannerRoleArn: props.scan.roleArn,
              },
            ],
          }
        : {}),
    });
    for (const selection of props.selections) {
      new BackupSelection(this, `Selection-${selection.name}`, {
        planId: plan.id,
        iamRoleArn: props.roleArn,
        dependsOn: props.rolePermissions,
        ...renderSelection(selection),
      });
    }
    this.planArn = plan.arn;
  }
}

const renderRule = (rule: PlanRule, vaultName: string): BackupPlanRule => ({
  ruleName: rule.name,
  targetVaultName: vaultName,
  schedule: rule.schedule,
  scheduleExpressionTimezone: rule.timezone,
  startWindow: rule.startWindowMinutes,
  completionWindow: rule.completionWindowMinutes,
  enableContinuousBackup: rule.enableContinuousBackup,
  ...(rule.airGappedVaultArn === undefined ? {} : { targetLogicallyAirGappedBackupVaultArn: rule.airGappedVaultArn }),
  ...(Object.keys(rule.recoveryPointTags).length > 0 ? { recoveryPointTags: { ...rule.recoveryPointTags } } : {}),
  ...(rule.scanMode === undefined
    ? {}
    : { scanAction: [{ malwareScanner: MALWARE_SCANNER, scanMode: rule.scanMode }] }),
  lifecycle: renderLifecycle(rule),
  // A copy without a lifecycle of its own is kept for ever by the provider.
  copyAction: rule.copies.map((copy) => ({ destinationVaultArn: copy.vaultArn, lifecycle: renderLifecycle(copy) })),
});

const renderLifecycle = ({ deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: PlanLifecycle) => ({
  deleteAfter: deleteAfterDays,
  ...(moveToColdStorageAfterDays === undefined
    ? {}
    : { coldStorageAfter: moveToColdStorageAfterDays, optInToArchiveForSupportedResources: optInToArchive }),
});

function renderSelection({ name, listOfTags, resources, notResources, conditions }: PlanSelection) {
  const hasConditions = Object.values(conditions).some((tags) => tags.length > 0);
  const { stringEquals, stringNotEquals, stringLike, stringNotLike } = conditions;
  return {
    name,
    resources: [...resources],
    ...(notResources.length > 0 ? { notResources: [...notResources] } : {}),
    ...(listOfTags.length > 0 ? { selectionTag: listOfTags.map((tag) => ({ type: 'STRINGEQUALS', ...tag })) } : {}),
    ...(hasConditions
      ? {
          condition: [
            {
              stringEquals: [...stringEquals],
              stringNotEquals: [...stringNotEquals],
              stringLike: [...stringLike],
              stringNotLike: [...stringNotLike],
            },
          ],
        }
      : {}),
  };
}
