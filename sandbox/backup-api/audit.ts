import type { DescribeFrameworkOutput, ReportPlan } from '@aws-sdk/client-backup';
import { backupArn } from './arns';
import { alreadyExists, limitExceeded } from './errors';
import { found, page } from './lookups';
import type { Call, Handlers } from './operations';

/**
 * AWS's bounds of one account in one Region.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
 */
const MOST_FRAMEWORKS = 15;
const MOST_REPORT_PLANS = 20;

/** Frameworks and report plans; the sandbox audits nothing and writes no report. */
export const auditHandlers = {
  CreateFramework: (
    { FrameworkName, FrameworkDescription, FrameworkControls, FrameworkTags, IdempotencyToken },
    call,
  ) => {
    const { frameworks } = call.place;
    if (frameworks.has(FrameworkName)) throw alreadyExists('A framework', FrameworkName);
    if (frameworks.size >= MOST_FRAMEWORKS) throw limitExceeded(`An account may have ${MOST_FRAMEWORKS} frameworks`);
    const framework: DescribeFrameworkOutput = {
      FrameworkName,
      FrameworkArn: namedArn(call, 'framework', FrameworkName),
      FrameworkDescription,
      FrameworkControls,
      CreationTime: call.now,
      DeploymentStatus: 'COMPLETED',
      FrameworkStatus: 'ACTIVE',
      IdempotencyToken,
    };
    frameworks.set(FrameworkName, framework);
    call.place.tags.set(framework.FrameworkArn ?? '', { ...FrameworkTags });
    return framework;
  },

  UpdateFramework: ({ FrameworkName, FrameworkDescription, FrameworkControls }, call) => {
    const framework = found(call.place.frameworks, 'Framework', FrameworkName);
    framework.FrameworkDescription = FrameworkDescription ?? framework.FrameworkDescription;
    framework.FrameworkControls = FrameworkControls ?? framework.FrameworkControls;
    return framework;
  },

  DescribeFramework: ({ FrameworkName }, { place }) => found(place.frameworks, 'Framework', FrameworkName),

  ListFrameworks: (given, { place }) => {
    const { items, NextToken } = page([...place.frameworks.values()], given);
    const members = items.map((one) => ({ ...one, NumberOfControls: one.FrameworkControls?.length }));
    return { Frameworks: members, NextToken };
  },

  DeleteFramework: ({ FrameworkName }, { place }) => {
    const { FrameworkArn = '' } = found(place.frameworks, 'Framework', FrameworkName);
    place.frameworks.delete(FrameworkName);
    place.tags.delete(FrameworkArn);
    return {};
  },

  CreateReportPlan: ({ ReportPlanName, ReportPlanTags, ...given }, call) => {
    const { reportPlans } = call.place;
    if (reportPlans.has(ReportPlanName)) throw alreadyExists('A report plan', ReportPlanName);
    if (reportPlans.size >= MOST_REPORT_PLANS)
      throw limitExceeded(`An account may have ${MOST_REPORT_PLANS} report plans`);
    const plan: ReportPlan = {
      ReportPlanName,
      ReportPlanArn: namedArn(call, 'report-plan', ReportPlanName),
      ReportPlanDescription: given.ReportPlanDescription,
      ReportDeliveryChannel: given.ReportDeliveryChannel,
      ReportSetting: given.ReportSetting,
      CreationTime: call.now,
      DeploymentStatus: 'COMPLETED',
    };
    reportPlans.set(ReportPlanName, plan);
    call.place.tags.set(plan.ReportPlanArn ?? '', { ...ReportPlanTags });
    return plan;
  },

  UpdateReportPlan: ({ ReportPlanName, ...given }, call) => {
    const plan = found(call.place.reportPlans, 'Report plan', ReportPlanName);
    plan.ReportPlanDescription = given.ReportPlanDescription ?? plan.ReportPlanDescription;
    plan.ReportDeliveryChannel = given.ReportDeliveryChannel ?? plan.ReportDeliveryChannel;
    plan.ReportSetting = given.ReportSetting ?? plan.ReportSetting;
    return plan;
  },

  DescribeReportPlan: ({ ReportPlanName }, { place }) => ({
    ReportPlan: found(place.reportPlans, 'Report plan', ReportPlanName),
  }),

  ListReportPlans: (given, { place }) => {
    const { items, NextToken } = page([...place.reportPlans.values()], given);
    return { ReportPlans: items, NextToken };
  },

  DeleteReportPlan: ({ ReportPlanName }, { place }) => {
    const { ReportPlanArn = '' } = found(place.reportPlans, 'Report plan', ReportPlanName);
    place.reportPlans.delete(ReportPlanName);
    place.tags.delete(ReportPlanArn);
    return {};
  },
} satisfies Handlers;

/** AWS ends these ARNs in the name and an id. */
export const namedArn = (call: Call, type: string, name: string): string =>
  backupArn(call, `${type}:${name}-${call.world.nextId(type, call)}`);
