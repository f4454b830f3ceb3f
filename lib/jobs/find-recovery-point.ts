import { BackupClient, DescribeRecoveryPointCommand, type DescribeRecoveryPointOutput } from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { parseArn } from '../aws/arn';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { LiveError } from '../live/live-error';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { placeOf, type Vault, vaultsOf } from './edges';

/** A recovery point, and where it is. */
export interface FoundPoint<Site = DestinationSite | SourceSite> {
  readonly arn: string;
  readonly site: Site;
  readonly vault: Vault;
  readonly described: DescribeRecoveryPointOutput;
}

/** How many vaults are asked at once. */
const AT_ONCE = 8;

/**
 * Finds a recovery point in the vaults of some sites. Its ARN tells the Region, and not always the account: snapshots and
 * images of EC2 have none in theirs.
 * @throws LiveError where it is in none of them
 */
export async function findRecoveryPoint<Site extends DestinationSite | SourceSite>(
  entry: Entry,
  arn: string,
  sites: readonly Site[],
): Promise<FoundPoint<Site>> {
  const { region = '', accountId = '' } = parseArn(arn) ?? {};
  const near = sites.filter((site) => site.region === region && (accountId === '' || site.accountId === accountId));
  const vaults = near.flatMap((site) => vaultsOf([site]).map((vault) => ({ site, vault })));
  const reasons: string[] = [];
  const answers = await inParallel(AT_ONCE, vaults, async ({ site, vault }) => {
    try {
      const described = await describe(entry, vault, arn);
      return described ? [{ arn, site, vault, described }] : [];
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      reasons.push(`${vault.label}: ${error.message}`);
      return [];
    }
  });
  const [found] = answers.flat();
  if (found) return found;
  const places = [...new Set(near.map(placeOf))];
  const where = `${accountId === '' ? '' : `account ${accountId}, `}Region ${region || 'none'}`;
  const looked =
    places.length > 0 ? `it is in no vault of ${places.join(', ')}` : `the config has no vault there (${where})`;
  throw new LiveError([`${arn} is not found: ${looked}`, ...reasons].join('; '));
}

const describe = async (entry: Entry, { name, ...place }: Vault, RecoveryPointArn: string) => {
  const client = await entry.client(BackupClient, place);
  const which = { BackupVaultName: name, RecoveryPointArn };
  return ask<DescribeRecoveryPointOutput | undefined>(
    'backup:DescribeRecoveryPoint',
    () => client.send(new DescribeRecoveryPointCommand(which)),
    { ResourceNotFoundException: undefined, InvalidParameterValueException: undefined },
  );
};
