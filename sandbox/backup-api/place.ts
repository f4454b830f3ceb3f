import type {
  BackupJob,
  BackupPlanInput,
  BackupRule,
  BackupSelection,
  CopyJob,
  DescribeFrameworkOutput,
  DescribeRecoveryPointOutput,
  DescribeReportPlanOutput,
  DescribeRestoreJobOutput,
  GetRestoreTestingPlanOutput,
  GetRestoreTestingSelectionOutput,
  ProtectedResource,
} from '@aws-sdk/client-backup';

/** A vault lock as it was put; with a lock date it is in compliance mode. */
export interface VaultLock {
  readonly minRetentionDays: number | undefined;
  readonly maxRetentionDays: number | undefined;
  readonly lockDate: Date | undefined;
}

/** A recovery point, and what a restore of it needs. */
export interface RecoveryPoint extends DescribeRecoveryPointOutput {
  RecoveryPointArn: string;
  ResourceArn: string;
  ResourceType: string;
  CreationDate: Date;
  readonly restoreMetadata: Readonly<Record<string, string>>;
}

/** A vault of either type. */
export interface Vault {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly type: 'BACKUP_VAULT' | 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT';
  readonly keyArn: string;
  /** Whether AWS Backup's own key encrypts it, because none was named. */
  readonly hasServiceKey: boolean;
  readonly created: Date;
  readonly creatorRequestId: string | undefined;
  lock: VaultLock | undefined;
  policy: string | undefined;
  notifications: { readonly topicArn: string; readonly events: readonly string[] } | undefined;
  readonly recoveryPoints: Map<string, RecoveryPoint>;
}

/** A backup plan in its newest version, and what it selects. */
export interface Plan {
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly creatorRequestId: string | undefined;
  versionId: string;
  version: number;
  content: BackupPlanInput;
  rules: readonly BackupRule[];
  readonly selections: Map<string, Selection>;
}

/** A selection of a plan. */
export interface Selection {
  readonly id: string;
  readonly created: Date;
  readonly creatorRequestId: string | undefined;
  readonly content: BackupSelection;
}

/** A restore job, and what it was told. */
export interface RestoreJob extends DescribeRestoreJobOutput {
  readonly metadata: Readonly<Record<string, string>>;
}

/** A restore testing plan and its selections. */
export interface RestoreTestingPlan {
  content: NonNullable<GetRestoreTestingPlanOutput['RestoreTestingPlan']>;
  readonly selections: Map<string, NonNullable<GetRestoreTestingSelectionOutput['RestoreTestingSelection']>>;
}

/** All that one account has in one Region. */
export class Place {
  readonly vaults = new Map<string, Vault>();
  /** The account's own; those of backup policies are besides. */
  readonly plans = new Map<string, Plan>();
  /** Plans of backup policies as they were found last, by name, and what the policy said; those that AWS does not take have no plan. */
  readonly organizationPlans = new Map<string, { readonly text: string; readonly plan: Plan | undefined }>();
  readonly frameworks = new Map<string, DescribeFrameworkOutput>();
  readonly reportPlans = new Map<string, NonNullable<DescribeReportPlanOutput['ReportPlan']>>();
  readonly restoreTestingPlans = new Map<string, RestoreTestingPlan>();
  readonly backupJobs = new Map<string, BackupJob>();
  readonly copyJobs = new Map<string, CopyJob>();
  readonly restoreJobs = new Map<string, RestoreJob>();
  /** Ids of jobs by the tokens of the requests that started them. */
  readonly startedBy = new Map<string, string>();
  readonly protectedResources = new Map<string, ProtectedResource>();
  /** By ARN of whatever has tags. */
  readonly tags = new Map<string, Record<string, string>>();
  regionSettings: {
    optIn: Readonly<Record<string, boolean>>;
    management: Readonly<Record<string, boolean>>;
  };

  constructor(
    readonly accountId: string,
    readonly region: string,
    regionSettings: Place['regionSettings'],
  ) {
    this.regionSettings = regionSettings;
  }
}
