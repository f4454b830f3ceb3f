import type { Vault } from './place';
import type { World } from './world';

/** A job as far as its vault's topic is told of it. */
export interface NotifiedJob {
  readonly kind: 'BACKUP_JOB' | 'COPY_JOB' | 'RESTORE_JOB';
  readonly id: string | undefined;
  readonly state: string | undefined;
  readonly resourceArn: string | undefined;
  readonly recoveryPointArn: string | undefined;
  readonly started: Date | undefined;
}

/** What each kind of job is called in a message. */
const NAMES = { BACKUP_JOB: 'Backup', COPY_JOB: 'Copy', RESTORE_JOB: 'Restore' } as const;

interface Ending {
  readonly events: readonly string[];
  readonly words: string;
}

/** By state, with the ends of the events' names that tell of it; `_COMPLETED` stands for every end, good or bad. */
const ENDINGS: Readonly<Record<string, Ending>> = {
  CREATED: { events: ['STARTED'], words: 'was started.' },
  PENDING: { events: ['STARTED'], words: 'was started.' },
  COMPLETED: { events: ['COMPLETED', 'SUCCESSFUL'], words: 'was completed successfully.' },
  FAILED: { events: ['COMPLETED', 'FAILED'], words: 'failed.' },
  ABORTED: { events: ['COMPLETED'], words: 'was stopped.' },
};

/**
 * Tells the topic of a vault what its owner wants to know. The words of backup jobs are AWS's, the others follow them.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
 */
export function notify(world: World, vault: Vault | undefined, job: NotifiedJob): void {
  const ending = ENDINGS[job.state ?? ''];
  const wanted: readonly string[] = vault?.notifications?.events ?? [];
  const isWanted = ending?.events.some((end) => wanted.includes(`${job.kind}_${end}`));
  if (!vault?.notifications || !ending || !isWanted) return;
  const { accountId, region, notifications } = vault;
  const { topicArn } = notifications;
  const made = job.state === 'COMPLETED' ? ` Recovery point ARN: ${job.recoveryPointArn}.` : '';
  const name = NAMES[job.kind];
  const subject = name === 'Backup' ? 'Backup' : `Backup ${name.toLowerCase()}`;
  world.during(async () =>
    world.seams.onNotification({
      accountId,
      region,
      topicArn,
      subject: 'Notification from AWS Backup',
      message: `An AWS ${subject} job ${ending.words}${made} Resource ARN : ${job.resourceArn}. ${name}Job ID : ${job.id}`,
      attributes: {
        EventType: job.kind,
        State: job.state ?? '',
        AccountId: accountId,
        Id: job.id ?? '',
        StartTime: job.started?.toISOString() ?? '',
      },
    }),
  );
}
