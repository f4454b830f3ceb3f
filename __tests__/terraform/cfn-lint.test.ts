import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselineTemplate, templateJson } from '../../lib/policies/baseline-template';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aPlan } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';
import { describeWhere } from '../support/describe-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 120_000;

const isThere = () => {
  try {
    execFileSync('cfn-lint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** All that cfn-lint has to say of a template, warnings and advice too. */
function lint(template: string): string {
  const file = join(folder, 'template.json');
  writeFileSync(file, template);
  const { stdout, stderr } = spawnSync(
    'cfn-lint',
    ['--include-checks', 'W', 'I', '--regions', 'us-east-1', 'eu-central-1', '--', file],
    { encoding: 'utf8' },
  );
  return `${stdout}${stderr}`;
}

const templateOf = (given: Parameters<typeof aRolloutConfig>[0]) => {
  const { organizationPolicies, organization } = resolveTopology(aRolloutConfig(given));
  if (!organizationPolicies) throw new Error('nothing is rolled out');
  return templateJson(baselineTemplate(organizationPolicies.baseline.member, organization.id));
};

describeWhere({ missing: isThere() ? undefined : 'cfn-lint is not on the PATH', what: 'cfn-lint' }, 'cfn-lint', () => {
  const lock = { mode: 'governance', minRetentionDays: 7, maxRetentionDays: 100 };
  const [rule] = aPlan().rules;
  const plans = { daily: aPlan({ rules: [{ ...rule, index: ['EBS'], scan: 'full' }] }) };
  test.each([
    ['the smallest baseline', {}],
    ['one with everything', { plans, policies: { baseline: { createResourceKey: true, lock, keyPolicy: 'compat' } } }],
    [
      'one without copies',
      { plans: { daily: aPlan({ rules: [{ name: 'r', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35 }] }) } },
    ],
  ])(
    'finds nothing in %s',
    (_, given) => {
      expect(lint(templateOf(given))).toBe('');
    },
    TIMEOUT_MS,
  );

  test(
    'finds a mistake that is there',
    () => {
      expect(lint(templateOf({}).replace('"BackupVaultName"', '"VaultName"'))).toContain('VaultName');
    },
    TIMEOUT_MS,
  );
});
