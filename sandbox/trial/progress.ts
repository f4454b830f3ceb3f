/** Tells an operator what is going on, a line a step and a line for whatever takes long within it. */
export class Progress {
  private done = 0;

  constructor(
    private readonly total: number,
    private readonly write: (line: string) => void,
  ) {}

  /** Does one step: what it is called is told before, what came of it and how long it took after. */
  async step<Result>(name: string, work: (tell: (line: string) => void) => Promise<Result>): Promise<Result> {
    this.done += 1;
    const start = Date.now();
    const width = String(this.total).length;
    this.write(`[${String(this.done).padStart(width)}/${this.total}] ${name}`);
    const tell = (line: string) => this.write(`${' '.repeat(2 * width + 4)}${line}`);
    const result = await work(tell);
    tell(`${((Date.now() - start) / 1000).toFixed(1)} s`);
    return result;
  }
}
