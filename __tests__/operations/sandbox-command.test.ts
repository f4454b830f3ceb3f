import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BackupClient, ListBackupVaultsCommand, ListCopyJobsCommand } from '@aws-sdk/client-backup';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { aliveAmong, descendantsOf } from '../../sandbox/tools/process-tree';
import { copyConfig } from '../../sandbox/trial/project';
import { describeE2e, E2E_TIMEOUT_MS } from '../e2e/e2e';
import { temporaryFolder } from '../support/temporary-folder';
import { operateTheDayAfter } from './day-two';

const folder = temporaryFolder();
const SOURCE = '111111111111';
const COMMAND = [resolve('scripts/run.cjs'), resolve('sandbox/sandbox.ts')];

/** Whatever a test that fails leaves running. */
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM');
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `npm run sandbox`, in a group of its own as a terminal does. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const { BACKUP_CONFIG: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [...COMMAND, ...args], { env: { ...inherited, ...env }, detached: true });
  children.add(child);
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

  /** Ctrl-C, as a terminal sends it: to the command and all below. */
  const interrupt = async ({ child, ended }: ReturnType<typeof start>) => {
    const below = descendantsOf(child.pid ?? 0);
    expect(below.length).toBeGreaterThan(0);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining('Stopping') });
    for (let tries = 0; tries < 20 && aliveAmong(below).length > 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 500));
    expect(aliveAmong(below)).toEqual([]);
  };

  test(
    'ends all its children on Ctrl-C',
    async () => {
      const started = start([]);
      await new Promise<void>((go) => {
        started.child.stdout?.on('data', (chunk) => `${chunk}`.includes('cdktf deploy') && setTimeout(go, 8_000));
      });
      await interrupt(started);
    },
    E2E_TIMEOUT_MS,
  );

  test(
    'stays with --keep, open to clients and to our own commands that take the variables it prints, until Ctrl-C',
    async () => {
      const config = copyConfig('__tests__/e2e/small.yaml', join(folder, 'kept.yaml'), (copy) => {
        copy.deployRole = 'infrastructure/Deployer';
        copy.sources = {
          production: { accountId: SOURCE, regions: ['us-east-1'], plans: ['daily'], copyBack: true },
        };
      });
      const started = start(['--keep', '--json'], { BACKUP_CONFIG: config });
      let said = '';
      const kept = new Promise<void>((go) => {
        started.child.stderr?.on('data', (chunk: Buffer) => {
          said += chunk;
          if (said.includes('shows the copies.')) go();
        });
      });
      await Promise.race([kept, started.ended.then(({ code, err }) => Promise.reject(new Error(`${code}: ${err}`)))]);
      const variables = Object.fromEntries(
        [...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
      );
      const reached = { endpoint: variables.AWS_ENDPOINT_URL ?? '', region: 'us-east-1' };
      const sts = new STSClient({
        ...reached,
        credentials: {
          accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
          secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
        },
      });
      const RoleArn = `arn:aws:iam::${SOURCE}:role/OrganizationAccountAccessRole`;
      const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'operator' }));
      const source = new BackupClient({
        ...reached,
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
        },
      });
      const { CopyJobs = [] } = await source.send(new ListCopyJobsCommand({}));
      expect(CopyJobs.map(({ State }) => State)).toContain('COMPLETED');
      const { BackupVaultList } = await source.send(new ListBackupVaultsCommand({}));
      expect(BackupVaultList?.map(({ BackupVaultName }) => BackupVaultName)).toEqual(['cab-source']);
      const out = CopyJobs.find(({ SourceBackupVaultArn }) => SourceBackupVaultArn?.includes(SOURCE));
      await operateTheDayAfter(
        { ...process.env, ...variables, BACKUP_CONFIG: config },
        out?.DestinationRecoveryPointArn ?? '',
      );
      await interrupt(started);
      const { copies } = JSON.parse((await started.ended).out) as { copies: unknown[] };
      expect(copies).toHaveLength(CopyJobs.length);
    },
    E2E_TIMEOUT_MS,
  );
});
