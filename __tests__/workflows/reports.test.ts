import { runStep } from './run-step';
import { workflowOf } from './workflow-files';

describe('the comment of a pull request', () => {
  const MARKER = '<!-- drift of cross-account backup -->';
  const bot = { login: 'github-actions[bot]' };
  const comment = (there: object[], MARKDOWN = 'no drift') =>
    runStep('pull-request.yml', 'comment', 'Write the comment, or write it anew', {
      REPOSITORY: 'acme/backup',
      NUMBER: '7',
      MARKDOWN,
      COMMIT: '0123abc',
      THERE: JSON.stringify(there),
    });

  test('is made where there is none, and only then', () => {
    const others = [
      { id: 1, user: { login: 'ann' }, body: `${MARKER} forged` },
      { id: 2, user: bot, body: 'of another workflow' },
    ];
    expect(comment(others).calls.at(-1)).toBe(
      'api --silent --method POST repos/acme/backup/issues/7/comments --field body=@TEMP/comment.md',
    );
    const ours = [3, 4].map((id) => ({ id, user: bot, body: `${MARKER}\nold` }));
    expect(comment([...others, ...ours]).calls.at(-1)).toBe(
      'api --silent --method PATCH repos/acme/backup/issues/comments/3 --field body=@TEMP/comment.md',
    );
  });

  test('says what is found, and runs none of it', () => {
    const { sent, status } = comment([], '$(touch /tmp/owned) `id` %s "quoted"');
    expect(status).toBe(0);
    expect(sent).toBe(`${MARKER}\n$(touch /tmp/owned) \`id\` %s "quoted"\n\nAs of 0123abc\n`);
  });
});

describe('what a pull request would change', () => {
  const drift = (DRIFT: string, MUTE = '') => runStep('pull-request.yml', 'drift', 'Plan every stack', { DRIFT, MUTE });
  const TOLD = /^markdown<<(end-[0-9a-f]{32})\n\*\*--markdown\*\*\n\n\1\n$/;

  test.each([
    ['0', 0],
    ['2', 0],
    ['1', 1],
  ])('is told when drift ends with %s, and the job with %i', (code, ended) => {
    const { status, output, page } = drift(code);
    expect([status, page]).toEqual([ended, '**--markdown**\n']);
    expect(output).toMatch(TOLD);
  });

  test('is told of where not all of it could be planned, too', () => {
    const { if: condition } = workflowOf('pull-request.yml').jobs.comment ?? {};
    expect(condition).toBe("${{ !cancelled() && needs.drift.outputs.markdown != '' }}");
  });

  test('is not told where the command itself has failed', () => {
    expect(drift('1', 'yes')).toMatchObject({ status: 1, output: '', page: '' });
  });
});

describe('the issue of scheduled drift', () => {
  const report = (STATUS: string, there: object[] = []) =>
    runStep('drift.yml', 'report', 'Open the issue, write it anew, or close it', {
      REPOSITORY: 'acme/backup',
      RUN: 'https://github.com/acme/backup/actions/runs/1',
      ISSUE: '## Drift',
      STATUS,
      THERE: JSON.stringify(there),
    });
  const issue = { number: 12, user: { login: 'github-actions[bot]' } };

  test('is opened by the first drift', () => {
    const { calls, sent } = report('2');
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatch(
      /POST repos\/acme\/backup\/issues .*title=Drift of cross-account backup .*labels\[\]=drift$/,
    );
    expect(sent).toBe('## Drift\n\nSeen by https://github.com/acme/backup/actions/runs/1\n');
  });

  test('is written anew by the next one, and is no pull request and no one else’s', () => {
    const { calls } = report('2', [
      { ...issue, number: 1, pull_request: {} },
      { number: 2, user: { login: 'ann' } },
      issue,
    ]);
    expect(calls.slice(1)).toEqual([expect.stringContaining('PATCH repos/acme/backup/issues/12 ')]);
  });

  test('is closed, with a word, when there is none any more', () => {
    expect(report('0', [issue]).calls.slice(1)).toEqual([
      expect.stringContaining('POST repos/acme/backup/issues/12/comments '),
      expect.stringContaining('PATCH repos/acme/backup/issues/12 --raw-field state=closed'),
    ]);
    expect(report('0').calls).toHaveLength(1);
  });

  test('is opened and written anew where a stack could not be looked at, and the job fails', () => {
    for (const [there, call] of [
      [[], /^api --silent --method POST repos\/acme\/backup\/issues /],
      [[issue], /^api --silent --method PATCH repos\/acme\/backup\/issues\/12 --field body=/],
    ] as const) {
      const { status, stderr, calls, sent } = report('1', [...there]);
      expect([status, stderr]).toEqual([1, 'something could not be looked at: the issue says what\n']);
      expect(calls.slice(1)).toEqual([expect.stringMatching(call)]);
      expect(sent).toContain('## Drift\n');
    }
  });

  test('is written whenever there is something to tell, however the job before ended', () => {
    expect(workflowOf('drift.yml').jobs.report?.if).toBe("${{ !cancelled() && needs.drift.outputs.status != '' }}");
  });

  test('is left alone, and the job fails, where drift could not tell', () => {
    const { status, stderr, calls } = report('', [issue]);
    expect([status, calls.length]).toEqual([1, 1]);
    expect(stderr).toContain('drift ended with exit code');
  });
});

describe('a step that looks for drift', () => {
  const drift = (DRIFT: string, MUTE = '') => runStep('drift.yml', 'drift', 'Plan every stack', { DRIFT, MUTE });
  const told = (code: string) =>
    new RegExp(`^status=${code}\\nissue<<(end-[0-9a-f]{32})\\n\\*\\*--issue\\*\\*\\n\\n\\1\\n$`);

  test('ends well with drift and without', () => {
    expect(drift('0')).toMatchObject({ status: 0, output: 'status=0\n', page: '**--markdown**\n' });
    const { status, output } = drift('2');
    expect(status).toBe(0);
    expect(output).toMatch(told('2'));
  });

  test('fails where a stack could not be planned, and tells of it and of the others all the same', () => {
    const { status, output, page } = drift('1');
    expect([status, page]).toEqual([1, '**--markdown**\n']);
    expect(output).toMatch(told('1'));
  });

  test('fails, and tells nothing, where the command itself has failed', () => {
    expect(drift('1', 'yes')).toMatchObject({ status: 1, output: '', page: '' });
  });
});
