import { BackupClient, DescribeGlobalSettingsCommand, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { ask } from '../live/ask';
import type { Session, Sessions } from '../live/sessions';
import type { GlobalSettings, ManagementSite, RegionSettings } from '../topology/topology';
import type { Sight, Step, Where } from './step';

/** AWS Backup's settings of the whole organization, in the words of the config. */
export interface LiveGlobalSettings {
  readonly crossAccountBackup: boolean;
  readonly multiPartyApproval: boolean;
  readonly delegatedAdministrator: boolean;
}

/** By the config's word, AWS's and the topology's. */
const SETTINGS = {
  crossAccountBackup: ['isCrossAccountBackupEnabled', 'isCrossAccountBackupEnabled'],
  multiPartyApproval: ['isMpaEnabled', 'isMpaEnabled'],
  delegatedAdministrator: ['isDelegatedAdministratorEnabled', 'isDelegatedAdministratorEnabled'],
} as const satisfies Record<keyof LiveGlobalSettings, readonly [string, keyof GlobalSettings]>;

/** Reads the organization-wide settings, which the management stack will set; `onRead` hears of them. */
export function globalSettings(
  sessions: Sessions,
  session: Session,
  management: ManagementSite,
  onRead: (live: LiveGlobalSettings) => void,
): Step {
  const { name, accountId, region } = management;
  const backup = sessions.client((config) => new BackupClient(config), session, region);
  const look = async (): Promise<Sight> => {
    const { GlobalSettings: found = {} } = await ask('backup:DescribeGlobalSettings', () =>
      backup.send(new DescribeGlobalSettingsCommand({})),
    );
    const isOn = (word: keyof LiveGlobalSettings) => found[SETTINGS[word][0]] === 'true';
    const live: LiveGlobalSettings = {
      crossAccountBackup: isOn('crossAccountBackup'),
      multiPartyApproval: isOn('multiPartyApproval'),
      delegatedAdministrator: isOn('delegatedAdministrator'),
    };
    onRead(live);
    const words = Object.keys(SETTINGS) as (keyof LiveGlobalSettings)[];
    const others = words.filter((word) => live[word] !== management.globalSettings[SETTINGS[word][1]]);
    const was = words.map((word) => `${word} ${live[word]}`).join('\n');
    const reason = `${others.map((word) => `${word} is ${live[word]}, and the config has ${!live[word]}`).join('; ')}: a deploy of the management stack sets them for the whole organization`;
    return { was, is: was, calls: [], ...(others.length === 0 ? {} : { differs: reason }) };
  };
  return { what: 'global settings', where: { name, accountId }, look };
}

/** Reads the opt-ins of an account in a Region, which a stack will set. */
export function optIns(sessions: Sessions, session: Session, where: Where, wanted: RegionSettings): Step {
  const backup = sessions.client((config) => new BackupClient(config), session, where.region);
  const look = async (): Promise<Sight> => {
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

/** Types that are set otherwise; one that AWS does not tell of is off. */
const differing = (wanted: Readonly<Partial<Record<string, boolean>>>, found: Readonly<Record<string, boolean>>) =>
  Object.keys(wanted).filter((type) => wanted[type] !== (found[type] ?? false));
