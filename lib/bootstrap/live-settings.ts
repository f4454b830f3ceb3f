import { BackupClient, DescribeGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { ask } from '../live/ask';
import type { Session, Sessions } from '../live/sessions';
import type { GlobalSettings, ManagementSite } from '../topology/topology';
import type { Sight, Step } from './step';

/** AWS Backup's settings of the whole organization, in the words of the config. */
export interface LiveGlobalSettings {
  readonly crossAccountBackup: boolean;
  readonly multiPartyApproval: boolean;
  readonly delegatedAdministrator: boolean;
}

/** By the config's word, AWS's, which is the topology's too. */
const SETTINGS: Readonly<Record<keyof LiveGlobalSettings, keyof GlobalSettings>> = {
  crossAccountBackup: 'isCrossAccountBackupEnabled',
  multiPartyApproval: 'isMpaEnabled',
  delegatedAdministrator: 'isDelegatedAdministratorEnabled',
};

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
    const isOn = (word: keyof LiveGlobalSettings) => found[SETTINGS[word]] === 'true';
    const live: LiveGlobalSettings = {
      crossAccountBackup: isOn('crossAccountBackup'),
      multiPartyApproval: isOn('multiPartyApproval'),
      delegatedAdministrator: isOn('delegatedAdministrator'),
    };
    onRead(live);
    const words = Object.keys(SETTINGS) as (keyof LiveGlobalSettings)[];
    const others = words.filter((word) => live[word] !== management.globalSettings[SETTINGS[word]]);
    const was = words.map((word) => `${word} ${live[word]}`).join('\n');
    const reason = `${others.map((word) => `${word} is ${live[word]}, and the config has ${!live[word]}`).join('; ')}: a deploy of the management stack sets them for the whole organization`;
    return { was, is: was, calls: [], ...(others.length === 0 ? {} : { differs: reason }) };
  };
  return { what: 'global settings', where: { name, accountId }, look };
}
