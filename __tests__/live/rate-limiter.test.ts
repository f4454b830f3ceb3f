import { RateLimiter } from '../../lib/live/rate-limiter';

/** A clock that stands still but for who waits by it. */
function aClock() {
  let time = 0;
  return {
    now: () => time,
    wait: async (ms: number) => {
      const until = time + ms;
      await Promise.resolve();
      time = Math.max(time, until);
    },
    pass: (ms: number) => {
      time += ms;
    },
  };
}

async function turnsAt(limiter: RateLimiter, clock: ReturnType<typeof aClock>, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    await limiter.turn();
    times.push(Math.round(clock.now()));
  }
  return times;
}

describe('RateLimiter', () => {
  test('lets as many go at once as the burst says, and then one after another', async () => {
    const clock = aClock();
    const limiter = new RateLimiter({ perSecond: 2, burst: 3 }, clock);
    expect(await turnsAt(limiter, clock, 6)).toEqual([0, 0, 0, 500, 1000, 1500]);
  });

  test('saves up no more than the burst', async () => {
    const clock = aClock();
    const limiter = new RateLimiter({ perSecond: 2, burst: 2 }, clock);
    await turnsAt(limiter, clock, 2);
    clock.pass(60_000);
    expect(await turnsAt(limiter, clock, 3)).toEqual([60_000, 60_000, 60_500]);
  });

  test('keeps to the rate where many ask at the same time', async () => {
    const waits: number[] = [];
    const timer = { now: () => 0, wait: async (ms: number) => waits.push(ms) };
    const limiter = new RateLimiter({ perSecond: 4, burst: 1 }, timer);
    await Promise.all(Array.from({ length: 5 }, () => limiter.turn()));
    expect(waits).toEqual([250, 500, 750, 1000]);
  });
});
