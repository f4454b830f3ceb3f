/** A JSON value. */
type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where two values differ, as paths with both values: `rules.daily.lifecycle.delete_after_days 7 instead of 35`. Lists
 * have no order, and numbers may stand as text.
 */
export function differences(found: Json, expected: Json, path: readonly string[] = []): string[] {
  if (isFields(found) && isFields(expected)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
    return keys.flatMap((key) => differences(found[key], expected[key], [...path, key]));
  }
  const [got, wanted] = [shown(found), shown(expected)];
  if (got === wanted) return [];
  const at = path.join('.');
  if (found === undefined) return [`${at} lacks`];
  if (expected === undefined) return [`${at} is there besides`];
  return [`${at} ${got} instead of ${wanted}`];
}

const shown = (value: Json): string => {
  if (Array.isArray(value)) return value.map(shown).sort().join(', ');
  return isFields(value) ? JSON.stringify(value) : String(value);
};

/** How many differences of one thing are told. */
const TOLD = 4;

/** Differences in a line. */
export const differencesText = (all: readonly string[]): string =>
  all.length > TOLD ? `${all.slice(0, TOLD).join('; ')}; and ${all.length - TOLD} more` : all.join('; ');
