import { namedArn } from './audit';
import { alreadyExists, invalidRequest, invalidValue } from './errors';
import { found, page } from './lookups';
import type { Handlers } from './operations';
import type { RestoreTestingPlan } from './place';

/**
 * AWS's bounds, and what it fills in.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html
 */
const NAME = /^[a-zA-Z0-9_]{1,50}$/;
const LONGEST_WINDOW_HOURS = 168;
const LONGEST_SELECTION_DAYS = 365;
const DEFAULTS = { ScheduleExpressionTimezone: 'Etc/UTC', StartWindowHours: 24 };
const POINT_DEFAULTS = { ExcludeVaults: [], SelectionWindowDays: 30 };

/** Restore testing plans and their selections; the sandbox does not run them. */
export const restoreTestingHandlers = {
  CreateRestoreTestingPlan: ({ RestoreTestingPlan: given, Tags }, call) => {
    const { RestoreTestingPlanName: name } = given;
    const { restoreTestingPlans, tags } = call.place;
    refuse(given.RecoveryPointSelection.SelectionWindowDays, LONGEST_SELECTION_DAYS, 'SelectionWindowDays');
    refuse(given.StartWindowHours, LONGEST_WINDOW_HOURS, 'StartWindowHours');
    if (!NAME.test(name)) throw invalidValue(`Invalid restore testing plan name: ${name}`, name);
    if (restoreTestingPlans.has(name)) throw alreadyExists('A restore testing plan', name);
    const RestoreTestingPlanArn = namedArn(call, 'restore-testing-plan', name);
    const content = {
      ...DEFAULTS,
      ...given,
      RecoveryPointSelection: { ...POINT_DEFAULTS, ...given.RecoveryPointSelection },
      CreationTime: call.now,
      RestoreTestingPlanArn,
    };
    restoreTestingPlans.set(name, { content, selections: new Map() });
    tags.set(RestoreTestingPlanArn, { ...Tags });
    return { CreationTime: call.now, RestoreTestingPlanArn, RestoreTestingPlanName: name };
  },

  UpdateRestoreTestingPlan: ({ RestoreTestingPlanName: name, RestoreTestingPlan: given }, { place, now }) => {
    const plan = found(place.restoreTestingPlans, 'Restore testing plan', name);
    const { RecoveryPointSelection: points, ...rest } = given;
    const RecoveryPointSelection = { ...plan.content.RecoveryPointSelection, ...points };
    plan.content = { ...plan.content, ...rest, RecoveryPointSelection, LastUpdateTime: now };
    const { CreationTime, RestoreTestingPlanArn } = plan.content;
    return { CreationTime, RestoreTestingPlanArn, RestoreTestingPlanName: name, UpdateTime: now };
  },

  GetRestoreTestingPlan: ({ RestoreTestingPlanName }, { place }) => ({
    RestoreTestingPlan: found(place.restoreTestingPlans, 'Restore testing plan', RestoreTestingPlanName).content,
  }),

  ListRestoreTestingPlans: (given, { place }) => {
    const all = [...place.restoreTestingPlans.values()].map(({ content }) => content);
    const { items, NextToken } = page(all, given);
    return { RestoreTestingPlans: items, NextToken };
  },

  DeleteRestoreTestingPlan: ({ RestoreTestingPlanName: name }, { place }) => {
    const { selections, content } = found(place.restoreTestingPlans, 'Restore testing plan', name);
    if (selections.size > 0) throw invalidRequest('Related restore testing selections must be deleted before the plan');
    place.restoreTestingPlans.delete(name);
    place.tags.delete(content.RestoreTestingPlanArn ?? '');
    return {};
  },

  CreateRestoreTestingSelection: ({ RestoreTestingPlanName, RestoreTestingSelection: given }, { place, now }) => {
    const plan = found(place.restoreTestingPlans, 'Restore testing plan', RestoreTestingPlanName);
    const { RestoreTestingSelectionName: name } = given;
    refuse(given.ValidationWindowHours, LONGEST_WINDOW_HOURS, 'ValidationWindowHours');
    if (!NAME.test(name)) throw invalidValue(`Invalid restore testing selection name: ${name}`, name);
    if (plan.selections.has(name)) throw alreadyExists('A restore testing selection', name);
    const selection = { ...given, RestoreTestingPlanName, CreationTime: now };
    plan.selections.set(name, selection);
    return selectionHead(plan, name);
  },

  UpdateRestoreTestingSelection: (
    { RestoreTestingPlanName, RestoreTestingSelectionName: name, RestoreTestingSelection: given },
    { place, now },
  ) => {
    const plan = found(place.restoreTestingPlans, 'Restore testing plan', RestoreTestingPlanName);
    const selection = found(plan.selections, 'Restore testing selection', name);
    plan.selections.set(name, { ...selection, ...given });
    return { ...selectionHead(plan, name), UpdateTime: now };
  },

  GetRestoreTestingSelection: ({ RestoreTestingPlanName, RestoreTestingSelectionName }, { place }) => {
    const { selections } = found(place.restoreTestingPlans, 'Restore testing plan', RestoreTestingPlanName);
    return { RestoreTestingSelection: found(selections, 'Restore testing selection', RestoreTestingSelectionName) };
  },

  ListRestoreTestingSelections: ({ RestoreTestingPlanName, ...given }, { place }) => {
    const { selections } = found(place.restoreTestingPlans, 'Restore testing plan', RestoreTestingPlanName);
    const { items, NextToken } = page([...selections.values()], given);
    return { RestoreTestingSelections: items.map((one) => ({ ValidationWindowHours: 0, ...one })), NextToken };
  },

  DeleteRestoreTestingSelection: ({ RestoreTestingPlanName, RestoreTestingSelectionName: name }, { place }) => {
    const { selections } = found(place.restoreTestingPlans, 'Restore testing plan', RestoreTestingPlanName);
    found(selections, 'Restore testing selection', name);
    selections.delete(name);
    return {};
  },
} satisfies Handlers;

function refuse(value: number | undefined, most: number, name: string): void {
  if (value !== undefined && (value < 1 || value > most)) throw invalidValue(`${name} must be between 1 and ${most}`);
}

const selectionHead = ({ content, selections }: RestoreTestingPlan, name: string) => ({
  CreationTime: selections.get(name)?.CreationTime,
  RestoreTestingPlanArn: content.RestoreTestingPlanArn,
  RestoreTestingPlanName: content.RestoreTestingPlanName,
  RestoreTestingSelectionName: name,
});
