import { plainTable } from '../report/plain-table';
import { grouped } from '../topology/collections';
import type { Bootstrapped } from './bootstrap';
import type { LiveGlobalSettings } from './live-settings';
import type { Row, Where } from './step';

/** How many places a line of the table names: a large organization has the same line a thousand times. */
const NAMED_PLACES = 6;

/** `production 111111111111 us-east-1` */
export const placeText = ({ name, accountId, region }: Where): string =>
  [name, accountId, region].filter((part) => part !== undefined).join(' ');

/** One row, as it is told while the work goes on. */
export const rowText = ({ what, where, result, reason }: Row): string =>
  `${placeText(where)}: ${what}: ${result}${result === 'failed' && reason ? `: ${reason}` : ''}`;

/** The whole of what was found and done, for a person. */
export function renderBootstrap({ rows, globalSettings }: Bootstrapped): string {
  const calls = rows.flatMap((row) => row.calls.map((call) => ({ row, call })));
  const isDry = rows.some(({ result }) => result === 'would');
  const planned = calls.map(({ row, call }) => [
    placeText(row.where),
    call.service === 'hcp' ? call.operation : `${call.service}:${call.operation}`,
    parametersText(call.parameters),
  ]);
  const heads = (...names: string[]) => names.map((head) => ({ head }));
  return [
    plainTable(heads('what', 'where', 'was', 'is', 'result'), tableRows(rows)),
    ...(isDry ? [plainTable(heads('it would call in', 'what', 'with'), planned)] : []),
    ...(globalSettings === undefined ? [] : [settingsText(globalSettings)]),
    remarks(rows),
    summary(rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Rows that differ in their places alone are one line. */
function tableRows(rows: readonly Row[]): string[][] {
  const alike = grouped(rows, ({ what, was, is, result }) => JSON.stringify([what, was, is, result]));
  return [...alike.values()].map((same) => {
    const [{ what, was, is, result } = { what: '', was: '', is: '', result: '' }] = same;
    return [what, placesOf(same.map(({ where }) => where)).join('\n'), was, is === was ? '' : is, result];
  });
}

const parametersText = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');

const settingsText = (live: LiveGlobalSettings): string =>
  [
    "AWS Backup's settings of the whole organization as they are now, for the config:",
    '',
    'management:',
    '  globalSettings:',
    ...Object.entries(live).map(([word, value]) => `    ${word}: ${value}`),
  ].join('\n');

/** Why and how, each once with the places that it is of. */
function remarks(rows: readonly Row[]): string {
  const told = rows.filter(({ reason }) => reason !== undefined);
  const alike = grouped(told, ({ what, result, reason }) => `${result}: ${what}: ${reason}`);
  return [...alike]
    .map(([text, same]) => `${text} (${placesOf(same.map(({ where }) => where)).join(', ')})`)
    .join('\n');
}

/** Places as text, as many as a reader wants to know by name. */
export function placesOf(wheres: readonly Where[]): string[] {
  const places = wheres.map(placeText);
  const left = places.length - NAMED_PLACES;
  return left > 1 ? [...places.slice(0, NAMED_PLACES), `and ${left} more`] : places;
}

function summary(rows: readonly Row[]): string {
  const counts = grouped(rows, ({ result }) => result);
  const parts = (['already', 'done', 'would', 'differs', 'failed'] as const).flatMap((result) => {
    const count = counts.get(result)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${WORDS[result]}`];
  });
  return `${parts.join(', ')}.`;
}

const WORDS = {
  already: 'already right',
  done: 'done',
  would: 'would be done',
  differs: 'left as found',
  failed: 'failed',
} as const;
