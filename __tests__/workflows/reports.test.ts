import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';
import { workflowOf } from './workflow-files';

const folder = temporaryFolder();

/** Notes each call, and answers lists with what the test says is there; the jq of a call is asked as `gh` would. */
const FAKE_GH = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
for argument in "$@"; do if [[ $argument == body=@* ]]; then cp "\${argument#body=@}" "$SENT"; fi; done
if [[ $* == *--jq* ]]; then jq -r "\${@: -1}" <<< "$THERE"; fi
`;
const FAKE_NPM = `#!/usr/bin/env bash
command=$*
printf '%s\\n' "npm $*" >> "$CALLS"
if [[ $* == *synth*--json* ]]; then printf '%s' "$STACKS"; fi
while (($#)); do case "$1" in --markdown | --issue) if [ -z "$MUTE" ]; then echo "**$1**" > "$2"; fi ;; esac; shift; done
if [[ $command == *drift* ]]; then exit "$DRIFT"; fi
`;
const FAKE_NPX = `#!/usr/bin/env bash
printf '%s\\n' "npx $*" >> "$CALLS"
`;

/** Runs the script of a step as GitHub does, with these tools in the place of the real ones. */
function runStep(file: string, job: string, name: string, env: Readonly<Record<string, string>>) {
  const home = join(folder, `${job}-${Math.random()}`);
  mkdirSync(home, { recursive: true });
  for (const [tool, text] of Object.entries({ gh: FAKE_GH, npm: FAKE_NPM, npx: FAKE_NPX })) {
    writeFileSync(join(home, tool), text);
    chmodSync(join(home, tool), 0o755);
  }
  const step = workflowOf(file).jobs[job]?.steps?.find((one) => one.name === name);
  if (!step?.run) throw new Error(`no step ${name} in ${file}`);
  const at = (what: string) => join(home, what);
  const files = {
    CALLS: at('calls'),
    SENT: at('sent'),
    GITHUB_OUTPUT: at('output'),
    GITHUB_STEP_SUMMARY: at('summary'),
  };
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    encoding: 'utf8',
    env: { PATH: `${home}${delimiter}${process.env.PATH}`, RUNNER_TEMP: home, DRIFT: '0', MUTE: '', ...files, ...env },
  });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const calls = read(files.CALLS).replaceAll(home, 'TEMP').trim().split('\n');
  return {
    status,
    stderr,
    calls,
    sent: read(files.SENT),
    output: read(files.GITHUB_OUTPUT),
    page: read(files.GITHUB_STEP_SUMMARY),
  };
}

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

test.each(['0', '1', '2'])('deploy.yml shows what will change, and goes on, when drift ends with %s', (DRIFT) => {
  const { status, page } = runStep('deploy.yml', 'plan', 'What will change, for those who approve', { DRIFT });
  expect([status, page]).toEqual([0, '**--markdown**\n']);
});

test('deploy.yml sorts the stacks by kind', () => {
  const rows = [
    { stack: 'management', role: 'management' },
    { stack: 'source-a-us-east-1', role: 'source' },
    { stack: 'source-b-us-east-1', role: 'source' },
  ];
  const { output } = runStep('deploy.yml', 'plan', 'Stacks by kind', { STACKS: JSON.stringify(rows) });
  expect(output.split('\n')).toEqual([
    'management=management',
    'destination=',
    'source=source-a-us-east-1 source-b-us-east-1',
    'organization-policies=',
    '',
  ]);
});

test('stacks are deployed eight at a time, and a name is never run', () => {
  const names = [...Array.from({ length: 9 }, (_, index) => `source-${index}`), '$(touch_owned)'];
  const { calls } = runStep('deploy-stacks.yml', 'deploy', 'Deploy, eight at a time', { STACKS: names.join(' ') });
  const deploy = 'npx cdktf deploy --auto-approve --ignore-missing-stack-dependencies';
  expect(calls).toEqual([`${deploy} ${names.slice(0, 8).join(' ')}`, `${deploy} source-8 $(touch_owned)`]);
});
