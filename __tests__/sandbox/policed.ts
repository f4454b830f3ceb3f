import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import { motoIsMissing } from '../support/moto';

const mustRun = process.env.CI === 'true';

/** `describe` where there is a moto; without one the tests are skipped, but never under CI. */
export function describeWithMoto(name: string, tests: () => void): void {
  const missing = motoIsMissing();
  jest.setTimeout(60_000);
  if (missing !== undefined && !mustRun) console.warn(`SKIPPED ${name}: ${missing}`);
  (missing === undefined || mustRun ? describe : describe.skip)(name, tests);
}

export const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

/** Makes a client of moto itself act as an account. */
export function asAccount<Client extends IAMClient | KMSClient>(accountId: string, client: Client): Client {
  (client as IAMClient).middlewareStack.add(
    (next) => (given) => {
      (given.request as { headers: Record<string, string> }).headers['x-moto-account-id'] = accountId;
      return next(given);
    },
    { step: 'build' },
  );
  return client;
}
