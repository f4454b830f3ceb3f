import { renderDrift } from '../../lib/drift/render-drift';
import { renderIssue, renderMarkdown } from '../../lib/drift/render-markdown';
import { type DriftReport, exitCodeOf, type StackReport } from '../../lib/drift/report';

const at = (stack: string) => ({
  stack,
  accountId: '111111111111',
  region: 'us-east-1',
});
const finding = (path: string, before?: unknown, after?: unknown) => ({
  resource: 'Vault/Lock',
  address: 'aws_backup_vault_lock_configuration.Vault_Lock_1',
  change: 'changed' as const,
  differences: [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ],
});
const planned = (stack: string, more: object = {}): StackReport => ({
  ...at(stack),
  ...({
    is: 'planned',
    changedOutside: [],
    notApplied: [],
    isNew: false,
    ...more,
  } as const),
});
const CLEAN = planned('management');
const DRIFTED = planned('drifted', {
  changedOutside: [finding('min_retention_days', 7, 1)],
});
const PENDING = planned('pending', {
  notApplied: [finding('max_retention_days', undefined, 'a|b `c` @d <e>')],
});
const WAITING: StackReport = {
  ...at('waiting'),
  is: 'waiting',
  waitsFor: ['management'],
};
const FAILED: StackReport = {
  ...at('failed'),
  is: 'failed',
  reason: 'account 1 cannot be entered',
};
const report = (...stacks: StackReport[]): DriftReport => ({
  stacks,
  unownedStates: [],
});

describe('the report of drift', () => {
  test.each([
    [0, report(CLEAN, PENDING, WAITING)],
    [2, report(CLEAN, DRIFTED, PENDING)],
    [1, report(DRIFTED, FAILED)],
    [1, { ...report(CLEAN), unlisted: 'the permission s3:ListBucket is missing' }],
  ])('ends with %s', (code, given) => {
    expect(exitCodeOf(given)).toBe(code);
  });

  test('shows a line for each stack, then what was changed outside, then what was not applied', () => {
    expect(renderDrift(report(CLEAN, DRIFTED, PENDING, WAITING, FAILED))).toMatchInlineSnapshot(`
      "STACK       ACCOUNT       REGION
      management  111111111111  us-east-1  as deployed
      drifted     111111111111  us-east-1  1 changed outside
      pending     111111111111  us-east-1  1 not applied yet
      waiting     111111111111  us-east-1  waiting for management
      failed      111111111111  us-east-1  error: account 1 cannot be entered

      Changed outside (from the last apply to now):

      drifted
        Vault/Lock (aws_backup_vault_lock_configuration.Vault_Lock_1)
          min_retention_days: 7 → 1

      Not applied yet (from the last apply to the config):

      pending
        Vault/Lock (aws_backup_vault_lock_configuration.Vault_Lock_1)
          max_retention_days: nothing → a|b \`c\` @d <e>

      Of 5 stacks: 1 changed outside, 1 not applied yet, 1 waiting, 1 with an error."
    `);
  });

  test('shows a stack that was never applied in a word', () => {
    const text = renderDrift(
      report(
        planned('new', {
          isNew: true,
          notApplied: [finding('a'), finding('b')],
        }),
      ),
    );
    expect(text).toContain('never applied: 2 to add');
    expect(text).not.toContain('Vault/Lock');
  });

  test('says that all is as deployed', () => {
    expect(renderDrift(report(CLEAN))).toMatch(/\n\nAll 1 stacks are as deployed\.$/);
  });

  test('shows states without a stack, and where the runbook is', () => {
    const text = renderDrift({
      ...report(CLEAN),
      unownedStates: [{ stack: 'old', where: 's3://b/old', resources: 3 }],
    });
    expect(text).toContain('docs/runbooks/removing-a-site.md says how to destroy');
    expect(text).toContain('  old: 3 resources in s3://b/old');
  });

  test('cuts long values in lines', () => {
    const long = planned('long', {
      changedOutside: [finding('policy', { a: 'x'.repeat(500) })],
    });
    expect(renderDrift(report(long))).toMatch(/policy: \{"a":"x{194}… → nothing/);
  });

  test('is a table in Markdown, in which no value is a link, a mention, a tag or a column', () => {
    const text = renderMarkdown(report(CLEAN, DRIFTED, PENDING));
    expect(text).toMatch(/^## Drift\n\nOf 3 stacks: 1 changed outside, 1 not applied yet\.\n\n\| stack \|/);
    expect(text).toContain('| <code>min&#95;retention&#95;days</code> | <code>7</code> | <code>1</code> |');
    expect(text).toContain('<code>a&#124;b &#96;c&#96; &#64;d &#60;e&#62;</code>');
  });

  test('says in an issue what can be done, for the stacks that were changed', () => {
    expect(renderIssue(report(CLEAN, DRIFTED))).toContain(
      'put back: `npx cdktf deploy drifted --ignore-missing-stack-dependencies`,',
    );
    expect(renderIssue(report(CLEAN, PENDING))).not.toContain('put back');
  });

  test('says in an issue what could not be looked at, beside what was changed', () => {
    const text = renderIssue({ ...report(DRIFTED, FAILED), unlisted: 'the permission s3:ListBucket is missing' });
    expect(text).toContain('Of 2 stacks: 1 changed outside, 1 with an error.');
    expect(text).toContain('| failed | 111111111111 | us-east-1 | error: account 1 cannot be entered |');
    expect(text).toContain('The states could not be listed: the permission s3:ListBucket is missing');
    expect(text).toContain('put back: `npx cdktf deploy drifted ');
  });

  test('fits into a comment, and says what is left out', () => {
    const many = planned('many', {
      changedOutside: Array.from({ length: 2_000 }, () => finding('path', 1, 2)),
    });
    const text = renderMarkdown(report(many));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\|\n\nThe rest does not fit here: `npm run drift` shows all\.\n$/);
  });
});
