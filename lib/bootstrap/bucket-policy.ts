import { bucketArn, type Partition } from '../aws/arn';
import type { Statement } from '../policies/policy-document';
import { freeSid } from './free-sid';

/** A policy document as somebody else wrote it. */
interface Document {
  readonly Version?: string;
  readonly Statement?: AnyStatement | readonly AnyStatement[];
}
type AnyStatement = Readonly<Record<string, unknown>>;

const SID = 'DenyRequestsWithoutTls';

/**
 * The policy of a bucket with the denial of unencrypted requests added, and nothing taken out; undefined where it denies
 * them already.
 * @throws SyntaxError where the policy is no JSON
 */
export function withTlsOnly(policy: string | undefined, bucket: string, partition: Partition): string | undefined {
  const document = (policy === undefined ? {} : JSON.parse(policy)) as Document;
  const statements = [document.Statement ?? []].flat() as AnyStatement[];
  const resources = [bucketArn(partition, bucket), `${bucketArn(partition, bucket)}/*`];
  if (statements.some((statement) => isTlsOnly(statement, resources))) return undefined;
  const denial: Statement = {
    Sid: freeSid(SID, statements),
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return JSON.stringify({ ...document, Version: document.Version ?? '2012-10-17', Statement: [...statements, denial] });
}

/** Whether a statement denies everybody everything over plain HTTP, and under no further condition. */
function isTlsOnly(statement: AnyStatement, resources: readonly string[]): boolean {
  const listed = (value: unknown) => [value].flat().map(String);
  const { Effect, Principal, Action, Resource, Condition } = statement;
  const { AWS } = (Principal ?? {}) as { AWS?: unknown };
  const isEverybody = Principal === '*' || listed(AWS).includes('*');
  const isEverything = listed(Action).some((action) => action === 's3:*' || action === '*');
  const covers = resources.every((resource) => listed(Resource).some((one) => one === resource || one === '*'));
  const [operator, ...more] = Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>);
  const [key, ...moreKeys] = Object.entries(operator?.[1] ?? {});
  const isPlain =
    operator?.[0] === 'Bool' &&
    key?.[0].toLowerCase() === 'aws:securetransport' &&
    listed(key[1]).join() === 'false' &&
    more.length + moreKeys.length === 0;
  return Effect === 'Deny' && isEverybody && isEverything && covers && isPlain;
}
