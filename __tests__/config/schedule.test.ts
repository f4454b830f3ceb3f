import { isTimezone, scheduleProblem } from '../../lib/config/schedule';

const inRange = (fields: string, reason: string) =>
  `must have numbers in their range, got "cron(${fields})": ${reason}`;
const unreadable = (fields: string, field: string, text: string) =>
  `must have ${field} that AWS can read, got "${text}" in "cron(${fields})"`;
const fields = (expression: string, got: number) =>
  `must have six fields, cron(minutes hours day-of-month month day-of-week year), got ${got} in "cron(${expression})"`;
const questions = (expression: string, got: string) =>
  `must have ? in exactly one of day-of-month and day-of-week, got ${got} in "cron(${expression})"`;
const tooOften = (expression: string, got: number) =>
  `must start at most once an hour, got ${got} times an hour in "cron(${expression})": name one minute`;
const noSuchDay = (expression: string, day: number) =>
  `must name a day that the months have, got day ${day} in "cron(${expression})"`;

describe('scheduleProblem', () => {
  test.each([
    ['the first minute and hour', '0 0 ? * * *'],
    ['the last minute and hour', '59 23 ? * * *'],
    ['every hour', '0 * ? * * *'],
    ['hours by a step', '0 0/6 ? * * *'],
    ['hours by a step from any', '0 */4 ? * * *'],
    ['a list of hours', '0 3,15 ? * * *'],
    ['a range of hours', '0 9-17 ? * * *'],
    ['leading zeros', '00 03 ? * * *'],
    ['the first day of the month', '0 3 1 * ? *'],
    ['the last number a day can have', '0 3 31 * ? *'],
    ['the last day of the month', '0 3 L * ? *'],
    ['a day counted from the last', '0 3 L-3 * ? *'],
    ['the last weekday of the month', '0 3 LW * ? *'],
    ['the weekday nearest to a day', '0 3 15W * ? *'],
    ['a range of days', '0 3 1-7 * ? *'],
    ['the first and last month', '0 3 1 1,12 ? *'],
    ['months by name', '0 3 1 JAN,jul ? *'],
    ['a range of months', '0 3 1 APR-JUN ? *'],
    ['the first and last day of the week', '0 3 ? * 1,7 *'],
    ['days of the week by name', '0 3 ? * MON,wed *'],
    ['a range of days of the week', '0 3 ? * MON-FRI *'],
    ['a range of days of the week by a step', '0 3 ? * 2-6/2 *'],
    ['the last one of a day of the week', '0 3 ? * 6L *'],
    ['the last one of a day of the week by name', '0 3 ? * FRIL *'],
    ['the last day of the week', '0 3 ? * L *'],
    ['the first one of a day of the week', '0 3 ? * 2#1 *'],
    ['the fifth one of a day of the week', '0 3 ? * MON#5 *'],
    ['the first year', '0 3 ? * * 1970'],
    ['the last year', '0 3 ? * * 2199'],
    ['a range of years', '0 3 ? * * 2026-2030'],
    ['29 February', '0 3 29 2 ? *'],
    ['the 30th, February among the months', '0 3 30 FEB-APR ? *'],
    ['the 31st, a month that has it among them', '0 3 31 4,5 ? *'],
    ['days of which February has one', '0 3 28,31 2 ? *'],
  ])('takes %s', (_, expression) => {
    expect(scheduleProblem(`cron(${expression})`)).toBeUndefined();
  });

  test.each([
    ['a minute too many', '60 3 ? * * *', inRange('60 3 ? * * *', 'number 60 is not between 0 and 59')],
    ['an hour too many', '0 24 ? * * *', inRange('0 24 ? * * *', 'number 24 is not between 0 and 23')],
    ['day 0', '0 3 0 * ? *', inRange('0 3 0 * ? *', 'number 0 is not between 1 and 31')],
    ['day 32', '0 3 32 * ? *', inRange('0 3 32 * ? *', 'number 32 is not between 1 and 31')],
    ['the weekday nearest to day 32', '0 3 32W * ? *', inRange('0 3 32W * ? *', 'number 32 is not between 1 and 31')],
    ['day L-32', '0 3 L-32 * ? *', inRange('0 3 L-32 * ? *', 'number 32 is not between 1 and 31')],
    ['month 0', '0 3 1 0 ? *', inRange('0 3 1 0 ? *', 'number 0 is not between 1 and 12')],
    ['month 13', '0 3 1 13 ? *', inRange('0 3 1 13 ? *', 'number 13 is not between 1 and 12')],
    ['a year too early', '0 3 ? * * 1969', inRange('0 3 ? * * 1969', 'number 1969 is not between 1970 and 2199')],
    ['a year too late', '0 3 ? * * 2200', inRange('0 3 ? * * 2200', 'number 2200 is not between 1970 and 2199')],
    ['a step of nothing', '0 0/0 ? * * *', inRange('0 0/0 ? * * *', 'number 0 is not between 1 and 23')],
    ['day 0 of the week', '0 3 ? * 0 *', unreadable('0 3 ? * 0 *', 'day-of-week', '0')],
    ['day 8 of the week', '0 3 ? * 8 *', unreadable('0 3 ? * 8 *', 'day-of-week', '8')],
    ['a sixth Monday', '0 3 ? * MON#6 *', unreadable('0 3 ? * MON#6 *', 'day-of-week', 'MON#6')],
    ['a Monday before the first', '0 3 ? * 2#0 *', unreadable('0 3 ? * 2#0 *', 'day-of-week', '2#0')],
    ['a list with a last Friday', '0 3 ? * 1,6L *', unreadable('0 3 ? * 1,6L *', 'day-of-week', '1,6L')],
    ['a list with the last day', '0 3 1,L * ? *', unreadable('0 3 1,L * ? *', 'day-of-month', '1,L')],
    ['a month by its whole name', '0 3 1 JUNE ? *', unreadable('0 3 1 JUNE ? *', 'month', 'JUNE')],
    ['an hour that is no number', '0 3h ? * * *', unreadable('0 3h ? * * *', 'hours', '3h')],
    ['a minute that is no number', '? 3 1 * ? *', unreadable('? 3 1 * ? *', 'minutes', '?')],
    ['a year of two digits', '0 3 ? * * 26', unreadable('0 3 ? * * 26', 'year', '26')],
    ['L in the place of an hour', '0 L ? * * *', unreadable('0 L ? * * *', 'hours', 'L')],
    ['five fields', '0 3 ? * *', fields('0 3 ? * *', 5)],
    ['seven fields', '0 0 3 ? * * *', fields('0 0 3 ? * * *', 7)],
    ['no field', '', fields('', 0)],
    ['no ?', '0 3 * * * *', questions('0 3 * * * *', 'none')],
    ['two ?', '0 3 ? * ? *', questions('0 3 ? * ? *', 'both')],
    ['every half hour', '0/30 3 ? * * *', tooOften('0/30 3 ? * * *', 2)],
    ['two minutes', '0,59 * ? * * *', tooOften('0,59 * ? * * *', 2)],
    ['a range of minutes', '0-1 3 ? * * *', tooOften('0-1 3 ? * * *', 2)],
    ['every minute', '* 3 ? * * *', tooOften('* 3 ? * * *', 60)],
    ['30 February', '0 3 30 2 ? *', noSuchDay('0 3 30 2 ? *', 30)],
    ['30 or 31 February', '0 3 30,31 FEB ? *', noSuchDay('0 3 30,31 FEB ? *', 30)],
    ['31 April', '0 3 31 4 ? *', noSuchDay('0 3 31 4 ? *', 31)],
    ['the 31st of short months', '0 3 31 4,6,9,11 ? *', noSuchDay('0 3 31 4,6,9,11 ? *', 31)],
  ])('fails when there is %s', (_, expression, problem) => {
    expect(scheduleProblem(`cron(${expression})`)).toBe(problem);
  });

  const WANTED = 'must be cron(minutes hours day-of-month month day-of-week year), got';

  test.each([
    ['rate(1 day)', `${WANTED} "rate(1 day)": AWS Backup takes no rate()`],
    ['at(2027-01-01T00:00:00)', `${WANTED} "at(2027-01-01T00:00:00)"`],
    ['0 3 ? * * *', `${WANTED} "0 3 ? * * *"`],
    ['CRON(0 3 ? * * *)', `${WANTED} "CRON(0 3 ? * * *)"`],
    ['cron(0 3 ? * * *', `${WANTED} "cron(0 3 ? * * *"`],
    ['cron(0 3 ? * * *) ', `${WANTED} "cron(0 3 ? * * *) "`],
    [' cron(0 3 ? * * *)', `${WANTED} " cron(0 3 ? * * *)"`],
  ])('fails when it is %p', (schedule, problem) => {
    expect(scheduleProblem(schedule)).toBe(problem);
  });

  test.each(['0 20-4 ? * * *', '0 3 10-5 * ? *', '0 3 ? NOV-FEB * *', '0 3 ? * * 2030-2026', '50-10 3 ? * * *'])(
    'fails when a range runs backwards and so holds nothing: %s',
    (expression) => {
      expect(scheduleProblem(`cron(${expression})`)).toMatch(/^must /);
    },
  );

  test.each(['0 3 30W 2 ? *', '0 3 31W 4 ? *', '0 3 29 2 ? 2027'])(
    'fails when the day never comes: %s',
    (expression) => {
      expect(scheduleProblem(`cron(${expression})`)).toMatch(/^must /);
    },
  );

  test('takes several blanks between fields', () => {
    expect(scheduleProblem('cron(0  3 ?  * * *)')).toBeUndefined();
  });

  test.each([' 0 3 ? * * *', '0 3 ? * * * '])('fails when a blank stands at an end: %p', (expression) => {
    expect(scheduleProblem(`cron(${expression})`)).toBe(`${WANTED} "cron(${expression})": no blank stands at an end`);
  });
});

describe('isTimezone', () => {
  test.each([
    'Etc/UTC',
    'UTC',
    'Europe/Paris',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'Africa/Dar_es_Salaam',
    'Etc/GMT+12',
    'Etc/GMT-14',
    'EST5EDT',
  ])('takes %s', (name) => {
    expect(isTimezone(name)).toBe(true);
  });

  test.each([
    '',
    'europe/paris',
    'Europe/paris',
    'Europe/Atlantis',
    'Europe',
    'Europe/',
    'Etc/GMT+13',
    'Etc/GMT-15',
    '+02:00',
    'UTC+2',
    'Europe/Paris ',
  ])('fails when it is %p', (name) => {
    expect(isTimezone(name)).toBe(false);
  });

  test('fails when the name is not written as IANA writes it', () => {
    expect(isTimezone('EUROPE/PARIS')).toBe(false);
  });
});
