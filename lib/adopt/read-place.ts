import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { KMSClient } from '@aws-sdk/client-kms';
import { ask } from '../live/ask';
import type { Session, Sessions } from '../live/sessions';
import type { FoundPlace } from './inventory';
import { readAliases, readKeys } from './read-keys';
import { readPlans } from './read-plans';
import { readVaults } from './read-vaults';

/**
 * Reads what an account has of AWS Backup and KMS in a Region.
 * @param wantedAliases - aliases of keys that are looked at besides the vaults' own
 */
export async function readPlace(
  sessions: Sessions,
  session: Session,
  region: string,
  wantedAliases: readonly string[],
): Promise<FoundPlace> {
  const backup = sessions.client((config) => new BackupClient(config), session, region);
  const kms = sessions.client((config) => new KMSClient(config), session, region);
  const vaults = await readVaults(backup);
  const plans = await readPlans(backup);
  const aliases = await readAliases(kms);
  const wanted = wantedAliases.flatMap((alias) => aliases[alias] ?? []);
  const keys = await readKeys(kms, [...vaults.flatMap(({ keyArn }) => keyArn ?? []), ...wanted]);
  const { ResourceTypeOptInPreference: optIn = {}, ResourceTypeManagementPreference: managementPreference = {} } =
    await ask('backup:DescribeRegionSettings', () => backup.send(new DescribeRegionSettingsCommand({})));
  return { vaults, plans, aliases, keys, optIn, managementPreference };
}
