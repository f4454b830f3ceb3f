import type { CallerIdentity } from '../wire/exchange';

/** Tells whose access key a request was signed with. */
export type Identify = (accessKeyId: string) => Promise<CallerIdentity>;

/**
 * Asks moto, which goes by the key alone, and remembers the answer: a key never changes hands.
 * @param upstream - where moto listens
 */
export function identifyByMoto(upstream: string): Identify {
  const known = new Map<string, Promise<CallerIdentity>>();
  return (accessKeyId) => {
    const asked = known.get(accessKeyId) ?? ask(upstream, accessKeyId);
    known.set(accessKeyId, asked);
    asked.catch(() => known.delete(accessKeyId));
    return asked;
  };
}

async function ask(upstream: string, accessKeyId: string): Promise<CallerIdentity> {
  const scope = `${accessKeyId}/20260101/us-east-1/sts/aws4_request`;
  const response = await fetch(upstream, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  const text = await response.text();
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  const [accountId, arn] = [field('Account'), field('Arn')];
  if (accountId === undefined || arn === undefined)
    throw new Error(`moto does not tell whose key ${accessKeyId} is: ${response.status} ${text.slice(0, 300)}`);
  return { accountId, arn };
}
