import { BACKENDS } from './backends';
import { runStep } from './run-step';
import { workflowOf } from './workflow-files';

test.each(['0', '1', '2'])('deploy.yml shows what will change, and goes on, when drift ends with %s', (DRIFT) => {
  const { status, page } = runStep('deploy.yml', 'plan', 'What will change, for those who approve', { DRIFT });
  expect([status, page]).toEqual([0, '**--markdown**\n']);
});

describe('deploy.yml sorts the stacks by kind', () => {
  const rows = [
    { stack: 'management', role: 'management' },
    { stack: 'destination-vault-eu-west-1', role: 'destination' },
    { stack: 'source-a-us-east-1', role: 'source' },
    { stack: 'source-b-us-east-1', role: 'source' },
  ];
  const sort = (EXCEPT: string) =>
    runStep('deploy.yml', 'plan', 'Stacks by kind', { STACKS: JSON.stringify(rows), EXCEPT });

  test('and takes all of them', () => {
    expect(sort('').output.split('\n')).toEqual([
      'management=management',
      'destination=destination-vault-eu-west-1',
      'source=source-a-us-east-1 source-b-us-east-1',
      'organization-policies=',
      '',
    ]);
  });

  test('and leaves out those that it is told to', () => {
    expect(sort(' management  destination-vault-eu-west-1 source-a-us-east-1').output.split('\n')).toEqual([
      'management=',
      'destination=',
      'source=source-b-us-east-1',
      'organization-policies=',
      '',
    ]);
  });

  test.each(['source-a', 'source-c-us-east-1 management', '$(touch_owned)'])('and refuses to leave out %s', (given) => {
    const { status, output, stderr, calls } = sort(given);
    expect([status, output, calls.length]).toEqual([1, '', 1]);
    expect(stderr).toBe(`there is no stack ${given.split(' ')[0]} to leave out\n`);
  });

  test('as whoever starts it by hand says', () => {
    const { on, jobs } = workflowOf('deploy.yml');
    expect(Object.keys(on.workflow_dispatch?.inputs ?? {})).toEqual(['except']);
    const step = jobs.plan?.steps?.find(({ name }) => name === 'Stacks by kind');
    expect(step?.env).toEqual({ EXCEPT: '${{ inputs.except }}' });
  });

  test('of which each is passed over where none is left', () => {
    const { jobs } = workflowOf('deploy.yml');
    const calling = Object.values(jobs).filter(({ uses }) => uses !== undefined);
    for (const { if: condition, with: given } of calling) {
      const [, output] = /^\$\{\{ (needs\.plan\.outputs\.[\w-]+) \}\}$/.exec(String(given?.stacks)) ?? [];
      expect(condition).toContain(`${output} != ''`);
    }
  });
});

describe('deploy.yml and states that would end with the runner', () => {
  const REFUSAL = 'States that outlive the runner';

  test.each(BACKENDS)('go on with the backend %s: %s', (_, outlives, files) => {
    const { status, stdout } = runStep('deploy.yml', 'plan', REFUSAL, {}, files);
    expect([status, stdout]).toEqual(
      outlives ? [0, ''] : [1, expect.stringMatching(/^::error::state\.backend has to be s3 or hcp: /)],
    );
  });

  test('looks at what synth wrote, before there are credentials', () => {
    const { steps = [] } = workflowOf('deploy.yml').jobs.plan ?? {};
    const order = steps.map(({ name, uses = '' }) => name ?? uses.split('@')[0]);
    const found = order.indexOf(REFUSAL);
    expect(order.slice(found - 1, found + 2)).toEqual([
      'Stacks by kind',
      REFUSAL,
      'aws-actions/configure-aws-credentials',
    ]);
  });
});

test('stacks are deployed four at a time, and a name is never run', () => {
  const names = [...Array.from({ length: 5 }, (_, index) => `source-${index}`), '$(touch_owned)'];
  const { calls } = runStep('deploy-stacks.yml', 'deploy', 'Deploy, four at a time', { STACKS: names.join(' ') });
  const deploy = 'npx cdktf deploy --auto-approve --ignore-missing-stack-dependencies';
  expect(calls).toEqual([`${deploy} ${names.slice(0, 4).join(' ')}`, `${deploy} source-4 $(touch_owned)`]);
});
