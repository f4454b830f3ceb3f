import { startBackup } from './backup-jobs';
import { startCopy } from './copy-jobs';
import { found } from './lookups';
import { isOfOrganization, plansIn } from './organization-plans';
import type { Place, Plan } from './place';
import { selectedResources } from './selected-resources';
import type { World } from './world';

/** Where a plan is. */
export interface PlanPlace {
  readonly accountId: string;
  readonly region: string;
  readonly planId: string;
}

/** What came of the run of a plan: the ids of its backup jobs. Copy jobs follow where a backup has succeeded. */
export interface PlanRun {
  readonly backupJobIds: readonly string[];
}

/** Runs every rule of a plan once, as if its schedule came. Wait for the jobs with `world.settled()`. */
export async function runPlan(world: World, { accountId, region, planId }: PlanPlace): Promise<PlanRun> {
  const place = world.place(accountId, region);
  const plan = found(plansIn(world, place), 'Backup plan', planId);
  const optIn = optInFor(world, place, plan);
  const resources = await world.seams.resources(accountId, region);
  const backupJobIds: string[] = [];
  for (const rule of plan.rules) {
    const source = place.vaults.get(rule.TargetBackupVaultName ?? '');
    // AWS starts no job for a vault that is not there, and says so nowhere.
    if (!source) continue;
    const createdBy = {
      BackupPlanId: plan.id,
      BackupPlanArn: plan.arn,
      BackupPlanName: plan.content.BackupPlanName,
      BackupPlanVersion: plan.versionId,
      BackupRuleId: rule.RuleId,
      BackupRuleName: rule.RuleName,
      BackupRuleCron: rule.ScheduleExpression,
      BackupRuleTimezone: rule.ScheduleExpressionTimezone,
    };
    for (const { content } of plan.selections.values()) {
      const roleArn = content.IamRoleArn ?? '';
      for (const resource of selectedResources(content, resources, optIn)) {
        const job = startBackup(world, {
          vault: source,
          resource,
          roleArn,
          lifecycle: rule.Lifecycle,
          tags: rule.RecoveryPointTags ?? {},
          createdBy,
          onCompleted: (recoveryPoint) => {
            for (const { DestinationBackupVaultArn: destinationArn = '', Lifecycle: lifecycle } of rule.CopyActions ??
              [])
              startCopy(world, { source, recoveryPoint, destinationArn, roleArn, lifecycle, createdBy });
          },
        });
        backupJobIds.push(job.BackupJobId ?? '');
      }
    }
  }
  return { backupJobIds };
}

/**
 * A plan of a backup policy goes by the management account's opt-ins in the Region.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 */
function optInFor(world: World, place: Place, plan: Plan): Readonly<Record<string, boolean>> {
  const { organization } = world.seams;
  if (!organization || !isOfOrganization(plan)) return place.regionSettings.optIn;
  return world.place(organization.managementAccountId, place.region).regionSettings.optIn;
}
