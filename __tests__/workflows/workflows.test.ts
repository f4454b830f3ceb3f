import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { complaintsOf, lint, PREPARE, unpinned, WORKFLOWS, workflowOf } from './workflow-files';

const BROKEN = `on: [pull_request]
permissions: {}
jobs:
  check:
    runs-on: ubuntu-24.04
    needs: nothing
    steps:
      - uses: actions/checkout@v7
      - run: echo \${{ github.event.pull_request.title }}
`;

test('actionlint has nothing to say of the workflows, and much of a broken one', () => {
  const [ofBroken, ...found] = lint([BROKEN, ...WORKFLOWS.map(({ text }) => text)]);
  expect(found).toEqual(WORKFLOWS.map(() => []));
  expect(ofBroken).toEqual([
    expect.stringContaining('job "check" needs job "nothing" which does not exist'),
    expect.stringContaining('"github.event.pull_request.title" is potentially untrusted'),
  ]);
}, 60_000);

describe.each(WORKFLOWS)('$file', ({ text, workflow }) => {
  test('has what the house asks', () => expect(complaintsOf(text)).toEqual([]));

  test('runs scripts that bash can read, and that stop at the first failure', () => {
    expect(workflow.defaults?.run?.shell).toBe('bash');
    const scripts = Object.values(workflow.jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    const unreadable = scripts.filter((script) => spawnSync('bash', ['-n'], { input: script }).status !== 0);
    expect(unreadable).toEqual([]);
  });

  test('runs commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('gives the workflows that it calls the inputs that they ask for', () => {
    for (const { uses, with: given = {} } of Object.values(workflow.jobs)) {
      if (uses === undefined) continue;
      const called = workflowOf(uses.replace('./.github/workflows/', ''));
      expect(Object.keys(given).sort()).toEqual(Object.keys(called.on.workflow_call?.inputs ?? {}).sort());
    }
  });

  test('gets a token of OIDC only in jobs that have an environment', () => {
    for (const { permissions, environment, uses } of Object.values(workflow.jobs))
      if (permissions?.['id-token'] === 'write' && uses === undefined) expect(environment).toBeDefined();
  });
});

test('the action of our own pins what it uses', () => {
  expect(unpinned(PREPARE)).toEqual([]);
  expect(PREPARE.match(/uses:/g)).toHaveLength(2);
});

test('one action is pinned by one commit everywhere', () => {
  const texts = [PREPARE, ...WORKFLOWS.map(({ text }) => text)];
  const pins = texts.flatMap((text) => [...text.matchAll(/uses: ([\w./-]+)@(\S+ # \S+)/g)]);
  const byAction = new Map<string | undefined, Set<string | undefined>>();
  for (const [, action, pin] of pins) byAction.set(action, (byAction.get(action) ?? new Set()).add(pin));
  expect([...byAction.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
});

test('the house tells a broken workflow from a good one', () => {
  expect(complaintsOf(BROKEN.replace('permissions: {}\n', ''))).toEqual([
    'permissions are not {} at the top',
    'check: no permissions of its own',
    'check: no timeout',
    'check: leaves its token in the checkout',
    'check: an expression inside run',
    'not pinned: actions/checkout@v7',
  ]);
  expect(complaintsOf(BROKEN.replace('[pull_request]', '{ pull_request_target: }'))).toContain(
    'pull_request_target gives forks the secrets',
  );
});

describe('deploy.yml', () => {
  const { jobs, concurrency } = workflowOf('deploy.yml');

  test('never runs beside another one, and is never broken off', () => {
    expect(concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
  });

  test('takes management, destinations, sources and rollouts in turn, each by an environment of its own', () => {
    const kinds = Object.entries(jobs).filter(([, { uses }]) => uses !== undefined);
    expect(kinds.map(([name, job]) => [name, job.with?.environment, [job.needs].flat().at(-1)])).toEqual([
      ['management', 'management', 'plan'],
      ['destinations', 'destinations', 'management'],
      ['sources', 'sources', 'destinations'],
      ['rollouts', 'rollouts', 'sources'],
    ]);
  });
});

test('code of forks never meets credentials', () => {
  const { jobs } = workflowOf('pull-request.yml');
  const privileged = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'] === 'write');
  expect(privileged.map(([name, job]) => [name, job.if])).toEqual([
    ['drift', expect.stringContaining('github.event.pull_request.head.repo.full_name == github.repository &&')],
  ]);
  // What may write to the pull request runs none of its code.
  const writers = Object.values(jobs).filter(({ permissions }) => Object.values(permissions ?? {}).includes('write'));
  const commenting = writers.filter(({ permissions }) => permissions?.['id-token'] === undefined);
  expect(commenting.map(({ steps = [] }) => steps.map(({ uses }) => uses))).toEqual([[undefined]]);
});

test('dependabot looks at every action', () => {
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8'));
  expect(updates[0]).toMatchObject({ 'package-ecosystem': 'github-actions', directories: ['/', '/.github/actions/*'] });
});
