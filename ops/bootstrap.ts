import { bootstrap } from '../lib/bootstrap/bootstrap';
import { renderBootstrap, rowText } from '../lib/bootstrap/render-bootstrap';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { command, run, UsageError } from './cli/command';

interface Options {
  readonly dryRun?: true;
  readonly deployRoles?: true;
  readonly trust?: readonly string[];
  readonly role?: string;
  readonly json?: true;
}

/** A role, or a whole account. */
const PRINCIPAL = /^arn:aws[\w-]*:iam::\d{12}:(?:root|role\/[\w+=,.@/-]+)$/;

run(
  command({
    name: 'bootstrap',
    description: `Prepares an organization for the first deploy, and again for what is added to the config later: lets AWS Backup (and RAM,
where a vault is shared, and StackSets for rollouts) into the organization, enables the types of policies that the config
uses, makes AWS Backup's service-linked role in every account, the bucket of the states, and the workspaces of HCP Terraform
with their tags and the sharing of their states. It makes what lacks, changes nothing else, takes nothing away, and does
nothing when run again. Prints AWS Backup's settings of the whole organization in the form of the config.

Runs as the identity of the environment, which must be of the management account, or be one that may take the role that
management.deployRole names. Other accounts are reached by their deploy role, or by OrganizationAccountAccessRole where that
cannot be taken, and always by the latter for what only an administrator may do: buckets and roles. The permissions that it
takes are in docs/bootstrap.md. For HCP Terraform it takes the token in TF_TOKEN_app_terraform_io or TFE_TOKEN.`,
    examples: [
      ['npm run bootstrap -- --dry-run', 'what it would call'],
      ['npm run bootstrap -- --deploy-roles', 'makes the deploy roles as well, for the management account to take'],
    ],
    exitCodes: {
      0: 'everything is there',
      1: 'something failed, these are no credentials of the management account, or the config is refused',
    },
  })
    .option('--dry-run', 'reads only, and shows each call that it would make')
    .option(
      '--deploy-roles',
      'makes the deploy role of each account that lacks it, for a deploy, the commands of the day after and the audit',
    )
    .option(
      '--trust <arn...>',
      'who may take deploy roles that are made: roles or accounts (…:root) (default: the management account)',
    )
    .option('--role <name>', 'the role by which to reach the other accounts, with its path')
    .action(prepare),
);

async function prepare({ dryRun, deployRoles, trust, role, json }: Options): Promise<void> {
  const wrong = trust?.find((arn) => !PRINCIPAL.test(arn));
  if (wrong !== undefined) throw new UsageError(`--trust must be the ARN of a role or an account, got ${wrong}`);
  if (trust && !deployRoles) throw new UsageError('--trust is for the roles that --deploy-roles makes');
  const { config } = loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml');
  const bootstrapped = await bootstrap(
    config,
    resolveTopology(config),
    {},
    {
      isDryRun: dryRun ?? false,
      makesDeployRoles: deployRoles ?? false,
      ...(trust === undefined ? {} : { trusted: trust }),
      role,
      env: process.env,
      onRow: (row) => console.error(rowText(row)),
    },
  );
  console.log(json ? JSON.stringify(bootstrapped, null, 2) : `\n${renderBootstrap(bootstrapped)}`);
  if (bootstrapped.rows.some(({ result }) => result === 'failed')) process.exitCode = 1;
}
