import type { BackupPlan, BackupSelection } from '@aws-sdk/client-backup';
import { MALWARE_SCANNER } from '../aws/scans';
import { vaultArnIn } from '../policies/backup-policies';
import type { Conditions, Lifecycle, Plan, Rule, Selection, Tag } from '../topology/plan';
import type { DestinationSite, SourceSite } from '../topology/topology';

/** Something without what is not said in it. */
type Said = Readonly<Record<string, unknown>>;

/** A plan in the form that both sides are compared in: what nobody set is left out, and lists are by name. */
export const expectedPlan = (plan: Plan, site: SourceSite, destinations: readonly DestinationSite[]): Said => ({
  rules: Object.fromEntries(plan.rules.map((rule) => [rule.name, expectedRule(rule, site, destinations)])),
  ...(plan.windowsVss ? { advanced: { EC2: { WindowsVSS: 'enabled' } } } : {}),
  ...(plan.scannedTypes && site.scannerRole
    ? { scanned: { [MALWARE_SCANNER]: { types: plan.scannedTypes, role: site.scannerRole.arn } } }
    : {}),
});

function expectedRule(rule: Rule, site: SourceSite, destinations: readonly DestinationSite[]): Said {
  const arnOf = vaultArnIn(destinations);
  return {
    vault: site.vault.vaultName,
    ...(rule.targetsAirGapped ? { airGappedVault: site.airGapped?.vaultArn } : {}),
    schedule: rule.schedule,
    timezone: rule.timezone,
    startWindow: rule.startWindowMinutes,
    completionWindow: rule.completionWindowMinutes,
    continuous: rule.enableContinuousBackup,
    lifecycle: expectedLifecycle(rule),
    tags: rule.recoveryPointTags,
    ...(rule.scanMode === undefined ? {} : { scan: { [MALWARE_SCANNER]: rule.scanMode } }),
    copies: Object.fromEntries(rule.copies.map((copy) => [arnOf(copy), expectedLifecycle(copy)])),
  };
}

const expectedLifecycle = ({ deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: Lifecycle): Said => ({
  deleteAfterDays,
  ...(moveToColdStorageAfterDays === undefined ? {} : { moveToColdStorageAfterDays, optInToArchive }),
});

/** A plan as AWS tells it, in the same form. */
export const foundPlan = ({ Rules = [], AdvancedBackupSettings = [], ScanSettings = [] }: BackupPlan): Said => ({
  rules: Object.fromEntries(
    Rules.map((rule) => [
      rule.RuleName ?? '',
      {
        vault: rule.TargetBackupVaultName,
        ...(rule.TargetLogicallyAirGappedBackupVaultArn === undefined
          ? {}
          : { airGappedVault: rule.TargetLogicallyAirGappedBackupVaultArn }),
        schedule: rule.ScheduleExpression,
        timezone: rule.ScheduleExpressionTimezone ?? 'Etc/UTC',
        startWindow: rule.StartWindowMinutes,
        completionWindow: rule.CompletionWindowMinutes,
        continuous: rule.EnableContinuousBackup ?? false,
        lifecycle: foundLifecycle(rule.Lifecycle),
        tags: rule.RecoveryPointTags ?? {},
        ...(rule.ScanActions === undefined || rule.ScanActions.length === 0
          ? {}
          : {
              scan: Object.fromEntries(
                rule.ScanActions.map(({ MalwareScanner = '', ScanMode }) => [MalwareScanner, ScanMode]),
              ),
            }),
        copies: Object.fromEntries(
          (rule.CopyActions ?? []).map((copy) => [
            copy.DestinationBackupVaultArn ?? '',
            foundLifecycle(copy.Lifecycle),
          ]),
        ),
      },
    ]),
  ),
  ...(AdvancedBackupSettings.length === 0
    ? {}
    : {
        advanced: Object.fromEntries(
          AdvancedBackupSettings.map(({ ResourceType = '', BackupOptions }) => [ResourceType, BackupOptions]),
        ),
      }),
  ...(ScanSettings.length === 0
    ? {}
    : {
        scanned: Object.fromEntries(
          ScanSettings.map(({ MalwareScanner = '', ResourceTypes = [], ScannerRoleArn }) => [
            MalwareScanner,
            { types: ResourceTypes, role: ScannerRoleArn },
          ]),
        ),
      }),
});

type FoundLifecycle = NonNullable<NonNullable<BackupPlan['Rules']>[number]['Lifecycle']>;

const foundLifecycle = (lifecycle: FoundLifecycle | undefined): Said => {
  const { DeleteAfterDays, MoveToColdStorageAfterDays, OptInToArchiveForSupportedResources } = lifecycle ?? {};
  return {
    deleteAfterDays: DeleteAfterDays,
    ...(MoveToColdStorageAfterDays === undefined
      ? {}
      : {
          moveToColdStorageAfterDays: MoveToColdStorageAfterDays,
          optInToArchive: OptInToArchiveForSupportedResources ?? false,
        }),
  };
};

/** A selection, likewise. */
export const expectedSelection = (selection: Selection, site: SourceSite): Said => ({
  role: site.backupRole.arn,
  resources: selection.resources,
  notResources: selection.notResources,
  tags: selection.listOfTags.map(tagText),
  conditions: Object.fromEntries(
    (Object.keys(selection.conditions) as (keyof Conditions)[]).map((key) => [
      key,
      selection.conditions[key].map(tagText),
    ]),
  ),
});

const tagText = ({ key, value }: Tag) => `${key}=${value}`;

/** A selection as AWS tells it, in the same form. */
export function foundSelection(selection: BackupSelection): Said {
  const { StringEquals = [], StringNotEquals = [], StringLike = [], StringNotLike = [] } = selection.Conditions ?? {};
  const texts = (tags: typeof StringEquals) => tags.map((tag) => `${tag.ConditionKey}=${tag.ConditionValue}`);
  return {
    role: selection.IamRoleArn,
    resources: selection.Resources ?? [],
    notResources: selection.NotResources ?? [],
    tags: (selection.ListOfTags ?? []).map((tag) => `${tag.ConditionKey}=${tag.ConditionValue}`),
    conditions: {
      stringEquals: texts(StringEquals),
      stringNotEquals: texts(StringNotEquals),
      stringLike: texts(StringLike),
      stringNotLike: texts(StringNotLike),
    },
  };
}
