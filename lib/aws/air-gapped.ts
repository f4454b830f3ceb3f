import type { Place } from './arn';
import { type Travel, travelOf } from './copy-travel';
import type { ResourceType } from './resource-types';

/**
 * Regions without logically air-gapped vaults, which no copy into one leaves either. As of July 2026.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export const NO_AIR_GAPPED_VAULTS: ReadonlySet<string> = new Set([
  'ap-east-2',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'mx-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-east-1',
  'us-gov-west-1',
]);

/**
 * How a type gets into a logically air-gapped vault, from another vault or, within one Region, by a backup that is
 * meant for it. A type that AWS's table does not tick and does not deny is let go: only a try can tell.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export function airGappedTravelOf(type: ResourceType, from: Place, to: Place): Travel {
  if (type.isAirGapped === false) {
    return { by: 'none', reason: `AWS Backup keeps no ${type.name} in air-gapped vaults` };
  }
  if (type.airGappedGaps.includes(to.region)) {
    return { by: 'none', reason: `AWS Backup keeps no ${type.name} in air-gapped vaults of ${to.region}` };
  }
  if (NO_AIR_GAPPED_VAULTS.has(from.region)) {
    return { by: 'none', reason: `AWS Backup copies nothing from ${from.region} into air-gapped vaults` };
  }
  // What such a vault takes goes there from anywhere, even where no copy to a vault of the usual kind does.
  const crosses = type.isAirGapped === true ? { copiesAcrossRegions: true, copiesAcrossAccounts: true } : {};
  return travelOf({ ...type, ...crosses }, from, to);
}
