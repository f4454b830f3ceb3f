import type { Diagnostic } from '../terraform/terraform';
import { remoteStateId } from '../topology/names';
import type { Site } from '../topology/topology';

/** Why a stack has no plan. */
export type Failure =
  | { readonly is: 'waiting'; readonly waitsFor: readonly string[] }
  | { readonly is: 'failed'; readonly reason: string };

/**
 * Says what errors of Terraform's mean.
 * @param stacks - all that the config has, any of which another one may have to wait for
 */
export function failureOf(errors: readonly Diagnostic[], site: Site, stacks: readonly string[]): Failure {
  const causes = errors.map((error) => producerOf(error, stacks));
  if (causes.length > 0 && causes.every((cause) => cause !== undefined))
    return { is: 'waiting', waitsFor: [...new Set(causes)] as string[] };
  const [first] = errors.filter((_, index) => causes[index] === undefined);
  const said = [first?.summary, first?.detail].filter(Boolean).join(': ').replaceAll(/\s+/g, ' ').trim();
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(said))?.means(site);
  return { is: 'failed', reason: meaning === undefined ? shortened(said) : `${meaning}: ${shortened(said)}` };
}

/** The stack whose outputs are not there, or not yet all, if that is what is wrong. */
function producerOf({ summary, detail = '', address = '', snippet }: Diagnostic, stacks: readonly string[]) {
  if (!LACKS_OUTPUTS.test(summary)) return undefined;
  const about = `${address} ${detail} ${snippet?.code ?? ''}`;
  return stacks.find((stack) => new RegExp(`${remoteStateId(stack)}(?![\\w-])`).test(about));
}

const LACKS_OUTPUTS = /^(?:Unable to find remote state|Unsupported attribute|Missing map element|Invalid index)$/;

/** The first that fits; AWS's own words follow. */
const MEANINGS: readonly { readonly pattern: RegExp; means(site: Site): string }[] = [
  {
    pattern: /ExpiredToken|RequestExpired|token (?:included in the request )?(?:has|is) expired|InvalidClientTokenId/,
    means: () => 'the credentials have expired or do not hold: sign in again',
  },
  {
    pattern: /No valid credential sources|no EC2 IMDS role found|failed to refresh cached credentials/i,
    means: () => 'there are no credentials of AWS',
  },
  {
    pattern: /Cannot assume IAM Role|sts:AssumeRole/,
    means: ({ accountId, deployRoleArn }) =>
      `account ${accountId} cannot be entered: ${deployRoleArn ?? 'its role'} is not there, or does not trust who runs this`,
  },
  {
    pattern: /AWS account ID not allowed/i,
    means: ({ accountId }) => `these credentials are not of account ${accountId}`,
  },
  {
    pattern: /Throttl|TooManyRequests|Rate exceeded|SlowDown|RequestLimitExceeded/,
    means: () => 'AWS asks for fewer requests: run again later, or with fewer --jobs',
  },
  {
    pattern: /is not authorized to perform|AccessDenied|Access Denied/,
    means: ({ accountId }) => `a permission is missing in account ${accountId}, or for its state`,
  },
];

/** A line that a table can hold; Terraform may repeat a whole request. */
const shortened = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} …` : text);
const MAX_LENGTH = 400;
