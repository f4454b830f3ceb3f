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
  if (inner !== inner.trim()) return `must be ${WANTED}, got "${schedule}": no blank stands at an end`;
  const texts = inner.split(' ').filter(Boolean);
  if (texts.length !== FIELDS.length) return `must have six fields, ${WANTED}, got ${texts.length} in "${schedule}"`;
  const questions = [texts[2], texts[4]].filter((text) => text === '?').length;
  if (questions !== 1) {
    return `must have ? in exactly one of day-of-month and day-of-week, got ${questions === 0 ? 'none' : 'both'} in "${schedule}"`;
  }
  const wrong = FIELDS.find((field, index) => !SYNTAX[field].test(texts[index] ?? ''));
  if (wrong) return `must have ${wrong} that AWS can read, got "${texts[FIELDS.indexOf(wrong)]}" in "${schedule}"`;
  return calendarProblem(texts, schedule);
}

function calendarProblem(texts: readonly string[], schedule: string): string | undefined {
  const cron = parsed(texts.join(' '));
  if (typeof cron === 'string') return `must have numbers in their range, got "${schedule}": ${cron}`;
  // A range that runs backwards holds nothing, and neither would the schedule.
  const backwards = texts.find((text) => text !== '?' && isBackwards(text));
  if (backwards) return `must have ranges that run upwards, got "${backwards}" in "${schedule}"`;
  const minutes = new Set(cron.minutes).size;
  if (minutes > 1)
    return `must start at most once an hour, got ${minutes} times an hour in "${schedule}": name one minute`;
  const days = cron.daysOfMonth.filter((day) => typeof day === 'number');
  const first = /^L/.test(texts[2] ?? '') || days.length === 0 ? 1 : Math.min(...days.map(Number));
  const isFebruary29 = (month: number) => month === 2 && cron.years.every((year) => !isLeapYear(Number(year)));
  const most = Math.max(
    ...cron.months.map(Number).map((month) => (MOST_DAYS[month - 1] ?? 0) - (isFebruary29(month) ? 1 : 0)),
  );
  return first > most ? `must name a day that the months have, got day ${first} in "${schedule}"` : undefined;
}

const isLeapYear = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const ORDER = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTH_ORDER = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const rankOf = (word: string) => {
  const name = word.toUpperCase();
  const rank = Math.max(ORDER.indexOf(name), MONTH_ORDER.indexOf(name));
  return rank >= 0 ? rank : Number(word);
};

const isBackwards = (field: string) =>
  field.split(',').some((item) => {
    const [from, to] = item.replace(/\/.*/, '').split('-');
    return from !== undefined && to !== undefined && from !== 'L' && rankOf(from) > rankOf(to);
  });

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
  const written = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (written !== undefined && written !== name) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
