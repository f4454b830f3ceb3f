import { audit } from '../lib/audit/audit';
import { exitCodeOf } from '../lib/audit/exit-code';
import { renderAudit } from '../lib/audit/render-audit';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { command, run, UsageError } from './cli/command';
import { wholeNumber } from './cli/duration';
import { Progress } from './cli/progress';

interface Options {
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly role?: string;
  readonly jobs: number;
  readonly strict?: true;
  readonly json?: true;
}

/** Enough that AWS Organizations' rate, and not the accounts' answers, says how long it takes. */
const USUAL_JOBS = 16;

run(
  command({
    name: 'audit',
    description: `Looks live at every account of the config, and at every account that a rollout reaches now: roles and their trust,
vaults with their policies, locks and keys, plans, opt-ins, effective backup policies, the stacks of StackSets, AWS Backup's
service-linked role, what EC2 lets be restored, and what the organization has switched on. AWS Backup validates none of it,
and jobs fail silently. It reads and changes nothing.

Runs as the identity of the environment, which must be of the management account, or be one that may take the role that
management.deployRole names. Other accounts are read by their deploy role, or by OrganizationAccountAccessRole where that
cannot be taken. An account that cannot be read is a finding, and the others are looked at all the same. The permissions that
it takes, and how long it takes, are in docs/audit.md.

An error is what makes jobs fail or leaves recovery points unprotected; a warning is what differs from the config and still
works.`,
    examples: [
      ['npm run audit', 'everything'],
      ['npm run audit -- --account 111111111111 --region eu-west-1', 'one account in one Region'],
      ['npm run audit -- --role backup-audit --strict --json', 'for a scheduled job'],
    ],
    exitCodes: {
      0: 'no error was found (with --strict: nothing was found)',
      1: 'an error was found, an account or a Region is named that there is none of, these are no credentials of the management account, or the config is refused',
    },
  })
    .option('--account <id...>', 'these accounts alone, and nothing of the organization itself')
    .option('--region <name...>', 'these Regions alone')
    .option('--role <name>', 'the role by which to read the other accounts, with its path')
    .option('--jobs <n>', 'how many accounts to look at at once', wholeNumber, USUAL_JOBS)
    .option('--strict', 'takes warnings for errors')
    .action(look),
);

async function look({ account, region, role, jobs, strict, json }: Options): Promise<void> {
  const wrong = account?.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) throw new UsageError(`--account must be 12 digits, got ${wrong}`);
  const { config } = loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml');
  const progress = new Progress();
  const audited = await audit(
    config,
    resolveTopology(config),
    {},
    {
      accountIds: account,
      regions: region,
      role,
      jobs,
      onProgress: (done, all) => progress.show(`${done} of ${all} accounts`),
    },
  ).finally(() => progress.end());
  console.log(json ? JSON.stringify(audited, null, 2) : renderAudit(audited));
  process.exitCode = exitCodeOf(audited, strict ?? false);
}
