import { isTimezone, scheduleProblem } from '../../lib/config/schedule';

const problem = (fields: string) => scheduleProblem(`cron(${fields})`);

describe('the calendar of a schedule', () => {
  test.each([
    '0 3 ? * SUN-SAT *',
    '0 3 ? JAN-DEC * *',
    '0 3 ? jan-mar * *',
    '0 3-3 ? * * *',
    '0 3,5-7 ? * * *',
    '0 0-6/2 ? * * *',
    '0 20/2 ? * * *',
    '0 3 29 2 ? 2028',
    '0 3 29 2 ? 2000',
    '0 3 29 2 ? 2027,2028',
    '0 3 29 2 ? *',
    '0 3 29 2,3 ? 2027',
    '0 3 31 1,2 ? *',
    '0 3 L 2 ? *',
    '0 3 LW 2 ? *',
  ])('takes %s', (fields) => {
    expect(problem(fields)).toBeUndefined();
  });

  test.each([
    ['0 20-4 ? * * *', '20-4'],
    ['0 1-3,7-5 ? * * *', '1-3,7-5'],
    ['0 20-4/2 ? * * *', '20-4/2'],
    ['0 3 ? MAR-FEB * *', 'MAR-FEB'],
    ['0 3 ? mar-feb * *', 'mar-feb'],
    ['0 3 ? * SAT-SUN *', 'SAT-SUN'],
    ['0 3 ? * * 2030-2026', '2030-2026'],
  ])('fails when a range of %s runs backwards', (fields, range) => {
    expect(problem(fields)).toBe(`must have ranges that run upwards, got "${range}" in "cron(${fields})"`);
  });

  test.each([
    ['0 3 30 2 ? *', 30],
    ['0 3 29 2 ? 2027', 29],
    ['0 3 29 2 ? 2100', 29],
    ['0 3 31 4,6,9,11 ? *', 31],
    ['0 3 31W 4 ? *', 31],
  ])('fails when no month of %s has the day', (fields, day) => {
    expect(problem(fields)).toBe(`must name a day that the months have, got day ${day} in "cron(${fields})"`);
  });

  test('says that rate() is not taken only where one is given', () => {
    expect(scheduleProblem('rate(1 day)')).toMatch(/: AWS Backup takes no rate\(\)$/);
    expect(scheduleProblem('at a rate(1 day)')).not.toMatch(/takes no rate/);
  });

  test('names the number that is out of its range', () => {
    expect(problem('0 25 ? * * *')).toBe(
      'must have numbers in their range, got "cron(0 25 ? * * *)": number 25 is not between 0 and 23',
    );
  });

  test('takes zones as they are written, and nothing around them', () => {
    expect(['Etc/UTC', 'Europe/Paris', 'US/Pacific'].map(isTimezone)).toEqual([true, true, true]);
    expect(
      ['Europe/paris', 'EUROPE/PARIS', 'Europe/Paris ', ' Europe/Paris', '+01:00', 'Mars/Base'].map(isTimezone),
    ).toEqual(Array(6).fill(false));
  });
});
