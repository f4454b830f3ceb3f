import { FAILURES_RUNBOOK, KNOWN_FAILURES } from '../aws/known-failures';
import { plainTable } from '../report/plain-table';
import { wrapped } from '../report/wrapped';
import { grouped } from '../topology/collections';
import type { EdgeStatus, Verdict } from './judge-edge';
import type { Status } from './status';
import { isUnderWay, type Trouble } from './troubles';

/** What a terminal and a log of a pipeline both show in one line. */
const WIDTH = 120;
/** How many resources and jobs of one kind are named. */
const NAMED = 3;

/** How an organization's copies stand, for a person. */
export const renderStatus = (status: Status): string =>
  [
    edgesTable(status),
    ...status.edges.filter(isAmiss).flatMap(reasons),
    jobsText(status.jobs),
    vaultsTable(status),
    unreadText(status),
    summary(status),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

/** Whether all is as the schedules promise, as far as it was read. */
export const isMet = ({ edges, unread }: Status): boolean =>
  unread.length === 0 && edges.every(({ verdict }) => verdict !== 'missed' && verdict !== 'unknown');

const isAmiss = ({ verdict }: EdgeStatus) => verdict === 'missed' || verdict === 'no backups' || verdict === 'unknown';

function edgesTable({ edges, at }: Status): string {
  if (edges.length === 0) return 'Nothing is copied: no rule of a source has copies.';
  const rows = edges.map((edge) => [
    [...wrapped(edge.from, 32), ...wrapped(`→ ${edge.to}`, 32)].join('\n'),
    [edge.plan, edge.rule].flatMap((name) => wrapped(name, 26)).join('\n'),
    shortTime(edge.lastCopied),
    edge.newestBackup ? age(at.getTime() - edge.newestBackup.getTime()) : '',
    edge.resources === 0 ? '' : `${edge.resources - edge.late.length} of ${edge.resources}`,
    WORDS[edge.verdict],
  ]);
  return plainTable(
    ['copies', 'plan and rule', 'last copy (UTC)', 'its age', 'copied', 'RPO'].map((head) => ({ head })),
    rows,
  );
}

const WORDS: Readonly<Record<Verdict, string>> = {
  met: 'met',
  missed: 'MISSED',
  'not due': 'not due',
  'no backups': 'no backups',
  unknown: 'UNKNOWN',
};

function reasons({ from, to, rule, reason, requiredSince, late, verdict }: EdgeStatus): string {
  const since = requiredSince ? ` since ${shortTime(requiredSince)}` : '';
  const named = late
    .slice(0, NAMED)
    .map(
      ({ resourceArn, newestBackup }) =>
        `${resourceArn}: ${newestBackup ? `the newest backup that is copied is of ${shortTime(newestBackup)}` : 'never copied'}`,
    );
  const more = late.length > NAMED ? [`and ${late.length - NAMED} more`] : [];
  const what = verdict === 'missed' && late.length > 0 ? `no copy${since} of` : (reason ?? '');
  return [...wrapped(`${from} → ${to}, ${rule}: ${what}`, WIDTH), ...[...named, ...more].map(indented)].join('\n');
}

/** Jobs that differ in their resources alone are told once. */
function jobsText(jobs: readonly Trouble[]): string {
  const alike = grouped(jobs, ({ kind, state, from, to, message, isMadeUp }) =>
    JSON.stringify([kind, state, from, to, message, isMadeUp]),
  );
  return [...alike.values()].map(troubleText).join('\n\n');
}

function troubleText(same: readonly Trouble[]): string {
  const [first] = same;
  if (!first) return '';
  const { kind, state, from, to, message, known, isMadeUp } = first;
  const where = [from, ...(to === undefined ? [] : [to])].filter((part) => part !== '').join(' → ');
  const count = `${same.length} ${kind} job${same.length === 1 ? '' : 's'}`;
  const failure = KNOWN_FAILURES.find(({ title }) => title === known);
  return [
    ...wrapped(`${state}: ${count}, ${where}${isMadeUp ? ' (a later one ended well)' : ''}`, WIDTH),
    ...(message === undefined ? [] : [indented(message)]),
    ...(failure ? [indented(`why: ${failure.why}`), indented(`what to do: ${failure.wayOut}`)] : []),
    ...(failure || isUnderWay(state) ? [] : [indented(`not in ${FAILURES_RUNBOOK}: AWS's words are all there is`)]),
    ...same.slice(0, NAMED).map((job) => indented(jobText(job))),
    ...(same.length > NAMED ? [indented(`and ${same.length - NAMED} more`)] : []),
  ].join('\n');
}

const jobText = ({ resourceArn, created, id, percentDone }: Trouble) =>
  [
    resourceArn,
    shortTime(created),
    ...(percentDone === undefined ? [] : [`${Math.round(Number.parseFloat(percentDone))} %`]),
    id,
  ]
    .filter((part) => part !== '')
    .join(', ');

function vaultsTable({ vaults }: Status): string {
  const rows = vaults.map(({ vault, name, count, bytes, oldest, nextExpiry, expired }) => [
    wrapped(vault, 36).join('\n'),
    wrapped(name, 28).join('\n'),
    expired === 0 ? count : `${count} (${expired} expired)`,
    size(bytes),
    shortDay(oldest),
    shortDay(nextExpiry),
  ]);
  const heads = ['vault', 'name', 'recovery points', 'size', 'oldest', 'next to expire'];
  return rows.length === 0
    ? ''
    : plainTable(
        heads.map((head, at) => ({ head, isNumber: at === 2 || at === 3 })),
        rows,
      );
}

/** An account that cannot be entered is told of once. */
function unreadText({ unread }: Status): string {
  if (unread.length === 0) return '';
  const alike = grouped(unread, ({ reason }) => reason);
  return [
    'could not be read:',
    ...[...alike].map(([reason, same]) => indented(`${same.map(({ what }) => what).join(', ')}: ${reason}`)),
  ].join('\n');
}

function summary({ edges, jobs }: Status): string {
  const counts = grouped(edges, ({ verdict }) => verdict);
  const parts = (Object.keys(WORDS) as Verdict[]).flatMap((verdict) => {
    const count = counts.get(verdict)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${WORDS[verdict]}`];
  });
  const open = jobs.filter(({ state, isMadeUp }) => !isUnderWay(state) && !isMadeUp).length;
  return `Copies: ${parts.join(', ') || 'none'}. ${open} job${open === 1 ? '' : 's'} without a later one that ended well.`;
}

const indented = (text: string): string =>
  wrapped(text, WIDTH - 4)
    .map((line) => `    ${line}`)
    .join('\n');

const shortTime = (time: Date | undefined) => time?.toISOString().slice(0, 16).replace('T', ' ') ?? '';
const shortDay = (time: Date | undefined) => time?.toISOString().slice(0, 10) ?? '';

/** `2 d 4 h`; below a day `4 h 10 min`. */
export function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes % 60} min`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function size(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${UNITS[power]}`;
}
