import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Operation {
  readonly env: NodeJS.ProcessEnv;
  /** Sends this as soon as standard error says that. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly when: RegExp };
  /** Runs it in a terminal of so many columns, which has one stream alone. */
  readonly terminalColumns?: number;
}

/** Writes a config for commands to read. */
export function configFile(config: object): string {
  const file = join(folder, `config-${JSON.stringify(config).length}.json`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** Runs a command as an operator does, as a process of its own, to its end. */
export function operate(command: string, args: readonly string[], options: Operation): Promise<Ended> {
  const line = [process.execPath, resolve('scripts/run.cjs'), resolve(`ops/${command}.ts`), ...args];
  const { CI: _, ...env }: NodeJS.ProcessEnv = { ...options.env, TERM: 'xterm' };
  const { terminalColumns } = options;
  const shell = `stty cols ${terminalColumns}; ${line.map((word) => `'${word}'`).join(' ')}`;
  const [file = '', ...rest] = terminalColumns === undefined ? line : ['script', '-qec', shell, '/dev/null'];
  const child: ChildProcess = spawn(file, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  let isInterrupted = false;
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk;
    if (isInterrupted || !options.interrupt?.when.test(err)) return;
    isInterrupted = true;
    child.kill(options.interrupt.signal);
  });
  return new Promise((done) => child.once('close', (code) => done({ code, out, err })));
}
