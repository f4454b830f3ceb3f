import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { runCdktf } from '../sandbox/trial/cdktf';
import { findTools, newProject, startTrial, type Trial } from '../sandbox/trial/trial';

const ROOT = process.cwd();

/** Runs some work that must succeed; its seconds. */
async function timed(what: string, work: () => Promise<{ readonly code: number; readonly output: string }>) {
  const start = performance.now();
  const { code, output } = await work();
  const seconds = (performance.now() - start) / 1_000;
  if (code !== 0) throw new Error(`${what} ended with exit code ${code}:\n${output.slice(-3_000)}`);
  console.log(`${what}: ${seconds.toFixed(1)} s`);
  return seconds;
}

const environment = ({ deployment, operators, project }: Trial): NodeJS.ProcessEnv => ({
  ...deployment.environment(operators.management),
  BACKUP_CONFIG: project.configFile,
});

const drift = (trial: Trial) =>
  timed(
    'npm run drift',
    () =>
      new Promise((done) => {
        const command = [join(ROOT, 'scripts', 'run.cjs'), join(ROOT, 'ops', 'drift.ts')];
        const where = { cwd: trial.project.folder, env: environment(trial) };
        execFile(process.execPath, command, where, (error, stdout, stderr) =>
          done({ code: error ? Number(error.code) : 0, output: `${stdout}${stderr}` }),
        );
      }),
  );

const diff = (trial: Trial, stack: string) =>
  timed(`cdktf diff ${stack}`, () =>
    runCdktf({
      folder: trial.project.folder,
      args: ['diff', stack, '--skip-provider-lock'],
      env: environment(trial),
    }),
  );

/** Both on the same machine in the same minutes: drift, the loop, and drift again. */
async function compare(): Promise<void> {
  const trial = await startTrial(newProject(join(ROOT, 'bench', 'drift.yaml')), findTools());
  try {
    await timed('cdktf deploy', () => trial.deployment.deploy());
    const before = await drift(trial);
    let loop = 0;
    for (const stack of trial.deployment.stacks) loop += await diff(trial, stack);
    const after = await drift(trial);
    const mean = (before + after) / 2;
    console.log(
      `${trial.deployment.stacks.length} stacks on ${availableParallelism()} processors: cdktf diff one by one ${loop.toFixed(1)} s, npm run drift ${mean.toFixed(1)} s, ${(loop / mean).toFixed(1)} times as fast`,
    );
  } finally {
    await trial.stop();
  }
}

compare().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
