import { execFileSync } from 'node:child_process';

/**
 * Signals a process and all below it. A group would not do: cdktf runs Terraform in a terminal, and so in a session, of
 * its own.
 */
export function signalTree(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid !== undefined) signalAll([...descendantsOf(pid), pid], signal);
}

/** Ends every process that this one has started, at once. */
export const endDescendants = (): void => signalAll(descendantsOf(process.pid), 'SIGKILL');

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const one of pids)
    try {
      process.kill(one, signal);
    } catch {
      // It has ended by itself.
    }
}

/** Every process that another one has started, and those that these have. */
export function descendantsOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.flatMap(([child, its]) => (its === parent && child !== undefined ? [child, ...below(child)] : []));
  return below(pid);
}

/** Those that still do something, a row of `ps` each: one that has ended may wait for ever for somebody to be told. */
export const aliveAmong = (pids: readonly number[]): string[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((row) => {
      const [pid, state = ''] = row.trim().split(/\s+/);
      return pids.includes(Number(pid)) && !state.startsWith('Z');
    });
