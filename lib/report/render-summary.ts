import Table from 'cli-table3';
import type { StackRow } from './stack-rows';

/** Columns without lines or colours, so that the table reads the same in a terminal, a log and a mail. */
const PLAIN = { compact: true, head: [], border: [], 'padding-left': 0, 'padding-right': 2 };
const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((part) => [part, '']),
  ),
);

/** The stacks as a table, what they tell each other, and the command that comes next. */
export function renderSummary(rows: readonly StackRow[]): string {
  const table = new Table({
    head: ['stack', 'account', 'Region', 'provider alias', 'resources', 'outputs', 'waits for'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'left'],
    style: PLAIN,
    chars: { ...NO_LINES, middle: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const row of rows) {
    table.push([
      row.stack,
      row.accountId,
      row.region,
      row.providerAlias,
      row.resources,
      row.outputs.length,
      row.waitsFor.length === 0 ? '-' : row.waitsFor.join('\n'),
    ]);
  }
  return [trimmed(table.toString()), '', ...outputLines(rows), '', ...nextLines(rows)].join('\n');
}

const trimmed = (text: string) => text.replaceAll(/ +$/gm, '');

function outputLines(rows: readonly StackRow[]): string[] {
  const roles = [...new Set(rows.map(({ role }) => role))];
  return roles.map((role) => {
    const names = new Set(rows.filter((row) => row.role === role).flatMap(({ outputs }) => outputs));
    return `outputs of ${role} stacks: ${[...names].join(', ')}`;
  });
}

const nextLines = (rows: readonly StackRow[]): string[] => [
  `${rows.length} stacks in cdktf.out. Next, with credentials that may assume the deploy role of each account:`,
  "  npx cdktf deploy '*'",
];
