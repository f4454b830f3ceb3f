import { next, parse, prev } from 'aws-cron-parser';
import type { Rule } from '../topology/plan';

type Schedule = Pick<Rule, 'schedule' | 'timezone'>;

/** The last time that a schedule came, before or at a moment; undefined where it never had. */
export function lastRun(schedule: Schedule, at: Date): Date | undefined {
  const cron = parsed(schedule);
  // An hour later by the clock on the wall, for the night when clocks are set back.
  let local: Date | null = prev(cron, new Date(wallClock(at, schedule.timezone).getTime() + HOUR_MS));
  while (local) {
    const run = instantOf(local, schedule.timezone);
    if (run <= at) return run;
    local = prev(cron, local);
  }
  return undefined;
}

/** The first time that a schedule comes after a moment; undefined where it never will. */
export function nextRun(schedule: Schedule, after: Date): Date | undefined {
  const cron = parsed(schedule);
  let local: Date | null = next(cron, new Date(wallClock(after, schedule.timezone).getTime() - HOUR_MS));
  while (local) {
    const run = instantOf(local, schedule.timezone);
    if (run > after) return run;
    local = next(cron, local);
  }
  return undefined;
}

const HOUR_MS = 3_600_000;

const parsed = ({ schedule }: Schedule) => parse(schedule.replace(/^cron\((.*)\)$/, '$1'));

/** What a clock on the wall shows, as if it were in UTC: schedules are worked out by it. */
function wallClock(instant: Date, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone }).formatToParts(instant);
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [field('year'), field('month'), field('day')];
  return new Date(Date.UTC(year, month - 1, day, field('hour'), field('minute'), field('second')));
}

const FIELDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** When clocks show a time. One that is left out in spring comes by the clock before it, one that comes twice comes first. */
function instantOf(local: Date, timeZone: string): Date {
  const offsetAt = (instant: number) => wallClock(new Date(instant), timeZone).getTime() - instant;
  const first = local.getTime() - offsetAt(local.getTime() - DAY_MS);
  if (first + offsetAt(first) === local.getTime()) return new Date(first);
  const second = local.getTime() - offsetAt(local.getTime() + DAY_MS);
  return new Date(second + offsetAt(second) === local.getTime() ? second : first);
}

const DAY_MS = 24 * HOUR_MS;
