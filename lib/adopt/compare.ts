import { isDeepStrictEqual } from 'node:util';
import type { Tags } from './inventory';

/** Whether IAM takes two names of roles for one. */
export const sameRoleName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A line where two values are not the same. */
export const changed = (what: string, is: unknown, becomes: unknown): string[] =>
  isDeepStrictEqual(is, becomes) ? [] : [`${what}: ${shown(is)} becomes ${shown(becomes)}`];

const shown = (value: unknown): string =>
  value === undefined || value === null || value === ''
    ? 'none'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** What an apply does to tags: it takes away those that the config does not have. */
export function tagChanges(is: Tags, becomes: Tags): string[] {
  const keys = [...new Set([...Object.keys(is), ...Object.keys(becomes)])].filter((key) => !key.startsWith('aws:'));
  return keys.sort().flatMap((key) => changed(`tag ${key}`, is[key], becomes[key]));
}

type Statement = Readonly<Record<string, unknown>>;

/**
 * What an apply does to a policy, statement by statement; statements that mean the same in another spelling are the same.
 * @param what - such as `access policy`
 */
export function policyChanges(what: string, is: string | undefined, becomes: unknown): string[] {
  const [before, after] = [statementsOf(is), statementsOf(becomes)];
  const lost = before.filter((one) => !after.some((other) => isDeepStrictEqual(one.said, other.said)));
  const added = after.filter((one) => !before.some((other) => isDeepStrictEqual(one.said, other.said)));
  return [...lost.map(({ name }) => `${what}: loses ${name}`), ...added.map(({ name }) => `${what}: gets ${name}`)];
}

function statementsOf(policy: unknown): { readonly name: string; readonly said: unknown }[] {
  const document = parsed(policy);
  if (document === undefined) return typeof policy === 'string' ? [{ name: 'what is no JSON', said: policy }] : [];
  const statements = [(document as { readonly Statement?: Statement | Statement[] }).Statement ?? []].flat();
  return statements.map((statement) => ({
    name: typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : JSON.stringify(statement),
    said: normal(statement),
  }));
}

function parsed(policy: unknown): unknown {
  try {
    return typeof policy === 'string' ? JSON.parse(policy) : policy;
  } catch {
    return undefined;
  }
}

/** Of a statement, its meaning: lists of one, their order, and accounts by their bare ids. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal).map((item) => JSON.stringify(item));
    return items.length === 1 ? JSON.parse(items[0] ?? 'null') : [...new Set(items)].sort();
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, held]) => [key, normal(held)]),
    );
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, '$1') : value;
}
