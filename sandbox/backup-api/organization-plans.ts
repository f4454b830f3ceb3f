import type { BackupPlanInput, BackupSelection } from '@aws-sdk/client-backup';
import { stableUuid } from '../tools/stable-uuid';
import { ApiError } from '../wire/api-error';
import type { Given } from '../wire/typed';
import { backupArn } from './arns';
import type { Place, Plan, Selection } from './place';
import { type PlanInPolicy, policyPlan } from './policy-plan';
import { acceptRules } from './rules';
import type { World } from './world';

/** What the ids of plans start with that come from backup policies. */
const PREFIX = 'orgs/';

/** Whether a plan comes from a backup policy, and only a policy can change it. */
export const isOfOrganization = ({ id }: Pick<Plan, 'id'>): boolean => id.startsWith(PREFIX);

/**
 * Every plan of an account in a Region: its own, and those that its effective backup policy comes to at this moment. A
 * plan that AWS Backup would not take is left out without a word, as AWS does.
 */
export function plansIn(world: World, place: Place): ReadonlyMap<string, Plan> {
  const { organization } = world.seams;
  const { accountId, region } = place;
  const policy = organization?.isMember(accountId) ? organization.effectiveBackupPolicy(accountId) : undefined;
  const { plans: inPolicy = {} } = (policy ?? {}) as { readonly plans?: Readonly<Record<string, PlanInPolicy>> };
  const named = Object.entries(inPolicy).filter(([, plan]) => [plan.regions ?? []].flat().includes(region));
  const plans = new Map(place.plans);
  const kept = new Set(named.map(([name]) => name));
  for (const name of place.organizationPlans.keys()) if (!kept.has(name)) place.organizationPlans.delete(name);
  for (const [name, plan] of named) {
    const found = refreshed(world, place, name, plan);
    if (found) plans.set(found.id, found);
  }
  return plans;
}

/** The plan as it was found before, unless the policy says otherwise by now. */
function refreshed(world: World, place: Place, name: string, inPolicy: PlanInPolicy): Plan | undefined {
  const text = JSON.stringify(inPolicy);
  const standing = place.organizationPlans.get(name);
  if (standing?.text === text) return standing.plan;
  const { accountId, region } = place;
  const now = world.clock();
  try {
    const { content, selections, tags } = policyPlan(name, inPolicy, accountId);
    const call = { accountId, region, world };
    const rules = acceptRules(content as Given<BackupPlanInput>, call);
    const id = `${PREFIX}${stableUuid(accountId, region, name)}`;
    const version = (standing?.plan?.version ?? 0) + 1;
    const plan: Plan = {
      id,
      arn: backupArn(place, `backup-plan:${id}`),
      created: standing?.plan?.created ?? now,
      creatorRequestId: undefined,
      version,
      versionId: Buffer.from(`${id}/${version}`).toString('base64url'),
      content,
      rules,
      selections: new Map(selections.map((selection) => selectionOf(id, selection, now))),
    };
    place.tags.set(plan.arn, tags);
    place.organizationPlans.set(name, { text, plan });
    return plan;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    place.organizationPlans.set(name, { text, plan: undefined });
    return undefined;
  }
}

function selectionOf(planId: string, content: BackupSelection, created: Date): [string, Selection] {
  const id = stableUuid(planId, content.SelectionName ?? '');
  return [id, { id, created, creatorRequestId: undefined, content }];
}
