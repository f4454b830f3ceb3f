import { clearLine, cursorTo } from 'node:readline';

/** What a command needs of the stream that progress goes to. */
type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/** Where no terminal rewrites a line, how long the next one waits, in milliseconds. */
const QUIET_MS = 10_000;

/**
 * Progress of long work on standard error: one line that is rewritten on a terminal; in a pipe or a CI job plain lines, ten
 * seconds apart at least. What is told stays in both.
 */
export class Progress {
  private readonly isTerminal: boolean;
  private shown = '';
  private lastLine = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly stream: Stream = process.stderr,
    env: NodeJS.ProcessEnv = process.env,
    private readonly now: () => number = Date.now,
  ) {
    this.isTerminal = stream.isTTY === true && !env.CI && env.TERM !== 'dumb';
  }

  /** Shows how far it is, in place of what was shown before. */
  show(text: string): void {
    if (text === this.shown) return;
    this.shown = text;
    if (this.isTerminal) this.rewrite(text);
    else if (this.now() - this.lastLine >= QUIET_MS) {
      this.lastLine = this.now();
      this.stream.write(`${text}\n`);
    }
  }

  /** A line that stays. */
  tell(line: string): void {
    if (this.isTerminal && this.shown !== '') this.rewrite('');
    this.stream.write(`${line}\n`);
    if (this.isTerminal && this.shown !== '') this.rewrite(this.shown);
  }

  /** Takes away what was shown last: what comes then is the result. */
  end(): void {
    if (this.isTerminal && this.shown !== '') this.rewrite('');
    this.shown = '';
  }

  private rewrite(text: string): void {
    const stream = this.stream as NodeJS.WriteStream;
    cursorTo(stream, 0);
    clearLine(stream, 0);
    stream.write(text.slice(0, Math.max(0, (stream.columns || 80) - 1)));
  }
}
