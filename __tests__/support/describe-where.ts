const mustRun = process.env.CI === 'true';

/**
 * `describe` where everything is there that its tests need; else they are skipped, and it is said why, but never under CI.
 * @param need - what is not there, undefined where nothing is; and what the operator is told is skipped
 */
export function describeWhere(
  { missing, what }: { readonly missing: string | undefined; readonly what: string },
  name: string,
  tests: () => void,
): void {
  if (missing !== undefined && !mustRun) console.warn(`SKIPPED ${what}: ${missing}`);
  (missing === undefined || mustRun ? describe : describe.skip)(name, tests);
}
