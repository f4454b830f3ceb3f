import { awaitCopy } from '../lib/jobs/await-copy';
import { planCopyBack } from '../lib/jobs/copy-back';
import { renderArrived } from '../lib/jobs/render-copy';
import { renderGrants } from '../lib/jobs/render-grants';
import { LiveError } from '../lib/live/live-error';
import { inAccounts, ROLE_OPTION, WHO_RUNS_IT } from './cli/accounts';
import { command, run } from './cli/command';
import { wholeNumber } from './cli/duration';
import { WAITING_CODES, waiting } from './cli/waiting';

interface Options {
  readonly recoveryPoint: string;
  readonly to?: string;
  readonly deleteAfterDays?: number;
  readonly again?: true;
  readonly anyway?: true;
  readonly dryRun?: true;
  readonly role?: string;
  readonly json?: true;
}

run(
  command({
    name: 'copy-back',
    description: `Copies a recovery point of a destination back to the source that it came from, under the restore role of the
destination, and waits until it has arrived. The source needs copyBack: true in the config. Before it starts anything, it asks
the policies as they are now whether the copy would be let through: those of the restore role, of both vaults and of their
keys. Service control policies it cannot read. Run again, it waits for the copy that is under way, or finds the one that is
there.

${WHO_RUNS_IT}`,
    examples: [
      ['npm run copy-back -- --recovery-point arn:aws:ec2:eu-west-1::snapshot/snap-0a1b', 'to where it came from'],
      ['npm run copy-back -- --recovery-point … --to production/us-east-1 --dry-run', 'looks at the grants alone'],
    ],
    exitCodes: { 0: 'the copy is there', 1: 'a grant lacks, it was refused, or has failed', ...WAITING_CODES },
  })
    .requiredOption('--recovery-point <arn>', 'what to copy back')
    .option('--to <source>', '<source> or <source>/<region> (default: where it came from)')
    .option(
      '--delete-after-days <days>',
      'how long to keep it, from when the backup was made (default: as what it is copied from)',
      wholeNumber,
    )
    .option('--again', 'copies anew what has been copied back already')
    .option('--anyway', 'starts the copy although a grant lacks')
    .option('--dry-run', 'looks at the grants, and starts nothing')
    .option(...ROLE_OPTION)
    .action(copyBack),
);

async function copyBack(options: Options): Promise<void> {
  const { recoveryPoint: recoveryPointArn, to, deleteAfterDays, again, anyway, dryRun, role, json } = options;
  await inAccounts('copy-back', role, (entry, topology) =>
    waiting(async (telling) => {
      telling.onProgress('asking the grants');
      const request = { recoveryPointArn, to, deleteAfterDays, now: new Date() };
      const { order, grants, to: place } = await planCopyBack(entry, topology, request);
      const lacking = grants.some(({ isThere }) => isThere === false);
      if (dryRun) {
        console.log(json ? JSON.stringify({ order, grants }, null, 2) : renderGrants(grants));
        if (lacking) process.exitCode = 1;
        return;
      }
      if (grants.some(({ isThere }) => isThere !== true)) telling.tell(renderGrants(grants));
      if (lacking && !anyway)
        throw new LiveError(
          `a grant lacks for a copy back to ${place}: nothing was started; --anyway tries nevertheless`,
        );
      const arrived = await awaitCopy(entry, order, { again: again ?? false, ...telling });
      console.log(json ? JSON.stringify({ ...arrived, grants }, null, 2) : renderArrived(arrived));
    }),
  );
}
