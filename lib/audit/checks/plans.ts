import {
  type BackupClient,
  type BackupPlansListMember,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  paginateListBackupPlans,
  paginateListBackupSelections,
} from '@aws-sdk/client-backup';
import { ask } from '../../live/ask';
import { listAll } from '../../live/list-all';
import { grouped } from '../../topology/collections';
import type { Plan } from '../../topology/plan';
import type { SourceSite } from '../../topology/topology';
import { type CheckOf, redeploy, type SiteSight } from '../check';
import { differences, differencesText } from '../differences';
import { expectedPlan, expectedSelection, foundPlan, foundSelection } from '../expected-plan';
import { error, type Problem } from '../finding';
import { isOfRollout } from '../member-site';

/** The plans that source stacks make, and what they select; those of backup policies are in the effective policy. */
export const plans: CheckOf<'site'> = {
  name: 'plans',
  of: 'site',
  problems: async (sight) => {
    const { site } = sight;
    if (site.role !== 'source' || site.plans.length === 0 || isOfRollout(site)) return [];
    const plansByName = await plansOf(sight.backup);
    return (await Promise.all(site.plans.map((plan) => problemsOf(plan, site, plansByName, sight)))).flat();
  },
};

/** Plans by their name, of which there may be several. */
async function plansOf(client: BackupClient): Promise<ReadonlyMap<string, readonly BackupPlansListMember[]>> {
  const listed = await listAll(
    'backup:ListBackupPlans',
    () => paginateListBackupPlans({ client }, {}),
    ({ BackupPlansList }) => BackupPlansList,
  );
  return grouped(listed, ({ BackupPlanName = '' }) => BackupPlanName);
}

async function problemsOf(
  plan: Plan,
  site: SourceSite,
  plansByName: ReadonlyMap<string, readonly BackupPlansListMember[]>,
  sight: SiteSight,
): Promise<Problem[]> {
  const what = `plan ${plan.physicalName}`;
  const remedy = redeploy(site);
  const [{ BackupPlanId } = {}, ...others] = plansByName.get(plan.physicalName) ?? [];
  if (BackupPlanId === undefined) return [error(what, 'not there', 'a plan of this name', remedy)];
  if (others.length > 0)
    return [
      error(
        what,
        `there ${others.length + 1} times`,
        'once',
        'delete those that are not in the state: everything is backed up as often',
      ),
    ];
  const { BackupPlan = {} } = await ask('backup:GetBackupPlan', () =>
    sight.backup.send(new GetBackupPlanCommand({ BackupPlanId })),
  );
  const { destinations } = sight.topology;
  // An SDK's plan may hold what is undefined of a rule; such fields are not there.
  const changed = differences(
    foundPlan(BackupPlan as Parameters<typeof foundPlan>[0]),
    expectedPlan(plan, site, destinations),
  );
  return [
    ...(changed.length > 0 ? [error(what, differencesText(changed), 'as the config has it', remedy)] : []),
    ...(await selectionProblems(plan, BackupPlanId, site, sight)),
  ];
}

async function selectionProblems(
  plan: Plan,
  BackupPlanId: string,
  site: SourceSite,
  { backup: client }: SiteSight,
): Promise<Problem[]> {
  const listed = await listAll(
    'backup:ListBackupSelections',
    () => paginateListBackupSelections({ client }, { BackupPlanId }),
    ({ BackupSelectionsList }) => BackupSelectionsList,
  );
  const problems: Problem[] = [];
  for (const selection of plan.selections) {
    const what = `selection ${selection.name} of plan ${plan.physicalName}`;
    const SelectionId = listed.find(({ SelectionName }) => SelectionName === selection.name)?.SelectionId;
    if (SelectionId === undefined) {
      problems.push(error(what, 'not there', 'a selection of this name', redeploy(site)));
      continue;
    }
    const { BackupSelection } = await ask('backup:GetBackupSelection', () =>
      client.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId })),
    );
    const found = BackupSelection ? foundSelection(BackupSelection) : {};
    const changed = differences(found, expectedSelection(selection, site));
    if (changed.length > 0)
      problems.push(error(what, differencesText(changed), 'as the config has it', redeploy(site)));
  }
  const strangers = listed.filter(({ SelectionName }) => !plan.selections.some(({ name }) => name === SelectionName));
  if (strangers.length > 0)
    problems.push(
      error(
        `selections of plan ${plan.physicalName}`,
        `has ${strangers.map(({ SelectionName }) => SelectionName).join(', ')} besides`,
        'those of the config alone',
        'delete them, or put them into the config: the plan cannot be destroyed with them',
      ),
    );
  return problems;
}
