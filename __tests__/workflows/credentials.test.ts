import { WORKFLOWS } from './workflow-files';

const JOBS = WORKFLOWS.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ place: `${file} ${name}`, job })),
);
/** Those that run as somebody. A called one is asked by whoever calls it. */
const PRIVILEGED = JOBS.filter(({ job }) => job.environment !== undefined);
const STEPS = JOBS.flatMap(({ place, job: { steps = [] } }) => steps.map((step) => ({ place, step })));

describe('a job with credentials', () => {
  test.each(PRIVILEGED)('$place has those of AWS where a role is named, and else none', ({ job: { steps = [] } }) => {
    const taking = steps.filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    expect(taking.map((step) => step.if)).toEqual(["vars.AWS_PIPELINE_ROLE_ARN != ''"]);
  });

  test('runs where a role of AWS is named, or HCP Terraform has credentials of its own', () => {
    const asked = PRIVILEGED.filter(({ place }) => !place.startsWith('deploy-stacks.yml'));
    expect(asked.map(({ place, job }) => [place, job.if])).toEqual([
      [
        'deploy.yml plan',
        "(vars.AWS_PIPELINE_ROLE_ARN != '' || vars.HCP_TERRAFORM != '') && github.ref == 'refs/heads/main'",
      ],
      ['drift.yml drift', "vars.AWS_PIPELINE_ROLE_ARN != '' || vars.HCP_TERRAFORM != ''"],
      [
        'pull-request.yml drift',
        "github.event.pull_request.head.repo.full_name == github.repository && (vars.AWS_PIPELINE_ROLE_ARN != '' || vars.HCP_TERRAFORM != '')",
      ],
    ]);
  });
});

describe('the token of HCP Terraform', () => {
  test('is given to the steps that run Terraform, and to no others', () => {
    const terraform = STEPS.filter(({ step: { run } }) => /npm run -s drift|cdktf deploy/.test(run ?? ''));
    const given = STEPS.filter(({ step }) => JSON.stringify(step).includes('secrets.'));
    expect(given).toEqual(terraform);
    expect(given.map(({ step: { env } }) => env?.TF_TOKEN_app_terraform_io)).toEqual(
      terraform.map(() => '${{ secrets.TF_TOKEN }}'),
    );
    expect(given.map(({ place }) => place)).toEqual(PRIVILEGED.map(({ place }) => place));
  });

  // A called workflow has the secrets of its environment only where its caller hands its own on.
  test('comes to a called workflow, too', () => {
    const calling = JOBS.filter(({ job: { uses } }) => uses !== undefined);
    expect(calling.map(({ job }) => job.secrets)).toEqual(calling.map(() => 'inherit'));
    expect(calling).toHaveLength(4);
  });
});
