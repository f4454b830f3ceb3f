import { STACK_ACCOUNT, STACK_REGION } from '../aws/cloudformation';
import type { SourceSite } from '../topology/topology';

/**
 * What the StackSets make in one account and Region: the baseline, with what CloudFormation fills in filled in. Its plans
 * are those of backup policies, so the site itself has none.
 */
export function memberSite(baseline: SourceSite, name: string, accountId: string, region: string): SourceSite {
  const site = filledIn(baseline, accountId, region);
  return { ...site, name, accountId, region, plans: [] };
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
