import { execFile, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve('.');

/** A folder of an operator's that holds a config file and what else is given. */
export function aProject(cwd: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(cwd, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  return cwd;
}

const commandOf = (script: string, args: readonly string[]) => [
  join(ROOT, 'scripts/run.cjs'),
  join(ROOT, script),
  ...args,
];

function environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { CDKTF_OUTDIR, BACKUP_CONFIG, SKIP_PROOF, ...inherited } = process.env;
  return { ...inherited, ...more };
}

/** Runs a command of package.json in a project, to its end. */
export const runCommand = (
  script: 'main.ts' | `ops/${string}.ts`,
  cwd: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'> => {
  const { status, stdout, stderr } = spawnSync('node', commandOf(script, args), {
    cwd,
    encoding: 'utf8',
    env: environment(env),
  });
  return { status, stdout, stderr };
};

/** The same, while this process goes on: it may be the one that answers the command. */
export const startCommand = (
  script: 'main.ts' | `ops/${string}.ts`,
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ReturnType<typeof runCommand>> =>
  new Promise((done) => {
    execFile('node', commandOf(script, args), { cwd, env: environment(env) }, (error, stdout, stderr) => {
      done({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });

/** Runs a synth in a project and kills it as soon as `isTime` holds; the signal it ended by. */
export const killSynth = (cwd: string, signal: NodeJS.Signals, isTime: () => boolean): Promise<string | null> =>
  new Promise((done) => {
    const child = spawn('node', commandOf('main.ts', []), { cwd, env: environment({}), stdio: 'ignore' });
    const watch = setInterval(() => {
      if (isTime()) child.kill(signal);
    }, 1);
    child.once('exit', (code, ended) => {
      clearInterval(watch);
      done(ended ?? String(code));
    });
  });

/** Every file below a folder, with what is in it. */
export const contentsOf = (root: string): [string, string][] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(root.length), readFileSync(file, 'utf8')]);
