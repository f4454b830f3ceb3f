import { STACK_ACCOUNT, STACK_REGION } from '../aws/cloudformation';
import type { DestinationSite, SourceSite } from '../topology/topology';

/** What the StackSets make in one account and Region. Its plans are those of backup policies: the account has no others. */
export interface MemberSite extends SourceSite {
  readonly isOfRollout: true;
}

/** Whether a site is what StackSets make, and no stack of its own. */
export const isOfRollout = (site: DestinationSite | SourceSite | MemberSite): site is MemberSite =>
  'isOfRollout' in site;

/** The baseline, with what CloudFormation fills in filled in. */
export function memberSite(baseline: SourceSite, name: string, accountId: string, region: string): MemberSite {
  const site = filledIn(baseline, accountId, region);
  return { ...site, name, accountId, region, isOfRollout: true };
}

function filledIn<Value>(value: Value, accountId: string, region: string): Value {
  if (typeof value === 'string')
    return value.replaceAll(STACK_ACCOUNT, accountId).replaceAll(STACK_REGION, region) as Value;
  if (Array.isArray(value)) return value.map((item) => filledIn(item, accountId, region)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, filledIn(held, accountId, region)]),
  ) as Value;
}
