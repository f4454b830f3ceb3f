import { type BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { differing, type WantedOptIns, wantedOptIns } from '../../bootstrap/opt-ins';
import { ask } from '../../live/ask';
import type { CheckOf } from '../check';
import { error, type Problem, warning } from '../finding';

/**
 * What an account lets AWS Backup touch in each Region. Plans of backup policies obey the management account's, and a type
 * that is not opted in is passed over without a job that could fail.
 */
export const optIns: CheckOf<'account'> = {
  name: 'opt-ins',
  of: 'account',
  problems: async ({ auditee, backup, isAsked }) => {
    const settings = wantedOptIns(auditee).filter(({ region }) => isAsked(region));
    const problems = settings.map(async (wanted) => {
      const where = { name: auditee.name, accountId: auditee.accountId, region: wanted.region };
      return (await problemsOf(backup(wanted.region), wanted)).map((problem) => ({ ...problem, where }));
    });
    return (await Promise.all(problems)).flat();
  },
};

async function problemsOf(backup: BackupClient, wanted: WantedOptIns): Promise<Problem[]> {
  const { ResourceTypeOptInPreference: optIn = {}, ResourceTypeManagementPreference: managed = {} } = await ask(
    'backup:DescribeRegionSettings',
    () => backup.send(new DescribeRegionSettingsCommand({})),
  );
  const remedy = `deploy the stack ${wanted.stackName}`;
  const { on, off } = wantedOnAndOff(wanted.optIn, optIn);
  const management = wantedOnAndOff(wanted.managementPreference, managed);
  return [
    ...(on.length > 0 ? [error('opt-ins', `off: ${on.join(', ')}`, 'on', remedy)] : []),
    ...(off.length > 0 ? [warning('opt-ins', `on: ${off.join(', ')}`, 'off', remedy)] : []),
    ...(management.on.length > 0
      ? [error('full management', `off: ${management.on.join(', ')}`, 'on: without it there are no copies', remedy)]
      : []),
    ...(management.off.length > 0
      ? [warning('full management', `on: ${management.off.join(', ')}`, 'off', remedy)]
      : []),
  ];
}

function wantedOnAndOff(wanted: Readonly<Partial<Record<string, boolean>>>, found: Readonly<Record<string, boolean>>) {
  const others = differing(wanted, found);
  return { on: others.filter((type) => wanted[type]), off: others.filter((type) => !wanted[type]) };
}
