import { type ChildProcess, spawn } from 'node:child_process';

/** How a command ended, and all that it said. */
export interface Ended {
  /** 1 of what was killed, too. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Commands that are running, each in a process group of its own, so that none of what they start outlives `stop`. */
export class Children {
  private readonly running = new Set<ChildProcess>();
  private isStopped = false;

  /**
   * Runs a command to its end.
   * @throws when there is no such command
   */
  run(binary: string, args: readonly string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Ended> {
    if (this.isStopped) return Promise.resolve({ code: 1, stdout: '', stderr: '' });
    return new Promise((done, fail) => {
      const child = spawn(binary, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
      this.running.add(child);
      const said = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (text: string) => {
          said[stream] += text;
        });
      child.once('error', (error) => {
        this.running.delete(child);
        fail(error);
      });
      child.once('close', (code) => {
        this.running.delete(child);
        done({ code: code ?? 1, ...said });
      });
    });
  }

  /** Kills what is running, with all that it has started, and runs nothing more. What only reads leaves nothing behind. */
  stop(): void {
    this.isStopped = true;
    for (const { pid } of this.running)
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
  }
}
