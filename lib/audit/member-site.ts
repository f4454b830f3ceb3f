import { STACK_ACCOUNT, STACK_REGION } from '../aws/cloudformation';
import { filledIn } from '../topology/filled-in';
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
  const site = filledIn(baseline, { [STACK_ACCOUNT]: accountId, [STACK_REGION]: region });
  return { ...site, name, accountId, region, isOfRollout: true };
}
