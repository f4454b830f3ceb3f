import { parseArgs } from 'node:util';
import { ConfigError } from '../lib/config/config-error';
import { endDescendants } from './tools/process-tree';
import { runTrial } from './trial/run-trial';
import { TrialError } from './trial/trial-error';

const HELP = `npm run sandbox [-- --keep] [-- --json]

Tries a config on this machine, without an AWS account: deploys every stack with the real cdktf, Terraform and AWS
provider against an emulated AWS, makes resources to back up, runs the plans once, shows the recovery points arrive in
their destinations and come back, plans again, and takes everything away. Reads backup.yaml, or the file that
BACKUP_CONFIG names. Nothing outside of this machine is asked or changed, and no state of yours is touched.

Needs Terraform or OpenTofu with the AWS provider in reach, and moto (pip install "moto[server]").

  --keep   leave it running once the copies are there, and print the variables for the AWS CLI; Ctrl-C ends it
  --json   the copies for programs on standard output; progress goes to standard error
  --help   this text

Exit code 0 when everything came as it should; 1 when something did not, or the config is refused; 130 after Ctrl-C.`;

// Else each client of the SDK tells of the Node versions of years to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// What is registered for the exit takes the folders away.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => {
    console.error('\nStopping …');
    endDescendants();
    process.exit(code);
  });

main().catch((error: unknown) => {
  const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
  const isPlain = error instanceof ConfigError || error instanceof TrialError || isUsage;
  console.error(isPlain ? (error as Error).message : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { keep: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const configFile = process.env.BACKUP_CONFIG || 'backup.yaml';
  const isDone = await runTrial({ configFile, isKept: values.keep ?? false, isJson: values.json ?? false });
  process.exit(isDone ? 0 : 1);
}
