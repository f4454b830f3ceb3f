import { awaitRestore, RESTORE_COUNTS_DAYS } from '../lib/jobs/restore-job';
import { type RestoreRequest, restoreRequest, shownMetadata } from '../lib/jobs/restore-request';
import { inAccounts, ROLE_OPTION, WHO_RUNS_IT } from './cli/accounts';
import { command, run, UsageError } from './cli/command';
import { WAITING_CODES, waiting } from './cli/waiting';

interface Options {
  readonly recoveryPoint: string;
  readonly from?: string;
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  readonly copyTags?: true;
  readonly again?: true;
  readonly dryRun?: true;
  readonly role?: string;
  readonly json?: true;
}

const each = (value: string, before: readonly string[] = []) => [...before, value];

run(
  command({
    name: 'restore',
    description: `Restores a recovery point in the account and Region that it is in, under the restore role there, and waits until that
is done. What to restore it as comes from the recovery point (its restore metadata) and from --set and --unset. What AWS needs
for the type and is not told is named before anything is started. To restore in a source what a destination holds, copy it back
first. Run again, it waits for the restore that is under way, or tells of the one that ended well within ${RESTORE_COUNTS_DAYS * 24} hours.

${WHO_RUNS_IT}`,
    examples: [
      [
        'npm run restore -- --recovery-point arn:aws:ec2:us-east-1::snapshot/snap-0a1b --dry-run',
        'what would be asked of AWS',
      ],
      ['npm run restore -- --recovery-point … --set availabilityZone=us-east-1a', 'a volume'],
      [
        'npm run restore -- --recovery-point … --set DBInstanceIdentifier=orders-2 --unset DBSubnetGroupName',
        'a database',
      ],
    ],
    exitCodes: { 0: 'it is restored', 1: 'it was refused, or has failed', ...WAITING_CODES },
  })
    .requiredOption('--recovery-point <arn>', 'what to restore')
    .option(
      '--from <source>',
      'the source that it is in: <source>, <source>/<region>, or an account id (default: all vaults)',
    )
    .option('--set <key=value>', 'metadata to set, as often as needed', each)
    .option('--unset <key>', 'metadata to leave out, as often as needed', each)
    .option('--copy-tags', 'gives what is made the tags of what was backed up')
    .option('--again', 'restores anew what has been restored in the same way')
    .option('--dry-run', 'shows the request, and starts nothing')
    .option(...ROLE_OPTION)
    .action(restore),
);

async function restore({
  recoveryPoint,
  from,
  set,
  unset,
  copyTags,
  again,
  dryRun,
  role,
  json,
}: Options): Promise<void> {
  const options = {
    recoveryPointArn: recoveryPoint,
    from,
    set: Object.fromEntries((set ?? []).map(keyAndValue)),
    unset: unset ?? [],
    copiesTags: copyTags ?? false,
  };
  await inAccounts('restore', role, (entry, topology) =>
    waiting(async (telling) => {
      const request = await restoreRequest(entry, topology, options);
      if (dryRun) {
        console.log(json ? JSON.stringify(shown(request), null, 2) : requestText(request));
        return;
      }
      telling.tell(requestText(request));
      const restored = await awaitRestore(entry, request, { again: again ?? false, now: new Date(), ...telling });
      const { createdResourceArn, wasThere, jobId } = restored;
      const told = wasThere ? [`by restore job ${jobId}, which was there already; --again restores anew`] : [];
      const made = createdResourceArn ?? 'restored; AWS names no single resource';
      console.log(
        json ? JSON.stringify({ ...restored, request: shown(request) }, null, 2) : [made, ...told].join('\n'),
      );
    }),
  );
}

const shown = (request: RestoreRequest) => ({ ...request, metadata: shownMetadata(request.metadata) });

/** @throws UsageError where it is none */
function keyAndValue(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--set must be <key>=<value>, got ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

const requestText = ({
  resourceType,
  resourceArn,
  accountId,
  region,
  roleArn,
  metadata,
  notes,
}: RestoreRequest): string =>
  [
    `restores ${resourceType} ${resourceArn} in ${accountId} ${region} under ${roleArn} with`,
    ...Object.entries(shownMetadata(metadata)).map(([key, value]) => `  ${key}=${value}`),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
