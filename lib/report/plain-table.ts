import Table from 'cli-table3';

/** Columns without lines or colours, so that a table reads the same in a terminal, a log and a mail. */
const PLAIN = { compact: true, head: [], border: [], 'padding-left': 0, 'padding-right': 2 };
const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((part) => [part, '']),
  ),
);

/** A column: its head, and whether its cells are numbers. */
export interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

/** Rows under their heads, each column as wide as its widest cell. */
export function plainTable(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ isNumber }) => (isNumber ? 'right' : 'left')),
    style: PLAIN,
    chars: { ...NO_LINES, middle: '' },
  });
  for (const row of rows) table.push([...row]);
  return table.toString().replaceAll(/ +$/gm, '');
}
