import { plainTable } from '../lib/report/plain-table';
import { type Explanation, explain } from '../lib/review/explain';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { command, run } from './cli/command';

const COLUMNS = ['source', 'plan', 'rule', 'selection', 'type', 'to', 'travels', 'key', 'cold storage', 'lock', 'note'];

/** Explanations that differ in the type alone are one row: a selection by tags matches a score of types. */
function rowsOf(explanations: readonly Explanation[]): string[][] {
  const rows = new Map<string, { cells: (types: string) => string[]; types: string[] }>();
  for (const { source, plan, rule, selection, type, to, travels, key, coldStorage, lock, note } of explanations) {
    const shownNote = travels === 'single action' ? '' : note;
    const cells = (types: string) => [
      source,
      plan,
      rule,
      selection,
      types,
      to,
      travels,
      key,
      coldStorage,
      lock,
      shownNote,
    ];
    const name = cells('').join('\n');
    const row = rows.get(name) ?? { cells, types: [] };
    row.types.push(type);
    rows.set(name, row);
  }
  return [...rows.values()].map(({ cells, types }) => cells(types.join('\n')));
}

run(
  command({
    name: 'explain',
    description: `Says for each selection of the config and each copy of its rules how recovery points travel, type by type: by a single
copy action, by a relay of two copies, or not at all; under whose key; whether they move to cold storage; and whether
their retention fits the lock of the vault they land in.`,
    examples: [
      ['npm run explain', 'a table'],
      ['npm run -s explain -- --json', 'a row for each type, for programs'],
    ],
    exitCodes: { 0: 'the config is accepted', 1: 'it is refused' },
  }).action(show),
);

function show({ json }: { readonly json?: true }): void {
  const { config } = loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml');
  const explanations = explain(config, resolveTopology(config));
  const heads = COLUMNS.map((head) => ({ head }));
  console.log(json ? JSON.stringify(explanations, null, 2) : plainTable(heads, rowsOf(explanations)));
}
