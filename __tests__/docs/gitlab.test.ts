import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { loadReviewedConfig } from '../../lib/review/review';
import { everySite } from '../../lib/topology/every-site';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { CONFIG_FILES } from '../support/config-files';
import { BACKENDS } from '../workflows/backends';
import { runScript } from '../workflows/run-step';
import { blocksOf, pageOf } from './pages';

describe('.gitlab-ci.yml', () => {
  interface Job {
    readonly stage?: string;
    readonly extends?: string;
    readonly script?: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
    readonly id_tokens?: object;
    readonly needs?: readonly string[];
    readonly rules?: readonly { readonly if: string }[];
  }
  const pipeline = parse(
    blocksOf(pageOf('docs/pipelines.md'), 'yaml').find((block) => block.startsWith('stages:')) ?? '',
  ) as Readonly<Record<string, Job>> & { stages: string[] };
  const { stages, default: _, variables: __, ...jobs } = pipeline;

  test('has jobs of its stages, and templates that are there', () => {
    const visible = Object.entries(jobs).filter(([name]) => !name.startsWith('.'));
    const placed = visible.map(([, job]) => job.stage);
    expect(placed.filter((stage) => !stages.includes(stage ?? ''))).toEqual([]);
    expect(Object.values(jobs).filter((job) => job.extends !== undefined && !(job.extends in jobs))).toEqual([]);
    expect(new Set(placed)).toEqual(new Set(stages));
  });

  test('deploys every kind of stack in its turn', () => {
    const kinds = Object.values(jobs).flatMap(({ variables }) => variables?.KIND ?? []);
    const roles = CONFIG_FILES.flatMap((file) => everySite(resolveTopology(loadReviewedConfig(file).config)));
    expect(kinds).toEqual(['management', 'destination', 'source', 'organization-policies']);
    expect(new Set(kinds)).toEqual(new Set(roles.map(({ role }) => role)));
  });

  test('has scripts that a shell can read', () => {
    const scripts = Object.values(jobs).flatMap(({ script = [] }) => script);
    expect(scripts.filter((script) => spawnSync('bash', ['-n'], { input: script }).status !== 0)).toEqual([]);
    expect(scripts.length).toBeGreaterThan(4);
  });

  test.each(['0', '1', '2'])('shows what will change, and goes on, when drift ends with %s', (DRIFT) => {
    const [script = ''] = (jobs.plan?.script ?? []).filter((one) => one.includes('drift'));
    const { status, stdout } = runScript(script, { DRIFT });
    expect([status, stdout]).toEqual([0, DRIFT === '0' ? '' : `drift ended with exit code ${DRIFT}\n`]);
  });

  test('looks for drift by a schedule and at nothing else, and waits for no test', () => {
    const { '.as-pipeline-role': template, check, drift } = jobs;
    const conditions = (job?: Job) => job?.rules?.map((rule) => rule.if);
    const ofMain = '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"';
    expect(conditions(template)).toEqual([ofMain]);
    expect(conditions(check)).toEqual(['$CI_PIPELINE_SOURCE == "merge_request_event"', ofMain]);
    expect(conditions(drift)).toEqual(['$CI_PIPELINE_SOURCE == "schedule"']);
    expect(drift?.needs).toEqual([]);
  });

  test('has a rule for each job, so that none is of a schedule but drift', () => {
    const ruleless = Object.values(jobs).filter(({ rules, extends: template }) => !rules && !template);
    expect(ruleless).toEqual([]);
  });

  test('deploys the stacks of its kind but for those that it is told to leave out', () => {
    const STACKS = JSON.stringify([
      { stack: 'management', role: 'management' },
      ...['a', 'b', 'c'].map((name) => ({ stack: `source-${name}-us-east-1`, role: 'source' })),
    ]);
    const [script = ''] = jobs['.deploy']?.script ?? [];
    const deployed = (KIND: string, EXCEPT: string) => runScript(script, { STACKS, KIND, EXCEPT }).calls.slice(1);
    const deploy = 'npx cdktf deploy --auto-approve --ignore-missing-stack-dependencies';
    expect(deployed('management', '')).toEqual([`${deploy} management`]);
    expect(deployed('source', 'source-a-us-east-1 source-c-us-east-1')).toEqual([`${deploy} source-b-us-east-1`]);
    expect(deployed('destination', '')).toEqual([]);
    expect(deployed('management', 'management')).toEqual([]);
  });

  test.each(BACKENDS)('deploys with the backend %s: %s', (_, outlives, files) => {
    const [script = ''] = (jobs.plan?.script ?? []).filter((one) => one.includes('cdktf.out'));
    const { status, stdout } = runScript(script, {}, files);
    expect([status, stdout]).toEqual(outlives ? [0, ''] : [1, 'state.backend has to be s3 or hcp\n']);
  });
});
