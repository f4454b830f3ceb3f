import { parseVaultArn } from './arns';
import { invalidValue, notFound, planNotFound, vaultNotFound } from './errors';
import type { Call } from './operations';
import { plansIn } from './organization-plans';
import type { Plan, RecoveryPoint, Vault } from './place';

/**
 * The vault of the caller's account and Region with this name or ARN. Of another account's vaults nothing is to be had,
 * whatever its policy says: the one thing that crosses accounts is copying into it.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export function vaultOf({ place, accountId, region }: Call, nameOrArn: string): Vault {
  const parts = parseVaultArn(nameOrArn);
  if (parts && (parts.accountId !== accountId || parts.region !== region)) throw vaultNotFound();
  const vault = place.vaults.get(parts?.name ?? nameOrArn);
  if (!vault) throw vaultNotFound();
  return vault;
}

/** A recovery point, by vault and ARN. */
export function recoveryPointOf(call: Call, vaultName: string, arn: string): RecoveryPoint {
  const recoveryPoint = vaultOf(call, vaultName).recoveryPoints.get(arn);
  if (!recoveryPoint) throw notFound('Recovery point', arn);
  return recoveryPoint;
}

/** A plan, by id. */
export function planOf({ place, world }: Call, id: string): Plan {
  const plan = plansIn(world, place).get(id);
  if (!plan) throw planNotFound(id);
  return plan;
}

/** What a map holds under a name. */
export function found<Item>(items: ReadonlyMap<string, Item>, what: string, name: string): Item {
  const item = items.get(name);
  if (!item) throw notFound(what, name);
  return item;
}

interface Paged {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

const PAGE = 1000;

/** One page of a list, and the token of the next; a token is the place of its first item. */
export function page<Item>(items: readonly Item[], { MaxResults, NextToken }: Paged) {
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw invalidValue('Invalid pagination token', NextToken);
  const end = start + (MaxResults ?? PAGE);
  const next = end < items.length ? Buffer.from(String(end)).toString('base64') : undefined;
  return { items: items.slice(start, end), NextToken: next };
}

/** Whether a job was made between two times, of which either may be missing. */
export const isMadeWithin = (
  job: { readonly CreationDate?: Date | undefined },
  by: { readonly ByCreatedAfter?: Date | undefined; readonly ByCreatedBefore?: Date | undefined },
): boolean =>
  (by.ByCreatedAfter === undefined || (job.CreationDate ?? 0) > by.ByCreatedAfter) &&
  (by.ByCreatedBefore === undefined || (job.CreationDate ?? 0) < by.ByCreatedBefore);
