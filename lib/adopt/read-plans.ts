import {
  type BackupClient,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  paginateListBackupPlans,
  paginateListBackupSelections,
} from '@aws-sdk/client-backup';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { listAll } from '../live/list-all';
import type { FoundPlan, FoundSelection } from './inventory';

const AT_A_TIME = 4;

/** How AWS begins the ids of plans that backup policies made, which nobody can change in the account. */
const OF_BACKUP_POLICIES = /^orgs\//;

/** Every plan of an account and Region with its selections, but for those of backup policies. */
export async function readPlans(client: BackupClient): Promise<FoundPlan[]> {
  const listed = await listAll(
    'backup:ListBackupPlans',
    () => paginateListBackupPlans({ client }, {}),
    ({ BackupPlansList }) => BackupPlansList,
  );
  const ids = listed.flatMap(({ BackupPlanId = '' }) => (OF_BACKUP_POLICIES.test(BackupPlanId) ? [] : [BackupPlanId]));
  return inParallel(AT_A_TIME, ids, (id) => readPlan(client, id));
}

async function readPlan(client: BackupClient, id: string): Promise<FoundPlan> {
  const { BackupPlan: plan } = await ask('backup:GetBackupPlan', () =>
    client.send(new GetBackupPlanCommand({ BackupPlanId: id })),
  );
  const advanced = plan?.AdvancedBackupSettings ?? [];
  return {
    id,
    name: plan?.BackupPlanName ?? '',
    rules: plan?.Rules ?? [],
    windowsVss: advanced.some(({ BackupOptions }) => BackupOptions?.WindowsVSS === 'enabled'),
    selections: await readSelections(client, id),
  };
}

async function readSelections(client: BackupClient, BackupPlanId: string): Promise<FoundSelection[]> {
  const listed = await listAll(
    'backup:ListBackupSelections',
    () => paginateListBackupSelections({ client }, { BackupPlanId }),
    ({ BackupSelectionsList }) => BackupSelectionsList,
  );
  return inParallel(AT_A_TIME, listed, async ({ SelectionId = '' }) => {
    const { BackupSelection: content } = await ask('backup:GetBackupSelection', () =>
      client.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId })),
    );
    return { id: SelectionId, content: content ?? { SelectionName: '', IamRoleArn: '' } };
  });
}
