import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { LiveError } from '../live/live-error';
import type { Call, Chain, Row, Step } from './step';

export interface Walk {
  /** Whether everything is looked at and nothing changed. */
  readonly isDryRun: boolean;
  /** Hears of each row as it comes. */
  readonly onRow: (row: Row) => void;
}

/** How many accounts or workspaces are worked on at a time: AWS's rates for IAM and STS are of the account that calls. */
const AT_A_TIME = 8;

/** Goes through chains side by side; what fails in one stops no other. */
export async function takeSteps(chains: readonly Chain[], walk: Walk): Promise<Row[]> {
  return (await inParallel(AT_A_TIME, chains, (chain) => take(chain, walk))).flat();
}

async function take(chain: Chain, walk: Walk): Promise<Row[]> {
  const rows: Row[] = [];
  const told = (row: Row) => {
    rows.push(row);
    walk.onRow(row);
  };
  const steps = await chain.steps().catch((error: unknown) => {
    told(failed(chain, error));
    return [];
  });
  for (const step of steps) {
    const row = await takeOne(step, walk.isDryRun).catch((error: unknown) => failed(step, error));
    told(row);
    if (row.result === 'failed' && step.isNeededByNext) break;
  }
  return rows;
}

async function takeOne({ what, where, look }: Step, isDryRun: boolean): Promise<Row> {
  const { was, is, calls, differs } = await look();
  if (!isDryRun) for (const call of calls) await ask(permissionOf(call), call.send);
  const done = isDryRun ? 'would' : 'done';
  return {
    what,
    where,
    was,
    is,
    result: calls.length > 0 ? done : differs === undefined ? 'already' : 'differs',
    calls: calls.map(({ service, operation, parameters }) => ({ service, operation, parameters })),
    ...(differs === undefined ? {} : { reason: differs }),
  };
}

const permissionOf = ({ service, operation, action }: Call) => action ?? `${service}:${operation}`;

function failed({ what, where }: Pick<Step, 'what' | 'where'>, error: unknown): Row {
  if (!(error instanceof LiveError)) throw error;
  return { what, where, was: '?', is: '?', result: 'failed', calls: [], reason: error.message };
}
