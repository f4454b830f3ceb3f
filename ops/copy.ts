import { awaitCopy } from '../lib/jobs/await-copy';
import { orderCopy } from '../lib/jobs/copy';
import { renderArrived } from '../lib/jobs/render-copy';
import { inAccounts, ROLE_OPTION, WHO_RUNS_IT } from './cli/accounts';
import { command, run } from './cli/command';
import { wholeNumber } from './cli/duration';
import { WAITING_CODES, waiting } from './cli/waiting';

interface Options {
  readonly recoveryPoint: string;
  readonly to: string;
  readonly from?: string;
  readonly deleteAfterDays?: number;
  readonly again?: true;
  readonly role?: string;
  readonly json?: true;
}

run(
  command({
    name: 'copy',
    description: `Copies a recovery point of a source to a destination now, as a rule would: under the backup role of the source, and
kept for as long as the rule says that copies there. Waits until it has arrived. Run again, it waits for the copy that is under
way, or finds the one that is there.

${WHO_RUNS_IT} The least that its caller needs is there too.`,
    examples: [
      [
        'npm run copy -- --recovery-point arn:aws:ec2:us-east-1::snapshot/snap-0a1b --to vault/eu-west-1',
        'as the rule says',
      ],
      ['npm run copy -- --recovery-point … --to vault/eu-west-1 --delete-after-days 3650', 'kept for ten years'],
    ],
    exitCodes: { 0: 'the copy is there', 1: 'it was refused, or has failed', ...WAITING_CODES },
  })
    .requiredOption('--recovery-point <arn>', 'what to copy')
    .requiredOption('--to <vault>', '<destination>/<region>, with /air-gapped behind it, or the ARN of a vault outside')
    .option('--from <source>', 'the source that it is in: <source>, <source>/<region>, or an account id (default: all)')
    .option('--delete-after-days <days>', 'how long to keep the copy, from when the backup was made', wholeNumber)
    .option('--again', 'copies anew what has been copied there already')
    .option(...ROLE_OPTION)
    .action(copy),
);

async function copy({ recoveryPoint, to, from, deleteAfterDays, again, role, json }: Options): Promise<void> {
  const arrived = await inAccounts('copy', role, (entry, topology) =>
    waiting(async (telling) => {
      const request = { recoveryPointArn: recoveryPoint, to, from, deleteAfterDays, now: new Date() };
      const order = await orderCopy(entry, topology, request);
      return awaitCopy(entry, order, { again: again ?? false, ...telling });
    }),
  );
  console.log(json ? JSON.stringify(arrived, null, 2) : renderArrived(arrived));
}
