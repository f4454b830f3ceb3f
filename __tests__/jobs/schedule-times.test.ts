import { lastRun, nextRun } from '../../lib/jobs/schedule-times';

const daily = (timezone: string, hour = 3, minute = 0) => ({ schedule: `cron(${minute} ${hour} ? * * *)`, timezone });
const at = (text: string) => new Date(text);

describe('lastRun and nextRun', () => {
  test.each([
    ['in UTC', daily('Etc/UTC'), '2026-11-21T02:59:00Z', '2026-11-20T03:00:00Z', '2026-11-21T03:00:00Z'],
    ['at the time itself', daily('Etc/UTC'), '2026-11-21T03:00:00Z', '2026-11-21T03:00:00Z', '2026-11-22T03:00:00Z'],
    ['in winter', daily('Europe/Berlin'), '2026-11-21T02:30:00Z', '2026-11-21T02:00:00Z', '2026-11-22T02:00:00Z'],
    [
      'in the night without that hour',
      daily('Europe/Berlin', 2, 30),
      '2026-03-29T12:00:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ],
    [
      'in the night with that hour twice',
      daily('Europe/Berlin', 2, 30),
      '2026-10-25T12:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ],
    [
      'on the first of a month',
      { schedule: 'cron(0 5 1 * ? *)', timezone: 'Etc/UTC' },
      '2026-11-21T00:00:00Z',
      '2026-11-01T05:00:00Z',
      '2026-12-01T05:00:00Z',
    ],
  ])('tells the runs %s', (_, schedule, moment, last, next) => {
    expect([lastRun(schedule, at(moment)), nextRun(schedule, at(moment))]).toEqual([at(last), at(next)]);
  });

  test('knows a schedule that has not come, or will not', () => {
    const once = { schedule: 'cron(0 5 1 1 ? 2030)', timezone: 'Etc/UTC' };
    expect(lastRun(once, at('2026-11-21T00:00:00Z'))).toBeUndefined();
    expect(nextRun(once, at('2031-01-01T00:00:00Z'))).toBeUndefined();
  });
});
