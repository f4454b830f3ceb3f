import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { aliveAmong, descendantsOf } from '../../sandbox/tools/process-tree';
import { temporaryFolder } from '../support/temporary-folder';
import { describeE2e, E2E_TIMEOUT_MS } from './e2e';

const folder = temporaryFolder();
const COMMAND = [resolve('scripts/run.cjs'), resolve('sandbox/sandbox.ts')];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `npm run sandbox`, in a group of its own as a terminal does. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const { BACKUP_CONFIG: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [...COMMAND, ...args], { env: { ...inherited, ...env }, detached: true });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  return { child, ended: new Promise((done) => child.once('close', (code) => done({ code, out, err }))) };
}

describe('npm run sandbox', () => {
  test('tells what it does with --help, and refuses what it does not know', async () => {
    expect(await start(['--help']).ended).toMatchObject({ code: 0, out: expect.stringContaining('npm run sandbox') });
    expect(await start(['--kept']).ended).toMatchObject({ code: 1, err: expect.stringContaining("'--kept'") });
  }, 60_000);

  test('refuses a config with its mistakes, before anything is started', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'organization: { id: here }\n');
    const { code, err } = await start([], { BACKUP_CONFIG: broken }).ended;
    expect([code, err]).toEqual([1, expect.stringContaining('broken.yaml:1:21 organization.id must')]);
    expect(err).not.toContain('    at ');
  }, 60_000);

  test('says what is missing, and how to install it', async () => {
    const bare = join(folder, 'bin');
    mkdirSync(bare);
    symlinkSync('/bin/sh', join(bare, 'sh'));
    const { code, err } = await start([], { PATH: `${bare}:${dirname(process.execPath)}` }).ended;
    expect([code, err]).toEqual([1, expect.stringContaining('pip install "moto[server]"')]);
    expect(err).not.toContain('    at ');
  }, 60_000);
});

describeE2e('npm run sandbox, with its tools', () => {
  test(
    'deploys the default, shows its copies, and takes everything away again',
    async () => {
      const { code, out, err } = await start([]).ended;
      expect([code, err]).toEqual([0, '']);
      for (const line of [
        /\[3\/9\] cdktf deploy '\*': management, destination-vault-eu-west-1, source-production-us-east-1, /,
        /volume\/vol-\w+ +snap-\w+ +production\/us-east-1 → vault\/eu-west-1 +snap-\w+ +key\/\w{8} +20\d\d-\d\d-\d\d/,
        /→ vault\/eu-west-1 +FAILED \(\d\)/,
        /^\(\d\) Given key ID is not accessible$/,
        /vault\/eu-west-1 → production\/us-east-1 +/,
        /^ +no changes$/,
        /destination-vault-eu-west-1: Resource aws_backup_vault\.\w+ has lifecycle\.prevent_destroy set/,
        /1 governance locks and \d\d recovery points removed/,
        /AWS would keep it too: key [\w-]+ in 222222222222 eu-west-1 .*deleted on /,
        /^Everything came as it should, in \d+ s\.$/,
      ])
        expect(out.split('\n')).toContainEqual(expect.stringMatching(line));
    },
    E2E_TIMEOUT_MS,
  );

  test(
    'ends all its children on Ctrl-C',
    async () => {
      const { child, ended } = start([]);
      const begun = new Promise<void>((go) => {
        child.stdout?.on('data', (chunk: Buffer) => `${chunk}`.includes('cdktf deploy') && setTimeout(go, 8_000));
      });
      await begun;
      const children = descendantsOf(child.pid ?? 0);
      expect(children.length).toBeGreaterThan(2);
      process.kill(-(child.pid ?? 0), 'SIGINT');
      expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining('Stopping') });
      for (let tries = 0; tries < 20 && aliveAmong(children).length > 0; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 500));
      expect(aliveAmong(children)).toEqual([]);
    },
    E2E_TIMEOUT_MS,
  );
});
