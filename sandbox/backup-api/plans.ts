import { backupArn } from './arns';
import { alreadyExists, planHasSelections, planOfOrganization } from './errors';
import { page, planOf } from './lookups';
import type { Handlers } from './operations';
import { isOfOrganization, plansIn } from './organization-plans';
import type { Plan } from './place';
import { acceptRules } from './rules';

/** Backup plans, of which the sandbox keeps the newest version. */
export const planHandlers = {
  CreateBackupPlan: ({ BackupPlan, BackupPlanTags, CreatorRequestId }, call) => {
    const plans = [...call.place.plans.values()];
    const same = plans.find(({ content }) => content.BackupPlanName === BackupPlan.BackupPlanName);
    if (same && JSON.stringify(same.content) === JSON.stringify(BackupPlan))
      throw alreadyExists('A Backup plan', BackupPlan.BackupPlanName);
    const rules = acceptRules(BackupPlan, call);
    const id = call.world.nextId('plan', call);
    const plan: Plan = {
      id,
      arn: backupArn(call, `backup-plan:${id}`),
      created: call.now,
      creatorRequestId: CreatorRequestId,
      versionId: versionId(id, 1),
      version: 1,
      content: BackupPlan,
      rules,
      selections: new Map(),
    };
    call.place.plans.set(id, plan);
    call.place.tags.set(plan.arn, { ...BackupPlanTags });
    return head(plan);
  },

  UpdateBackupPlan: ({ BackupPlanId, BackupPlan }, call) => {
    const plan = planOf(call, BackupPlanId);
    if (isOfOrganization(plan)) throw planOfOrganization(plan.id, 'updated');
    plan.rules = keepIds(acceptRules(BackupPlan, call), plan);
    plan.content = BackupPlan;
    plan.version += 1;
    plan.versionId = versionId(plan.id, plan.version);
    return head(plan);
  },

  GetBackupPlan: ({ BackupPlanId }, call) => {
    const plan = planOf(call, BackupPlanId);
    const { BackupPlanName, AdvancedBackupSettings, ScanSettings } = plan.content;
    return {
      ...head(plan),
      CreatorRequestId: plan.creatorRequestId,
      BackupPlan: { BackupPlanName, Rules: [...plan.rules], AdvancedBackupSettings, ScanSettings },
    };
  },

  DeleteBackupPlan: ({ BackupPlanId }, call) => {
    const plan = planOf(call, BackupPlanId);
    if (isOfOrganization(plan)) throw planOfOrganization(plan.id, 'deleted');
    if (plan.selections.size > 0) throw planHasSelections();
    call.place.plans.delete(plan.id);
    call.place.tags.delete(plan.arn);
    return { BackupPlanId: plan.id, BackupPlanArn: plan.arn, DeletionDate: call.now, VersionId: plan.versionId };
  },

  ListBackupPlans: ({ MaxResults, NextToken }, call) => {
    const { items, NextToken: next } = page([...plansIn(call.world, call.place).values()], { MaxResults, NextToken });
    const members = items.map((plan) => ({ ...head(plan), BackupPlanName: plan.content.BackupPlanName }));
    return { BackupPlansList: members, NextToken: next };
  },
} satisfies Handlers;

const head = ({ id, arn, created, versionId: version, content }: Plan) => ({
  BackupPlanId: id,
  BackupPlanArn: arn,
  CreationDate: created,
  VersionId: version,
  AdvancedBackupSettings: content.AdvancedBackupSettings,
  ScanSettings: content.ScanSettings,
});

const versionId = (id: string, version: number) => Buffer.from(`${id}/${version}`).toString('base64url');

/** A rule is the same rule as long as it has its name. */
const keepIds = (rules: ReturnType<typeof acceptRules>, plan: Plan) =>
  rules.map((rule) => {
    const before = plan.rules.find(({ RuleName }) => RuleName === rule.RuleName);
    return before ? { ...rule, RuleId: before.RuleId } : rule;
  });
