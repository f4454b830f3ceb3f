import { setTimeout as sleep } from 'node:timers/promises';

/** How often something may be asked. */
export interface Rate {
  readonly perSecond: number;
  /** How many may go at once after a pause. */
  readonly burst: number;
}

/** A clock, and a way to wait by it; both in milliseconds. */
export interface Timer {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const WALL_CLOCK: Timer = { now: Date.now, wait: (ms) => sleep(ms) };

/** Keeps requests that share a limit of AWS's below it, so that nobody else's are refused in their place. */
export class RateLimiter {
  /** When the next one may go, were there no burst. */
  private next = Number.NEGATIVE_INFINITY;

  /** @param timer - (default: the machine's) */
  constructor(
    private readonly rate: Rate,
    private readonly timer: Timer = WALL_CLOCK,
  ) {}

  /** Comes back when one more request may go, in the order of asking. */
  async turn(): Promise<void> {
    const { perSecond, burst } = this.rate;
    const gap = 1000 / perSecond;
    const now = this.timer.now();
    const at = Math.max(this.next, now - gap * (burst - 1));
    this.next = at + gap;
    if (at > now) await this.timer.wait(at - now);
  }
}
