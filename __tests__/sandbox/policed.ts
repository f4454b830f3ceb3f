import { motoIsMissing } from '../../sandbox/tools/moto';

const mustRun = process.env.CI === 'true';

/** `describe` where there is a moto; without one the tests are skipped, but never under CI. */
export function describeWithMoto(name: string, tests: () => void): void {
  const missing = motoIsMissing();
  jest.setTimeout(60_000);
  if (missing !== undefined && !mustRun) console.warn(`SKIPPED ${name}: ${missing}`);
  (missing === undefined || mustRun ? describe : describe.skip)(name, tests);
}

export const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
