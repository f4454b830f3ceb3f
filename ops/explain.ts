import { parseArgs } from 'node:util';
import { ConfigError } from '../lib/config/config-error';
import { plainTable } from '../lib/report/plain-table';
import { type Explanation, explain } from '../lib/review/explain';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';

const HELP = `npm run explain [-- --json]

Says for each selection of the config and each copy of its rules how recovery points travel, type by type: by a single
copy action, by a relay of two copies, or not at all; under whose key; whether they move to cold storage; and whether
their retention fits the lock of the vault they land in. Reads backup.yaml, or the file that BACKUP_CONFIG names.

  --json   the same for programs
  --help   this text

Exit code 0, or 1 when the config is refused.`;

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

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) console.log(HELP);
  else {
    const { config } = loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml');
    const explanations = explain(config, resolveTopology(config));
    const table = () =>
      plainTable(
        COLUMNS.map((head) => ({ head })),
        rowsOf(explanations),
      );
    console.log(values.json ? JSON.stringify(explanations, null, 2) : table());
  }
} catch (error) {
  const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof ConfigError) && !isUsage) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
