import { parse } from 'aws-cron-parser';

const FIELDS = ['minutes', 'hours', 'day-of-month', 'month', 'day-of-week', 'year'] as const;

/** What each field may be written with; what the numbers may be is the library's to say. */
const MONTHS = '(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|\\d{1,2})';
const DAYS = '(?:SUN|MON|TUE|WED|THU|FRI|SAT|[1-7])';
const listOf = (item: string) => {
  const step = `(?:\\*|${item}(?:-${item})?)(?:/\\d+)?`;
  return `${step}(?:,${step})*`;
};
const SYNTAX: Readonly<Record<(typeof FIELDS)[number], RegExp>> = {
  minutes: new RegExp(`^${listOf('\\d{1,2}')}$`),
  hours: new RegExp(`^${listOf('\\d{1,2}')}$`),
  'day-of-month': new RegExp(`^(?:\\?|L(?:-\\d{1,2})?|LW|\\d{1,2}W|${listOf('\\d{1,2}')})$`),
  month: new RegExp(`^${listOf(MONTHS)}$`, 'i'),
  'day-of-week': new RegExp(`^(?:\\?|L|${DAYS}L|${DAYS}#[1-5]|${listOf(DAYS)})$`, 'i'),
  year: new RegExp(`^${listOf('\\d{4}')}$`),
};

const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const WANTED = 'cron(minutes hours day-of-month month day-of-week year)';

/**
 * What keeps AWS Backup from taking a schedule, or undefined. Rules take cron alone, of six fields, one of the two for
 * days being `?`, and at most once an hour.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html
 */
export function scheduleProblem(schedule: string): string | undefined {
  const inner = /^cron\((.*)\)$/.exec(schedule)?.[1];
  if (inner === undefined) {
    const rate = /^rate\(/.test(schedule) ? ': AWS Backup takes no rate()' : '';
    return `must be ${WANTED}, got "${schedule}"${rate}`;
  }
  const texts = inner.split(/ +/);
  if (texts.length !== FIELDS.length || texts.includes('')) {
    return `must have six fields, ${WANTED}, got ${texts.filter(Boolean).length} in "${schedule}"`;
  }
  const questions = [texts[2], texts[4]].filter((text) => text === '?').length;
  if (questions !== 1) {
    return `must have ? in exactly one of day-of-month and day-of-week, got ${questions === 0 ? 'none' : 'both'} in "${schedule}"`;
  }
  const wrong = FIELDS.find((field, index) => !SYNTAX[field].test(texts[index] ?? ''));
  if (wrong) return `must have ${wrong} that AWS can read, got "${texts[FIELDS.indexOf(wrong)]}" in "${schedule}"`;
  return calendarProblem(inner, schedule);
}

function calendarProblem(inner: string, schedule: string): string | undefined {
  const cron = parsed(inner);
  if (typeof cron === 'string') return `must have numbers in their range, got "${schedule}": ${cron}`;
  if (cron.minutes.length > 1) {
    return `must start at most once an hour, got ${cron.minutes.length} times an hour in "${schedule}": name one minute`;
  }
  const { daysOfMonth, months } = cron;
  const first = daysOfMonth.every((day) => typeof day === 'number') ? Math.min(...daysOfMonth.map(Number)) : 0;
  const most = Math.max(...months.map((month) => MOST_DAYS[Number(month) - 1] ?? 0));
  if (Number.isFinite(first) && first > most)
    return `must name a day that the months have, got day ${first} in "${schedule}"`;
  return undefined;
}

/** The sets of a schedule, or what the library has against it. */
function parsed(inner: string): ReturnType<typeof parse> | string {
  try {
    return parse(inner);
  } catch (error) {
    return (error as Error).message.replace(/^Invalid: /, '');
  }
}

/**
 * Whether a text is the IANA name of a time zone, such as `Europe/Paris`.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html
 */
export function isTimezone(name: string): boolean {
  // Loading the runtime's zones takes longer than all other checks, so the default goes without.
  if (name === 'Etc/UTC') return true;
  // The runtime takes any case and plain offsets, AWS only the names as they are written.
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
