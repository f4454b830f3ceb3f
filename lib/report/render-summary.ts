import Table from 'cli-table3';
import type { StackRow } from './stack-rows';

/** Plain characters, so that the table reads the same in a terminal, a log and a mail. */
const PLAIN = { compact: true, head: [], border: [] };

/** The stacks as a table, what they tell each other, and the command that comes next. */
export function renderSummary(rows: readonly StackRow[]): string {
  const table = new Table({
    head: ['stack', 'account', 'Region', 'provider alias', 'resources', 'outputs', 'waits for'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'left'],
    style: PLAIN,
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
  return [table.toString(), '', ...outputLines(rows), '', ...nextLines(rows)].join('\n');
}

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
