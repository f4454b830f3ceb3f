import type { BackupSelection, Conditions } from '@aws-sdk/client-backup';
import { alreadyExists, invalidValue, notFound, selectionOfOrganization } from './errors';
import { page, planOf } from './lookups';
import type { Call, Handlers } from './operations';
import { isOfOrganization } from './organization-plans';
import type { Plan, Selection } from './place';

/**
 * AWS's bounds of a selection.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
 */
const MOST_TAGS = 30;
const MOST_ARNS = 500;
const MOST_ARNS_WITH_WILDCARDS = 30;

/**
 * Everything, all of a service, or an ARN whose resource has a wildcard at its end at most.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
const GOOD_ARN = /^(\*|arn:[^:]+:[^:]+:(\*|[^:]*:[^:]*:[^*]*\*?))$/;

/** What plans select. */
export const selectionHandlers = {
  CreateBackupSelection: ({ BackupPlanId, BackupSelection: content, CreatorRequestId }, call) => {
    const plan = planOf(call, BackupPlanId);
    if (isOfOrganization(plan)) throw selectionOfOrganization(plan.id, 'create');
    refuseBadSelection(content, call);
    const names = [...plan.selections.values()].map((selection) => selection.content.SelectionName);
    if (names.includes(content.SelectionName)) throw alreadyExists('A Backup selection', content.SelectionName);
    const id = call.world.nextId('selection', call);
    plan.selections.set(id, { id, created: call.now, creatorRequestId: CreatorRequestId, content });
    return { BackupPlanId, SelectionId: id, CreationDate: call.now };
  },

  GetBackupSelection: ({ BackupPlanId, SelectionId }, call) => {
    const selection = selectionOf(planOf(call, BackupPlanId), SelectionId);
    return {
      BackupPlanId,
      SelectionId,
      CreationDate: selection.created,
      CreatorRequestId: selection.creatorRequestId,
      BackupSelection: complete(selection.content),
    };
  },

  ListBackupSelections: ({ BackupPlanId, MaxResults, NextToken }, call) => {
    const all = [...planOf(call, BackupPlanId).selections.values()];
    const { items, NextToken: next } = page(all, { MaxResults, NextToken });
    const members = items.map(({ id, created, content: { SelectionName, IamRoleArn } }) => ({
      SelectionId: id,
      BackupPlanId,
      CreationDate: created,
      SelectionName,
      IamRoleArn,
    }));
    return { BackupSelectionsList: members, NextToken: next };
  },

  DeleteBackupSelection: ({ BackupPlanId, SelectionId }, call) => {
    const plan = planOf(call, BackupPlanId);
    if (isOfOrganization(plan)) throw selectionOfOrganization(plan.id, 'delete');
    plan.selections.delete(selectionOf(plan, SelectionId).id);
    return {};
  },
} satisfies Handlers;

function selectionOf({ selections }: Plan, id: string): Selection {
  const selection = selections.get(id);
  if (!selection) throw notFound('Backup selection', id);
  return selection;
}

/**
 * AWS returns a selection with an empty list for whatever was not given; the provider reads `condition` and
 * `not_resources` as computed because of it.
 * @see https://docs.aws.amazon.com/cli/latest/reference/backup/get-backup-selection.html
 */
function complete(content: BackupSelection): BackupSelection {
  const { StringEquals = [], StringNotEquals = [], StringLike = [], StringNotLike = [] } = content.Conditions ?? {};
  const Conditions: Conditions = { StringEquals, StringNotEquals, StringLike, StringNotLike };
  return { ListOfTags: [], Resources: [], NotResources: [], ...content, Conditions };
}

function refuseBadSelection(content: BackupSelection, { accountId }: Call): void {
  const { ListOfTags = [], Resources = [], NotResources = [], Conditions = {}, IamRoleArn = '' } = content;
  if (ListOfTags.length + Resources.length === 0)
    throw invalidValue("Invalid backup selection. Either 'ListOfTags' or 'Resources' section must be non-empty");
  const [, , service, , roleAccount] = IamRoleArn.split(':');
  if (service !== 'iam' || roleAccount !== accountId)
    throw invalidValue(`IAM Role ${IamRoleArn} cannot be assumed by AWS Backup`, IamRoleArn);
  if (ListOfTags.length > MOST_TAGS) throw invalidValue(`A selection cannot have more than ${MOST_TAGS} tags`);
  const conditions = Object.values(Conditions).flat();
  if (conditions.length > MOST_TAGS) throw invalidValue(`A selection cannot have more than ${MOST_TAGS} conditions`);
  const bare = conditions.find(({ ConditionKey }) => !ConditionKey?.startsWith('aws:ResourceTag/'));
  if (bare) throw invalidValue(`Invalid condition key ${bare.ConditionKey}`, bare.ConditionKey);
  const arns = [...Resources, ...NotResources];
  const wild = arns.filter((arn) => arn.includes('*'));
  if (arns.length > MOST_ARNS || wild.length > MOST_ARNS_WITH_WILDCARDS)
    throw invalidValue('A selection has too many resources');
  const bad = arns.find((arn) => !GOOD_ARN.test(arn));
  if (bad) throw invalidValue(`Invalid ARN: ${bad}`, bad);
}
