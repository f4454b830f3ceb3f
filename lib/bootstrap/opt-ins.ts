import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import type { Account } from '../accounts/accounts';
import { ask } from '../live/ask';
import type { Session, Sessions } from '../live/sessions';
import type { RegionSettings } from '../topology/topology';
import type { Step, Where } from './step';

/** The opt-ins of an account in a Region, and the stack that sets them. */
export interface WantedOptIns extends RegionSettings {
  readonly region: string;
  readonly stackName: string;
}

/** The opt-ins that stacks set in an account. */
export const wantedOptIns = ({ management, sites }: Pick<Account, 'management' | 'sites'>): WantedOptIns[] => [
  ...(management?.regionSettings ?? []).map((settings) => ({ ...settings, stackName: management?.stackName ?? '' })),
  ...sites.flatMap((site) =>
    site.role === 'source' && site.regionSettings
      ? [{ ...site.regionSettings, region: site.region, stackName: site.stackName }]
      : [],
  ),
];

/** Types that are set otherwise than they are wanted; one that AWS does not tell of is off. */
export const differing = (
  wanted: Readonly<Partial<Record<string, boolean>>>,
  found: Readonly<Record<string, boolean>>,
): string[] => Object.keys(wanted).filter((type) => wanted[type] !== (found[type] ?? false));

/** Reads the opt-ins of an account in a Region, which a stack will set. */
export function optIns(sessions: Sessions, session: Session, where: Where, wanted: RegionSettings): Step {
  const backup = sessions.client((config) => new BackupClient(config), session, where.region);
  const look = async () => {
    const found = await ask('backup:DescribeRegionSettings', () => backup.send(new DescribeRegionSettingsCommand({})));
    const { ResourceTypeOptInPreference: optIn = {}, ResourceTypeManagementPreference: management = {} } = found;
    const others = [
      ...differing(wanted.optIn, optIn).map((type) => `${type} ${optIn[type] ? 'on' : 'off'}`),
      ...differing(wanted.managementPreference, management).map(
        (type) => `full management of ${type} ${management[type] ? 'on' : 'off'}`,
      ),
    ];
    const was = others.length === 0 ? 'as in the config' : `${others.length} not as in the config`;
    const differs = `${others.join(', ')}, and the config has the opposite: a deploy of the stack sets it`;
    return { was, is: was, calls: [], ...(others.length === 0 ? {} : { differs }) };
  };
  return { what: 'opt-ins', where, look };
}
