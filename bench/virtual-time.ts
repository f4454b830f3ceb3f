interface Timer {
  readonly at: number;
  readonly number: number;
  run(): void;
}

/** Time that passes only when nothing else is left to do, so that hours take as long as what is computed in them. */
export class VirtualTime {
  private time = 0;
  private count = 0;
  private readonly timers = new Map<number, Timer>();

  now = (): number => this.time;

  wait = (ms: number): Promise<void> => new Promise((done) => this.after(ms, done));

  after(ms: number, run: () => void): number {
    this.count += 1;
    this.timers.set(this.count, { at: this.time + Math.max(0, ms), number: this.count, run });
    return this.count;
  }

  /** Runs work to its end, with every `setTimeout` of the process in this time. */
  async run<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const virtual = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      this.after(ms, () => run(...args));
    globalThis.setTimeout = virtual as unknown as typeof set;
    globalThis.clearTimeout = ((number: number) => this.timers.delete(number)) as typeof clear;
    try {
      let isOver = false;
      const answer = work().finally(() => {
        isOver = true;
      });
      answer.catch(() => {});
      while (!isOver) {
        // Twice: what a promise set off may set off something else.
        await new Promise((done) => setImmediate(done));
        await new Promise((done) => setImmediate(done));
        this.step();
      }
      return await answer;
    } finally {
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    }
  }

  private step(): void {
    let next: Timer | undefined;
    for (const timer of this.timers.values())
      if (!next || timer.at < next.at || (timer.at === next.at && timer.number < next.number)) next = timer;
    if (!next) return;
    this.timers.delete(next.number);
    this.time = next.at;
    next.run();
  }
}
