import { setTimeout as sleep } from 'node:timers/promises';
import { LiveError } from '../live/live-error';
import { isUnderWay } from './troubles';

/** How far a job is. */
export interface JobState {
  readonly state: string;
  readonly percentDone?: string | undefined;
  /** AWS's own words. */
  readonly message?: string | undefined;
}

export interface Waiting {
  /** Such as `copy job 1f3c…`. */
  readonly what: string;
  readonly onProgress: (text: string) => void;
  /**
   * How long to wait before each look, in milliseconds; the last one counts for all after.
   * @default - from one second to half a minute
   */
  readonly pausesMs?: readonly number[];
}

const PAUSES_MS = [1000, 1500, 2000, 3000, 5000, 8000, 12_000, 20_000, 30_000];

/** For how many looks in a row AWS may be out of reach: about a quarter of an hour. */
const LOST_LOOKS = 30;

/**
 * Waits for the end of a job, whatever that is.
 * @throws LiveError where AWS stays out of reach, or does not let us look any more; the job goes on
 */
export async function waitFor<State extends JobState>(
  look: () => Promise<State>,
  { what, onProgress, pausesMs = PAUSES_MS }: Waiting,
): Promise<State> {
  let lost = 0;
  for (let turn = 0; ; turn += 1) {
    try {
      const seen = await look();
      lost = 0;
      if (!isUnderWay(seen.state)) return seen;
      const percent = Number.parseFloat(seen.percentDone ?? '');
      onProgress(`${what}: ${seen.state.toLowerCase()}${percent > 0 ? `, ${Math.round(percent)} %` : ''}`);
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      lost += 1;
      if (!error.isPassing || lost > LOST_LOOKS) throw new LiveError(`${error.message}; ${stillThere(what)}`);
      onProgress(`${what}: ${error.message}; trying again`);
    }
    await sleep(pausesMs[Math.min(turn, pausesMs.length - 1)]);
  }
}

/** What to tell who stops waiting. */
export const stillThere = (what: string): string =>
  `${what} goes on in AWS: run the same command again to wait for it, which starts no other one`;
