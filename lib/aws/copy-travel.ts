import type { Place } from './arn';
import type { ResourceType } from './resource-types';

/** How recovery points of a type get from one place to another. */
export type Travel =
  | { readonly by: 'single action' }
  /** Two copies one after the other, because no single one crosses both account and Region there. */
  | { readonly by: 'relay'; readonly reason: string }
  | { readonly by: 'none'; readonly reason: string };

/**
 * How a copy of a type travels between two places.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export function travelOf(type: ResourceType, from: Place, to: Place): Travel {
  const crossesRegions = from.region !== to.region;
  const crossesAccounts = from.accountId !== to.accountId;
  const isPossible = (!crossesRegions || type.copiesAcrossRegions) && (!crossesAccounts || type.copiesAcrossAccounts);
  if (!isPossible) return { by: 'none', reason: type.note };
  const ends = [from.region, to.region];
  const regionGap = crossesRegions ? ends.find((region) => type.crossRegionGaps.includes(region)) : undefined;
  if (regionGap) return { by: 'none', reason: `AWS Backup copies no ${type.name} out of or into ${regionGap}` };
  const accountGap = crossesAccounts ? ends.find((region) => type.crossAccountGaps.includes(region)) : undefined;
  if (accountGap) return { by: 'none', reason: `AWS Backup copies no ${type.name} across accounts in ${accountGap}` };
  if (crossesRegions && crossesAccounts && type.oneAction === 'commercial' && from.partition !== 'aws') {
    return {
      by: 'relay',
      reason: `no single copy of ${type.name} crosses both account and Region in ${from.partition}`,
    };
  }
  return { by: 'single action' };
}
