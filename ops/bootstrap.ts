import { parseArgs } from 'node:util';
import { bootstrap } from '../lib/bootstrap/bootstrap';
import { renderBootstrap, rowText } from '../lib/bootstrap/render-bootstrap';
import { ConfigError } from '../lib/config/config-error';
import { LiveError } from '../lib/live/live-error';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';

const HELP = `npm run bootstrap [-- --dry-run] [--deploy-roles] [--trust <arn>]... [--role <name>] [--json]

Prepares an organization for the first deploy, and again for what is added to the config later: lets AWS Backup (and RAM,
where a vault is shared) into the organization, enables the types of policies that the config uses, makes AWS Backup's
service-linked role in every account, the bucket of the states, and the workspaces of HCP Terraform with their tags and the
sharing of their states. It makes what lacks, changes nothing else, takes nothing away, and does nothing when run again.
Prints AWS Backup's settings of the whole organization in the form of the config. Reads backup.yaml, or the file that
BACKUP_CONFIG names.

Runs as the identity of the environment, which must be of the management account, or be one that may take the role that
management.deployRole names. Other accounts are reached by their deploy role, or by OrganizationAccountAccessRole where that
cannot be taken, and always by the latter for what only an administrator may do: buckets and roles. The permissions that it
takes are in docs/bootstrap.md.

  --dry-run       reads only, and shows each call that it would make
  --deploy-roles  makes the deploy role of each account that lacks it, with no more permissions than a deploy needs
  --trust <arn>   who may take deploy roles that are made: a role or an account (…:root); may be given several times.
                  Default: the management account
  --role <name>   the role by which to reach the other accounts, with its path
  --json          the same for programs
  --help          this text

For HCP Terraform it takes the token in TF_TOKEN_app_terraform_io or TFE_TOKEN. Progress goes to standard error. Exit code 0,
or 1 when something failed, when these are no credentials of the management account, or when the config is refused.`;

/** A role, or a whole account. */
const PRINCIPAL = /^arn:aws[\w-]*:iam::\d{12}:(?:root|role\/[\w+=,.@/-]+)$/;

// Else each client of the SDK tells of the Node versions of years to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

main().catch((error: unknown) => {
  const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
  const isPlain = error instanceof ConfigError || error instanceof LiveError || isUsage;
  console.error(isPlain ? (error as Error).message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean' },
      'deploy-roles': { type: 'boolean' },
      trust: { type: 'string', multiple: true },
      role: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { trust, role } = values;
  const wrong = trust?.find((arn) => !PRINCIPAL.test(arn));
  if (wrong !== undefined) throw new LiveError(`--trust must be the ARN of a role or an account, got ${wrong}`);
  if (trust && !values['deploy-roles']) throw new LiveError('--trust is for the roles that --deploy-roles makes');
  const { config } = loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml');
  const bootstrapped = await bootstrap(
    config,
    resolveTopology(config),
    {},
    {
      isDryRun: values['dry-run'] ?? false,
      makesDeployRoles: values['deploy-roles'] ?? false,
      ...(trust === undefined ? {} : { trusted: trust }),
      role,
      env: process.env,
      onRow: (row) => console.error(rowText(row)),
    },
  );
  console.log(values.json ? JSON.stringify(bootstrapped, null, 2) : `\n${renderBootstrap(bootstrapped)}`);
  if (bootstrapped.rows.some(({ result }) => result === 'failed')) process.exitCode = 1;
}
