import { type ArnFields, type Place, parseArn } from './arn';

/** Puts a place's account and Region where a pattern says `{account}` and `{region}`. */
export const fillPlaceholders = (pattern: string, { accountId, region }: Pick<Place, 'accountId' | 'region'>) =>
  pattern.replaceAll('{account}', accountId).replaceAll('{region}', region);

/**
 * Whether resources of a place can match an ARN pattern: the fields it names are the place's own, `*` or, as in
 * S3's ARNs, empty.
 */
export function fitsPlace(pattern: string, place: Place): boolean {
  if (pattern === '*') return true;
  const fields = parseArn(pattern);
  if (!fields) return false;
  const fits = (named: string, own: string) => named === '' || wildcardMatches(named, own);
  return (
    wildcardMatches(fields.partition, place.partition) &&
    fits(fields.region, place.region) &&
    fits(fields.accountId, place.accountId)
  );
}

/** Whether everything a narrow ARN pattern matches is matched by a wide one too. */
export function covers(wide: string, narrow: string): boolean {
  const [a, b] = [parseArn(wide), parseArn(narrow)];
  if (!a || !b) return wide === '*';
  const fields: (keyof ArnFields)[] = ['partition', 'service', 'region', 'accountId', 'resource'];
  return fields.every((field) => wildcardMatches(a[field], b[field]));
}

/** `*` stands for any run of characters, in a text whose own `*` is a character like any other. */
function wildcardMatches(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(text);
}
