import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOMS = ['lib/accounts', 'lib/adopt'];
const sources = ROOMS.flatMap((room) => readdirSync(room).map((name) => readFileSync(join(room, name), 'utf8')));

/** The permission of each call, as the code has it. */
const permissions = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/(?:ask(?:<[^(]+>)?|listAll)\(\s*'([\w-]+:\w+)'/g)].map(([, action]) => action ?? ''),
  ),
);

describe('docs/adopt.md', () => {
  const docs = readFileSync('docs/adopt.md', 'utf8');
  const named = [...docs.matchAll(/`((?:backup|iam|kms|organizations):\w+)`/g)].map(([, name]) => name ?? '');

  test.each([...permissions])('names the permission %s', (permission) => expect(named).toContain(permission));

  test('names no permission that is not asked for, and none that changes anything', () => {
    expect(named.filter((name) => !permissions.has(name))).toEqual([]);
    expect(named.filter((name) => !/:(?:Describe|Get|List)\w+$/.test(name))).toEqual([]);
    expect(permissions.size).toBeGreaterThan(20);
  });
});
