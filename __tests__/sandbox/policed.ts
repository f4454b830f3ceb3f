import { motoIsMissing } from '../../sandbox/tools/moto';
import { describeWhere } from '../support/describe-where';

/** `describe` where there is a moto; without one the tests are skipped, but never under CI. */
export function describeWithMoto(name: string, tests: () => void): void {
  jest.setTimeout(60_000);
  describeWhere({ missing: motoIsMissing(), what: name }, name, tests);
}

export const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
