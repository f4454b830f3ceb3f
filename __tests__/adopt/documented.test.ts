import { readFileSync } from 'node:fs';
import { permissionsIn } from '../support/permissions-in';

const permissions = permissionsIn(['lib/accounts/access.ts', 'lib/adopt', 'lib/live/role-policies.ts']);

describe('docs/adopt.md', () => {
  const docs = readFileSync('docs/adopt.md', 'utf8');
  const named = [...docs.matchAll(/`((?:backup|iam|kms|organizations):\w+)`/g)].map(([, name]) => name ?? '');

  test.each(permissions)('names the permission %s', (permission) => expect(named).toContain(permission));

  test('names no permission that is not asked for, and none that changes anything', () => {
    expect(named.filter((name) => !permissions.includes(name))).toEqual([]);
    expect(named.filter((name) => !/:(?:Describe|Get|List)\w+$/.test(name))).toEqual([]);
    expect(permissions.length).toBeGreaterThan(20);
  });
});
