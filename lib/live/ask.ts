import { setTimeout as wait } from 'node:timers/promises';
import { LiveError } from './live-error';

/** As much of an SDK's error as tells what happened. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** Of what never got to AWS: Node's own word for it. */
  readonly code?: string;
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
      if (pause === undefined || !BUSY.includes(name)) throw failureOf(error as Failure, action);
      await wait(pause);
    }
  }
  throw new Error('unreachable');
}

/** Credentials that were good once, or never. */
const STALE = /Expired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|SignatureDoesNotMatch/;

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const THROTTLED = /^(?:Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown|Request(?:Throttled|Rate)\w*)$/;

/** What Node calls a connection that is not to be had, or is lost; in the message where an SDK has wrapped it. */
const UNREACHED = /\b(?:ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|TimeoutError)\b/;

const isUnreached = ({ name, code = '', message }: Failure) => UNREACHED.test(`${name} ${code} ${message}`);

/** What an account that nobody can enter any more is told of. */
const CLOSED = /\b(?:account|subscription)\b.*\b(?:suspended|closed|not active)\b|OptInRequired/i;

const failureOf = (failure: Failure, action: string): LiveError =>
  new LiveError(reasonOf(failure, action), isPassing(failure));

/** Whether the same call may well succeed in a while, without anybody doing anything. */
const isPassing = (failure: Failure): boolean =>
  isUnreached(failure) || THROTTLED.test(failure.name) || (failure.$metadata?.httpStatusCode ?? 0) >= 500;

/** Why a call failed, in one line. */
function reasonOf(failure: Failure, action: string): string {
  const { name, message, $metadata, code } = failure;
  const said = message.replaceAll(/\s+/g, ' ').trim();
  if (name === 'CredentialsProviderError') return `there are no credentials of AWS: ${said}`;
  if (isUnreached(failure)) return `${action}: AWS cannot be reached: ${said || code}`;
  if (THROTTLED.test(name))
    return `${action}: AWS throttles these requests, and went on after all retries: wait a minute and run it again (${name}: ${said})`;
  if (CLOSED.test(`${name} ${said}`))
    return `${action}: the account is suspended or closed, or has no access to this service: ${said}`;
  if (STALE.test(name)) {
    const way = /Expired/.test(name) ? '; sign in again' : '';
    const region = /Client/.test(name) ? ' (of a Region that the account has not enabled AWS says the same)' : '';
    return `the credentials do not hold: ${said}${way}${region}`;
  }
  if (!DENIED.test(name) && $metadata?.httpStatusCode !== 403) return `${action}: ${name}: ${said}`;
  const missing = /is not authorized to perform: ([\w-]+:\w+)/.exec(said)?.[1] ?? action;
  return `the permission ${missing} is missing: ${said === '' || said === 'UnknownError' ? 'access denied' : said}`;
}
