import { readFileSync } from 'node:fs';
import { sourcesIn } from '../support/permissions-in';

const sources = sourcesIn([
  'lib/accounts/access.ts',
  'lib/live/role-policies.ts',
  'lib/live/service-linked-role.ts',
  'lib/bootstrap',
]);
const matches = (pattern: RegExp) =>
  sources.flatMap((text) => [...text.matchAll(pattern)].map(([, ...found]) => found));

/** The permission of each call, as the code has it. */
const permissions = new Set([
  ...matches(/(?:ask|listAll)\(\s*'([\w-]+:\w+)'/g).map(([action]) => action),
  ...matches(/service: '(\w+)',\s*operation: '(\w+)'/g).map(([service, operation]) => `${service}:${operation}`),
  ...matches(/call\('(\w+)', [^\n]*?(?:'(s3:\w+)')?\),/g).map(([operation, action]) => action ?? `s3:${operation}`),
]);

describe('docs/bootstrap.md', () => {
  const docs = readFileSync('docs/bootstrap.md', 'utf8');

  test.each([...permissions])('names the permission %s', (permission) => expect(docs).toContain(`\`${permission}\``));

  test('names no permission that is not asked for', () => {
    const named = [...docs.matchAll(/`((?:backup|cloudformation|iam|organizations|ram|s3):\w+)`/g)].map(
      ([, name]) => name,
    );
    // Asked for by the tags of a role, which are part of making it.
    expect(named.filter((name) => !permissions.has(name) && name !== 'iam:TagRole')).toEqual([]);
    expect(permissions.size).toBeGreaterThan(20);
  });
});
