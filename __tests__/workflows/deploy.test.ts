import { BACKENDS } from './backends';
import { runStep } from './run-step';
import { workflowOf } from './workflow-files';

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
