import { execFileSync } from 'node:child_process';

/**
 * Signals a process and all below it. A group would not do: cdktf runs Terraform in a terminal, and so in a session, of
 * its own.
 */
export function signalTree(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  for (const one of [...descendantsOf(pid), pid])
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
