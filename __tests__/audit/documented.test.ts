import { readFileSync } from 'node:fs';
import { permissionsIn, sourcesIn } from '../support/permissions-in';
import { isRead } from './is-read';

/** What an audit runs of others: the way in, and the looks of what is switched on. */
const SHARED = [
  'lib/accounts/access.ts',
  'lib/accounts/paced-organization.ts',
  'lib/bootstrap/organization-steps.ts',
  'lib/live/role-policies.ts',
  'lib/live/service-linked-role.ts',
  'lib/live/sessions.ts',
];
const permissions = permissionsIn(['lib/audit', ...SHARED]).filter(
  // STS tells everybody who they are.
  (action) => action !== 'sts:GetCallerIdentity',
);

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
    const commands = sourcesIn([
      'lib/audit',
      'lib/accounts',
      'lib/live/role-policies.ts',
      'lib/live/service-linked-role.ts',
    ]).flatMap((text) =>
      [...text.matchAll(/(?:new (\w+)Command|paginate(\w+))\(/g)].map(([, sent, paged]) => sent ?? paged ?? ''),
    );
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter((name) => !/^(?:Describe|Get|List)/.test(name))).toEqual([]);
  });
});
