import { setTimeout as wait } from 'node:timers/promises';
import { LiveError } from './live-error';

/** As much of an SDK's error as tells what happened. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Answers of services that are at something else: the SDK does not ask again by itself. */
const BUSY = ['ConcurrentModificationException', 'PolicyChangesInProgressException', 'OperationAborted'];
const BUSY_WAITS_MS = [500, 1000, 2000, 4000, 8000];

/** What AWS's services call a refusal; S3 says nothing at all to a HEAD. */
const DENIED = /^(?:AccessDenied(?:Exception)?|AuthorizationError(?:Exception)?|UnauthorizedOperation|Forbidden|403)$/;

/**
 * Asks AWS something.
 * @param action - the permission it takes, such as `iam:ListRoles`
 * @param send - sends the request, again where the service is busy
 * @param expected - answers in the place of errors, by the error's name
 * @throws LiveError with AWS's reason, and the permission where one is missing
 */
export async function ask<Answer>(
  action: string,
  send: () => Promise<Answer>,
  expected: Readonly<Record<string, Answer>> = {},
): Promise<Answer> {
  for (const pause of [...BUSY_WAITS_MS, undefined]) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof LiveError) throw error;
      const { name } = error as Failure;
      if (Object.hasOwn(expected, name)) return expected[name] as Answer;
      if (pause === undefined || !BUSY.includes(name)) throw new LiveError(reasonOf(error as Failure, action));
      await wait(pause);
    }
  }
  throw new Error('unreachable');
}

/** Why a call failed, in one line. */
function reasonOf({ name, message, $metadata }: Failure, action: string): string {
  const said = message.replaceAll(/\s+/g, ' ').trim();
  if (name === 'CredentialsProviderError') return `there are no credentials of AWS: ${said}`;
  if (!DENIED.test(name) && $metadata?.httpStatusCode !== 403) return `${action}: ${name}: ${said}`;
  if (/Expired|InvalidClientTokenId|SignatureDoesNotMatch/.test(name)) return `the credentials do not hold: ${said}`;
  const missing = /is not authorized to perform: ([\w-]+:\w+)/.exec(said)?.[1] ?? action;
  return `the permission ${missing} is missing: ${said === '' || said === 'UnknownError' ? 'access denied' : said}`;
}
