import type { Config } from '../config/config';
import type { Topology } from '../topology/topology';
import { staysWarm } from './check-travel';
import { type Journey, journeysOf } from './journeys';

/** What becomes of one type of one selection on one copy edge. */
export interface Explanation {
  readonly source: string;
  readonly plan: string;
  readonly rule: string;
  readonly selection: string;
  readonly type: string;
  readonly to: string;
  /** `single action`, `relay` or `not possible`. */
  readonly travels: string;
  /** Why it does not travel, or what to know about it; empty when there is nothing to say. */
  readonly note: string;
  /** The page of AWS Backup's guide for the type. */
  readonly page: string;
  /** The key that encrypts the copy's origin, and that the destination has to read. */
  readonly key: string;
  readonly coldStorage: string;
  readonly lock: string;
}

/** Selection by copy edge: how it travels, under which key, whether it goes cold, and whether it fits the lock. */
export const explain = (config: Config, topology: Topology): Explanation[] =>
  journeysOf(config, topology).map((journey) => ({
    source: `${journey.source.name}/${journey.source.region}`,
    plan: journey.plan,
    rule: journey.rule,
    selection: journey.selection,
    type: journey.type.name,
    to: journey.to,
    travels: journey.travel.by === 'none' ? 'not possible' : journey.travel.by,
    note: 'reason' in journey.travel ? journey.travel.reason : journey.type.note,
    page: `https://docs.aws.amazon.com/aws-backup/latest/devguide/${journey.type.page}`,
    key: keyOf(journey),
    coldStorage: coldStorageOf(journey),
    lock: lockOf(journey),
  }));

function keyOf({ type, source, travel }: Journey): string {
  if (travel.by === 'none') return '-';
  if (type.key === 'vault') return 'source vault';
  const isShared = source.resourceKeyAlias !== undefined || source.existingResourceKeyArns.length > 0;
  return isShared ? 'resource, shared' : 'resource, not known to be shared';
}

function coldStorageOf({ type, moveToColdStorageAfterDays, optInToArchive, travel }: Journey): string {
  if (moveToColdStorageAfterDays === undefined || travel.by === 'none') return '-';
  return staysWarm(type, { optInToArchive }) ? 'ignored' : `after ${moveToColdStorageAfterDays} days`;
}

function lockOf({ lock, deleteAfterDays, toPlace, source, travel }: Journey): string {
  if (travel.by === 'none') return '-';
  if (!lock) return toPlace.accountId === source.accountId ? 'own account' : 'none known';
  const { minRetentionDays, maxRetentionDays, changeableForDays } = lock;
  const mode = changeableForDays === undefined ? 'governance' : 'compliance';
  return `${deleteAfterDays} in ${minRetentionDays}..${maxRetentionDays}, ${mode}`;
}
