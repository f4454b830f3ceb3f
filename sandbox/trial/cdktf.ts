import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalTree } from '../tools/process-tree';
import { ROOT } from '../tools/root-folder';
import type { Outcome } from '../tools/terraform';

export interface CdktfRun {
  /** Where cdktf.json is. */
  readonly folder: string;
  /** Such as `deploy`, `*` and `--auto-approve`. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Called with each line as it comes, without its colours. */
  readonly onLine?: (line: string) => void;
  /** Kills it and all below at once, the Terraforms among them, when the promise comes. */
  readonly killed?: Promise<void>;
}

const running = new Set<ChildProcess>();

/** Kills every cdktf that is running, and the Terraforms below. */
export function killRunning(): void {
  for (const child of running) signalTree(child.pid, 'SIGKILL');
}

/** Runs the real cdktf of this repository to its end; all that it says goes to cdktf-output.txt too. */
export function runCdktf({ folder, args, env, onLine, killed }: CdktfRun): Promise<Outcome> {
  const cli = join(ROOT, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const end = () => signalTree(child.pid, 'SIGKILL');
    killed?.then(end);
    process.once('exit', end);
    let output = '';
    let rest = '';
    const take = (chunk: Buffer) => {
      const text = chunk.toString().replaceAll(ESCAPES, '');
      output += text;
      appendFileSync(join(folder, 'cdktf-output.txt'), text);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine?.(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', fail);
    child.once('close', (code) => {
      running.delete(child);
      process.removeListener('exit', end);
      done({ code: code ?? 1, output });
    });
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;
