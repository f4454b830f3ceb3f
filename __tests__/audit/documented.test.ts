import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRead } from './is-read';

const filesIn = (room: string) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name));

/** The files of bootstrap that an audit runs as well: the way in, and the looks of what is switched on. */
const SHARED = ['lib/bootstrap/access.ts', 'lib/bootstrap/organization-steps.ts', 'lib/live/sessions.ts'];
const sources = [...filesIn('lib/audit'), ...SHARED].map((file) => readFileSync(file, 'utf8'));

/** The permission of each question, as the code has it. */
const permissions = [
  ...new Set(
    sources
      .flatMap((text) => [...text.matchAll(/(?:ask|askAll)(?:<[\s\S]*?>)?\(\s*'([\w-]+:\w+)'/g)])
      .flatMap(([, action]) => action ?? []),
  ),
]
  // STS tells everybody who they are.
  .filter((action) => action !== 'sts:GetCallerIdentity');

describe('docs/audit.md', () => {
  const docs = readFileSync('docs/audit.md', 'utf8');

  test.each(permissions)('names the permission %s, which only reads', async (permission) => {
    expect(docs).toContain(`\`${permission}\``);
    expect(await isRead(permission)).toBe('a read');
  });

  test('names no permission that is not asked for', () => {
    const named = [...docs.matchAll(/`((?:backup|cloudformation|ec2|iam|kms|organizations|sts):\w+)`/g)];
    expect(named.map(([, name]) => name).filter((name) => !permissions.includes(name ?? ''))).toEqual([]);
    expect(permissions.length).toBeGreaterThan(25);
  });
});

describe('lib/audit', () => {
  test('sends no command but those that read', () => {
    const commands = sources
      .slice(0, -SHARED.length)
      .flatMap((text) => [...text.matchAll(/new (\w+Command)\(/g)].map(([, name]) => name ?? ''));
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter((name) => !/^(?:Describe|Get|List)/.test(name))).toEqual([]);
  });
});
