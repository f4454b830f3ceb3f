import type { Lifecycle } from '@aws-sdk/client-backup';

/**
 * AWS's bounds of a lifecycle.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
 */
const COLD_STORAGE_MINIMUM_DAYS = 90;
const LONGEST_DAYS = 36_500;
const FOR_EVER = -1;
const DAY_MILLISECONDS = 86_400_000;

/**
 * What AWS has against a lifecycle, in its words.
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/7350 the words on 90 days
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/24960 the words on 1 to 36500 days
 */
export function lifecycleProblem({
  DeleteAfterDays: last,
  MoveToColdStorageAfterDays: cold,
}: Lifecycle): string | undefined {
  const isOut = (days: number | undefined) =>
    days !== undefined && days !== FOR_EVER && (days < 1 || days > LONGEST_DAYS);
  if (isOut(last)) return `Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than ${LONGEST_DAYS} days`;
  if (isOut(cold))
    return `Invalid lifecycle. MoveToColdStorageAfterDays cannot be less than 1 or more than ${LONGEST_DAYS} days`;
  if (retentionDays({ DeleteAfterDays: last }) === undefined || cold === undefined || cold === FOR_EVER)
    return undefined;
  return (last ?? 0) < cold + COLD_STORAGE_MINIMUM_DAYS
    ? `Invalid lifecycle. DeleteAfterDays cannot be less than ${COLD_STORAGE_MINIMUM_DAYS} days apart from MoveToColdStorageAfterDays`
    : undefined;
}

/** For how many days a recovery point is kept; undefined for ever. */
export const retentionDays = (lifecycle: Lifecycle | undefined): number | undefined =>
  lifecycle?.DeleteAfterDays === FOR_EVER ? undefined : lifecycle?.DeleteAfterDays;

/** When a recovery point goes, counted from its creation: of a copy, from that of what it is a copy of. */
export function calculatedLifecycle(created: Date, lifecycle: Lifecycle | undefined) {
  const after = (days: number | undefined) =>
    days === undefined || days === FOR_EVER ? undefined : new Date(created.getTime() + days * DAY_MILLISECONDS);
  return {
    DeleteAt: after(lifecycle?.DeleteAfterDays),
    MoveToColdStorageAt: after(lifecycle?.MoveToColdStorageAfterDays),
  };
}
