import { type BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { ask } from '../../live/ask';
import type { RegionSettings } from '../../topology/topology';
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
    const { sites, management } = auditee;
    const ofSources = sites.flatMap((site) =>
      site.role === 'source' && site.regionSettings
        ? [{ region: site.region, stackName: site.stackName, wanted: site.regionSettings }]
        : [],
    );
    const ofManagement = (management?.regionSettings ?? []).map(({ region, ...wanted }) => ({
      region,
      stackName: management?.stackName ?? '',
      wanted,
    }));
    const settings = [...ofSources, ...ofManagement].filter(({ region }) => isAsked(region));
    const problems = settings.map(async ({ region, stackName, wanted }) => {
      const where = { name: auditee.name, accountId: auditee.accountId, region };
      return (await problemsOf(backup(region), wanted, stackName)).map((problem) => ({ ...problem, where }));
    });
    return (await Promise.all(problems)).flat();
  },
};

async function problemsOf(backup: BackupClient, wanted: RegionSettings, stackName: string): Promise<Problem[]> {
  const { ResourceTypeOptInPreference: optIn = {}, ResourceTypeManagementPreference: managed = {} } = await ask(
    'backup:DescribeRegionSettings',
    () => backup.send(new DescribeRegionSettingsCommand({})),
  );
  const remedy = `deploy the stack ${stackName}`;
  const { on, off } = differing(wanted.optIn, optIn);
  const management = differing(wanted.managementPreference, managed);
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

/** Types that are wanted otherwise; one that AWS does not tell of is off. */
function differing(wanted: Readonly<Partial<Record<string, boolean>>>, found: Readonly<Record<string, boolean>>) {
  const others = Object.keys(wanted).filter((type) => wanted[type] !== (found[type] ?? false));
  return { on: others.filter((type) => wanted[type]), off: others.filter((type) => !wanted[type]) };
}
