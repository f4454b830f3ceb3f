import type { Entry } from '../accounts/entry';
import { FAILURES_RUNBOOK, knownFailure } from '../aws/known-failures';
import { LiveError } from '../live/live-error';
import { type CopyOrder, copiedPoint, lookAtCopy, type TakenUp, takeUpCopy } from './copy-job';
import { type Waiting, waitFor } from './wait';

/** A copy that has arrived. */
export interface Arrived {
  readonly jobId: string;
  /** Whether the job was there before. */
  readonly wasThere: boolean;
  readonly recoveryPointArn: string;
  readonly vaultArn: string;
  /** When it expires; undefined where the vault cannot be looked into. */
  readonly expires: Date | undefined;
}

/** What a command tells while it waits. */
export interface Telling extends Pick<Waiting, 'onProgress' | 'pausesMs'> {
  /** Hears of the job as soon as there is one. */
  readonly onJob: (what: string, isNew: boolean) => void;
}

/**
 * Starts a copy or takes up the one that is there, and waits until it has arrived.
 * @throws LiveError where it fails, with AWS's words and ours
 */
export async function awaitCopy(
  entry: Entry,
  order: CopyOrder,
  { again, ...telling }: Telling & { readonly again: boolean },
): Promise<Arrived> {
  const { id, isNew }: TakenUp = await takeUpCopy(entry, order, again);
  const what = `copy job ${id}`;
  telling.onJob(what, isNew);
  const { state, message, recoveryPointArn } = await waitFor(() => lookAtCopy(entry, order, id), { what, ...telling });
  if (state !== 'COMPLETED' || recoveryPointArn === undefined) throw failed(what, state, message);
  // The copy is there, whether or not we may look at it.
  const point = await copiedPoint(entry, order.destinationVaultArn, recoveryPointArn).catch((error: Error) => {
    if (error instanceof LiveError) return undefined;
    throw error;
  });
  const { destinationVaultArn: vaultArn } = order;
  return { jobId: id, wasThere: !isNew, recoveryPointArn, vaultArn, expires: point?.CalculatedLifecycle?.DeleteAt };
}

/** What to tell of a job that has not ended well. */
export function failed(what: string, state: string, message: string | undefined): LiveError {
  const known = knownFailure(message ?? '');
  const said = `${what} has ended as ${state}: ${message ?? 'AWS does not say why'}`;
  return new LiveError(
    known
      ? `${said}\nwhy: ${known.why}\nwhat to do: ${known.wayOut}`
      : `${said}\n${FAILURES_RUNBOOK} has the messages that are known`,
  );
}
