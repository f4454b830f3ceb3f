import type { Telling } from '../../lib/jobs/await-copy';
import { stillThere } from '../../lib/jobs/wait';
import { Progress } from './progress';

/** As shells have it of what was interrupted. */
const INTERRUPTED = 130;

/** What the help of a command says that waits for a job. */
export const WAITING_CODES = {
  130: 'interrupted by Ctrl-C; the job goes on, and the same command picks it up',
} as const;

/** Does something that waits for a job, telling how far it is; Ctrl-C leaves the job running and says so. */
export async function waiting<Answer>(
  work: (telling: Telling & Pick<Progress, 'tell'>) => Promise<Answer>,
): Promise<Answer> {
  const progress = new Progress();
  let job: string | undefined;
  const leave = () => {
    progress.end();
    console.error(job === undefined ? 'interrupted before there was a job' : `interrupted: ${stillThere(job)}`);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', leave);
  try {
    return await work({
      tell: (line) => progress.tell(line),
      onProgress: (text) => progress.show(text),
      onJob: (what, isNew) => {
        job = what;
        progress.tell(`${what} ${isNew ? 'is started' : 'is there already'}`);
      },
    });
  } finally {
    process.removeListener('SIGINT', leave);
    progress.end();
  }
}
