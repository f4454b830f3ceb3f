import type { Directory } from '../organizations-api/directory';
import {
  accessNotActivated,
  invalid,
  notDelegated,
  notOrganizationsAccount,
  operationNotFound,
  stackSetNotFound,
} from './errors';
import type { Call } from './operations';
import type { Operation, StackSet } from './stack-sets';

/** StackSets, as the organization trusts them. */
export const SERVICE = 'member.org.stacksets.cloudformation.amazonaws.com';

export const isActivated = ({ services }: Directory): boolean => services.has(SERVICE);

/**
 * Lets the management account work as itself, and a delegated administrator as one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
export function admit({ caller: { accountId }, directory }: Call, callAs: string = 'SELF'): void {
  const { managementAccountId, delegations } = directory;
  if (callAs === 'DELEGATED_ADMIN') {
    if (!delegations.get(SERVICE)?.has(accountId)) throw notDelegated();
  } else if (accountId !== managementAccountId) throw notOrganizationsAccount();
  if (!isActivated(directory)) throw accessNotActivated();
}

/** A StackSet that the caller may see. */
export function stackSetOf(call: Call, name: string, callAs: string | undefined): StackSet {
  admit(call, callAs);
  const found = call.stackSets.find(call.region, name);
  if (!found) throw stackSetNotFound(name);
  return found;
}

/** An operation on a StackSet. */
export function operationOf({ operations }: StackSet, id: string): Operation {
  const operation = operations.get(id);
  if (!operation) throw operationNotFound(id);
  return operation;
}

/** What AWS has on a page at most. */
const PAGE = 100;

/** One page of a list, and the token of the next; a token is the place of its first item. */
export function page<Item>(
  items: readonly Item[],
  {
    MaxResults = PAGE,
    NextToken,
  }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
) {
  const start = Number(NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalid('The specified NextToken is invalid');
  const end = start + MaxResults;
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
