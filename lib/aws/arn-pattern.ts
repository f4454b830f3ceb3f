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

/**
 * The pattern that matches what both match, or undefined when nothing does. Exact where, field by field, one of the two
 * is the narrower, as ARNs of AWS Backup's selections are; patterns that merely overlap count as apart.
 */
export function intersection(a: string, b: string): string | undefined {
  if (a === '*') return b;
  if (b === '*') return a;
  const [left, right] = [parseArn(a), parseArn(b)];
  if (!left || !right) return undefined;
  const fields = FIELDS.map((field) => {
    if (wildcardMatches(left[field], right[field])) return right[field];
    return wildcardMatches(right[field], left[field]) ? left[field] : undefined;
  });
  return fields.includes(undefined) ? undefined : `arn:${fields.join(':')}`;
}

/** Whether everything a narrow ARN pattern matches is matched by a wide one too. */
export const covers = (wide: string, narrow: string): boolean => intersection(wide, narrow) === narrow;

const FIELDS: readonly (keyof ArnFields)[] = ['partition', 'service', 'region', 'accountId', 'resource'];

/** `*` stands for any run of characters, in a text whose own `*` is a character like any other. */
function wildcardMatches(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(text);
}
