import { readFileSync } from 'node:fs';
import { FAILURES_RUNBOOK } from '../../lib/aws/known-failures';
import { copyCallerPolicy } from '../../lib/policies/copy-caller-policy';
import { OPERATOR_ACTIONS } from '../../lib/policies/operator-actions';
import { failuresRunbook } from '../../lib/report/failures-runbook';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig } from '../support/a-config';
import { permissionsIn } from '../support/permissions-in';

/** What the commands run: the way in is `Entry`, and no other. */
const permissions = permissionsIn([
  'lib/jobs',
  'lib/accounts/entry.ts',
  'lib/accounts/paced-organization.ts',
  'lib/live/role-policies.ts',
  'lib/live/service-linked-role.ts',
  'lib/live/sessions.ts',
]).filter(
  // STS tells everybody who they are.
  (action) => action !== 'sts:GetCallerIdentity',
);

describe('docs/day-2.md', () => {
  const docs = readFileSync('docs/day-2.md', 'utf8');
  const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(docs) ?? [];

  test.each(permissions)('names the permission %s', (permission) => expect(docs).toContain(`\`${permission}\``));

  test('names no permission that is not asked for', () => {
    const named = [...docs.matchAll(/`((?:backup|iam|kms|organizations):\w+)`/g)].map(([, name = '']) => name);
    // Asked of a caller by AWS itself, behind a request that names a role or a target.
    const implied = ['iam:PassRole', 'backup:CopyFromBackupVault'];
    expect(named.filter((name) => !permissions.includes(name) && !implied.includes(name))).toEqual([]);
    expect(permissions.length).toBeGreaterThan(20);
  });

  test('shows the policy of the caller of a copy as it is made', () => {
    const [site] = resolveTopology(aConfig()).sources;
    expect(site && copyCallerPolicy(site)).toEqual(JSON.parse(policy));
  });

  test('deploy roles may do no more than what these commands and the audit ask for', () => {
    const own: readonly string[] = Object.values(OPERATOR_ACTIONS).flat();
    const asked = [...permissions, ...permissionsIn(['lib/audit'])];
    expect(own.filter((action) => !asked.includes(action) && action !== 'backup:CopyFromBackupVault')).toEqual([]);
  });
});

describe(FAILURES_RUNBOOK, () => {
  test('says what the table of known failures says: npm run runbook writes it', () => {
    expect(readFileSync(FAILURES_RUNBOOK, 'utf8')).toBe(failuresRunbook());
  });
});
