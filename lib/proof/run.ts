import { answer, type Check, complaint } from './check';

/** How many of so many requests were answered as promised. */
export interface Tally {
  readonly right: number;
  readonly of: number;
}

/** One line of the report: requests of one kind. */
export interface GroupRow extends Tally {
  readonly group: string;
  readonly expected: 'allowed' | 'denied';
  /** How many different actions were asked for. */
  readonly actions: number;
}

interface Row {
  right: number;
  of: number;
  readonly actions: Set<string>;
  readonly expected: Check['expected'];
  readonly group: string;
}

/** Asks, counts, and keeps what is not as promised. */
export class Run {
  readonly failures: string[] = [];
  private readonly rows = new Map<string, Row>();

  fail(what: string): void {
    this.failures.push(what);
  }

  ask(check: Check): void {
    const wrong = complaint(check, answer(check));
    if (wrong !== undefined) this.fail(wrong);
    const { expected, group } = check;
    const key = `${expected} ${group}`;
    const row = this.rows.get(key) ?? { right: 0, of: 0, actions: new Set(), expected, group };
    row.of += 1;
    if (wrong === undefined) row.right += 1;
    row.actions.add(check.action);
    this.rows.set(key, row);
  }

  groups(): GroupRow[] {
    return [...this.rows.values()].map(({ actions, ...row }) => ({ ...row, actions: actions.size }));
  }
}
