/** A decimal number; undefined for anything else, so that `10 apples` is not 10. */
export const numberOf = (text: string): number | undefined =>
  /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;

const ISO_DATE = /^\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?$/;
/** Four digits could be a year as well. */
const EPOCH_SECONDS = /^\d{5,12}$/;

/**
 * Milliseconds since 1970 of a date in one of the W3C's formats or in seconds since 1970; undefined for anything else.
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function dateOf(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  if (!ISO_DATE.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
