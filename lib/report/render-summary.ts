import { plainTable } from './plain-table';
import type { StackRow } from './stack-rows';

const COLUMNS = [
  { head: 'stack' },
  { head: 'account' },
  { head: 'Region' },
  { head: 'provider alias' },
  { head: 'resources', isNumber: true },
  { head: 'outputs', isNumber: true },
  { head: 'waits for' },
];

/** The stacks as a table, what they tell each other, what is proven of them, and the command that comes next. */
export function renderSummary(rows: readonly StackRow[], proven: readonly string[]): string {
  const cells = rows.map((row) => [
    row.stack,
    row.accountId,
    row.region,
    row.providerAlias,
    row.resources,
    row.outputs.length,
    row.waitsFor.length === 0 ? '-' : row.waitsFor.join('\n'),
  ]);
  return [plainTable(COLUMNS, cells), '', ...outputLines(rows), '', ...blockOf(proven), ...nextLines(rows)].join('\n');
}

const blockOf = (lines: readonly string[]) => (lines.length === 0 ? [] : [...lines, '']);

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
