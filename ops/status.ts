import { Option } from 'commander';
import { isMet, renderStatus } from '../lib/jobs/render-status';
import { readStatus } from '../lib/jobs/status';
import { inAccounts, ROLE_OPTION, WHO_RUNS_IT } from './cli/accounts';
import { command, run } from './cli/command';
import { hours } from './cli/duration';
import { Progress } from './cli/progress';

interface Options {
  readonly source?: readonly string[];
  readonly since: number;
  readonly grace: number;
  readonly rpo?: number;
  readonly expectBackups?: true;
  readonly role?: string;
  readonly json?: true;
}

const HOUR_MS = 3_600_000;

run(
  command({
    name: 'status',
    description: `Shows live, across all accounts, how the copies stand that the config promises: for each source, rule and
destination when the last copy ended, how old its backup is, and whether the recovery point objective is met; which jobs have
failed, expired or are running, with what AWS says, why, and what to do; and what each vault holds.

An objective is met when every resource of the last run that is due has been copied. A run is due when its start window and
the grace have passed. The completion window is left out: it is when AWS gives up, a week as a rule, and would hide six nights
without a copy.

${WHO_RUNS_IT}`,
    examples: [
      ['npm run status', 'everything'],
      ['npm run status -- --source production/us-east-1', 'one source'],
      ['npm run status -- --rpo 48h', 'no copied backup may be older than two days, whatever the schedule'],
    ],
    exitCodes: {
      0: 'every copy edge meets its objective, or is not due yet',
      1: 'one misses it, or something could not be read',
    },
  })
    .option('--source <name...>', 'these sources: <source>, <source>/<region>, or the account id of a rollout')
    .addOption(
      new Option('--since <time>', 'tell of jobs made in this time, such as 12h or 7d; AWS lists those of 30 days')
        .argParser(hours)
        .default(7 * 24, '7d'),
    )
    .addOption(
      new Option('--grace <time>', 'how long a backup and its copy may take after the start window')
        .argParser(hours)
        .default(24, '24h'),
    )
    .option('--rpo <time>', 'how old the newest copied backup may be (default: what the schedule says)', hours)
    .option('--expect-backups', 'a rule that has never backed anything up misses its objective too')
    .option(...ROLE_OPTION)
    .action(show),
);

async function show({ source, since, grace, rpo, expectBackups, role, json }: Options): Promise<void> {
  const progress = new Progress();
  const now = new Date();
  const status = await inAccounts('status', role, (entry, topology) =>
    readStatus(entry, topology, {
      now,
      sources: source,
      since: new Date(now.getTime() - since * HOUR_MS),
      graceHours: grace,
      rpoHours: rpo,
      expectsBackups: expectBackups ?? false,
      onProgress: (text) => progress.show(text),
    }),
  ).finally(() => progress.end());
  console.log(json ? JSON.stringify(status, null, 2) : renderStatus(status));
  if (!isMet(status)) process.exitCode = 1;
}
