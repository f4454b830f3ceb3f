import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DriftReport, StackReport } from '../../lib/drift/report';
import { aliveAmong, descendantsOf } from '../../sandbox/tools/process-tree';
import type { Trial } from '../../sandbox/trial/trial';
import { STAGING } from '../e2e/an-organization';
import { aTrial, describeE2e, E2E_TIMEOUT_MS, succeeded } from '../e2e/e2e';
import { temporaryFolder } from '../support/temporary-folder';
import { PLANTED, somebodyElse } from './planted-drift';

const DEPLOYED = join(__dirname, 'drift.yaml');
const LATER = join(__dirname, 'drift-later.yaml');
const STAGING_STACK = 'source-staging-us-east-1';
const folder = temporaryFolder();
const cache = join(folder, 'plugin-cache');
mkdirSync(cache);

describeE2e('npm run drift, on an organization that is deployed', () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await aTrial(DEPLOYED);
    succeeded(await trial.deployment.deploy());
  }, E2E_TIMEOUT_MS);
  afterAll(() => trial?.stop());

  const commandOf = (args: readonly string[]) => [resolve('scripts/run.cjs'), resolve('ops/drift.ts'), ...args];
  const environment = (config: string): NodeJS.ProcessEnv => ({
    ...trial.deployment.environment(trial.operators.management),
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '',
    TF_PLUGIN_CACHE_DIR: cache,
    BACKUP_CONFIG: config,
  });

  /** Runs the real command in the folder of the trial. */
  const drift = (config: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((done) => {
      const where = { cwd: trial.project.folder, env: environment(config) };
      execFile(process.execPath, commandOf(args), where, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
    });

  const leftBehind = () => readdirSync(trial.project.folder).filter((name) => name.startsWith('.synth-'));
  const output = () => {
    const outdir = join(trial.project.folder, 'cdktf.out');
    return readdirSync(outdir, { recursive: true, encoding: 'utf8' }).map((name) => [
      name,
      statSync(join(outdir, name), { throwIfNoEntry: false })?.mtimeMs,
    ]);
  };

  test(
    'finds none where nobody did anything, and touches nothing',
    async () => {
      const before = output();
      const { code, out } = await drift(DEPLOYED);
      expect([code, out]).toEqual([0, expect.stringContaining('All 4 stacks are as deployed.')]);
      expect(output()).toEqual(before);
      expect(leftBehind()).toEqual([]);
    },
    E2E_TIMEOUT_MS,
  );

  test('keeps the provider in the operator’s plugin cache, and no stand-in of it', () => {
    const files = (...which: string[]) =>
      execFileSync('find', ['-L', cache, '-type', 'f', '-name', 'terraform-provider-aws_v*', ...which], {
        encoding: 'utf8',
      });
    expect(files()).toMatch(/\/terraform-provider-aws_v\S+\n$/);
    expect(files('-empty')).toBe('');
  });

  test(
    'ends every Terraform on Ctrl-C, and takes its folder away',
    async () => {
      const child = spawn(process.execPath, commandOf([]), { cwd: trial.project.folder, env: environment(DEPLOYED) });
      const ended = new Promise((done) => child.once('close', done));
      const providers = () => aliveAmong(descendantsOf(child.pid ?? 0)).filter((row) => row.includes('provider-aws'));
      while (providers().length === 0) await new Promise((go) => setTimeout(go, 100));
      const children = descendantsOf(child.pid ?? 0);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      for (let tries = 0; tries < 20 && aliveAmong(children).length > 0; tries += 1)
        await new Promise((go) => setTimeout(go, 100));
      expect(aliveAmong(children)).toEqual([]);
      expect(leftBehind()).toEqual([]);
    },
    E2E_TIMEOUT_MS,
  );

  describe('where somebody changed things, and the config says something new', () => {
    let report: DriftReport;
    let code: number;
    const stackOf = (name: string) => report.stacks.find(({ stack }) => stack === name);
    const planned = (name: string) => stackOf(name) as Extract<StackReport, { is: 'planned' }>;
    const summary = join(folder, 'summary.md');
    const issue = join(folder, 'issue.md');

    beforeAll(async () => {
      for (const { plant } of PLANTED) await plant(trial);
      await closeStaging();
      await copyState(STAGING_STACK, 'source-bygone-us-east-1');
      const { out, ...ended } = await drift(LATER, '--json', '--markdown', summary, '--issue', issue);
      code = ended.code;
      report = JSON.parse(out);
    }, E2E_TIMEOUT_MS);

    const closeStaging = async () => {
      const credentials = await trial.operators.of(STAGING.accountId);
      const iam = new IAMClient({ region: 'us-east-1', endpoint: trial.aws.url, credentials });
      const PolicyDocument = JSON.stringify(somebodyElse('arn:aws:iam::333333333333:root'));
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'OrganizationAccountAccessRole', PolicyDocument }));
      iam.destroy();
    };

    const copyState = async (from: string, to: string) => {
      const credentials = trial.operators.management;
      const s3 = new S3Client({ region: 'us-east-1', endpoint: trial.aws.url, credentials, forcePathStyle: true });
      const key = (stack: string) => `cross-account-backup/${stack}.tfstate`;
      const CopySource = `cab-states/${key(from)}`;
      await s3.send(new CopyObjectCommand({ Bucket: 'cab-states', Key: key(to), CopySource }));
      s3.destroy();
    };

    test.each(PLANTED)('finds that $name', ({ stack, resource, path, before, after }) => {
      const finding = planned(stack).changedOutside.find((one) => matches(one.resource, resource));
      if (path === undefined) expect(finding).toMatchObject({ change: 'deleted', differences: [] });
      else expect(finding?.differences).toContainEqual({ path, ...given({ before }), ...given({ after }) });
    });

    test('finds nothing else that was changed outside', () => {
      const found = report.stacks.flatMap((stack) => (stack.is === 'planned' ? stack.changedOutside : []));
      expect(found).toHaveLength(PLANTED.length);
    });

    test('tells what the config says otherwise apart, in the very plan that was changed outside', () => {
      const plan = planned('source-production-us-east-1').notApplied;
      expect(plan).toMatchObject([
        {
          resource: 'Plan-daily',
          differences: [{ path: 'rule[daily].lifecycle.delete_after', before: 35, after: 42 }],
        },
      ]);
    });

    test('counts what was never applied, and says what waits for it', () => {
      expect(planned('destination-vault-eu-central-1')).toMatchObject({ isNew: true, changedOutside: [] });
      expect(stackOf('source-production-us-west-2')).toMatchObject({
        is: 'waiting',
        waitsFor: ['destination-vault-eu-central-1'],
      });
    });

    test('says which account cannot be entered, and ends with 1 for it', () => {
      expect(stackOf(STAGING_STACK)).toMatchObject({
        is: 'failed',
        reason: expect.stringMatching(
          /^account 333333333333 cannot be entered: arn:aws:iam::333333333333:role\/\S+ is/,
        ),
      });
      expect(code).toBe(1);
    });

    test('lists the state that no stack owns', () => {
      expect(report.unownedStates).toEqual([
        {
          stack: 'source-bygone-us-east-1',
          where: 's3://cab-states/cross-account-backup/source-bygone-us-east-1.tfstate',
          resources: expect.any(Number),
        },
      ]);
    });

    test('writes it all for a pull request and for an issue, and no credentials', () => {
      const texts = [summary, issue].map((file) => readFileSync(file, 'utf8'));
      for (const text of texts) {
        expect(text).toContain(
          '<code>rule&#91;daily&#93;.schedule</code> | <code>cron(0 3 ? &#42; &#42; &#42;)</code>',
        );
        expect(text).toContain('source-bygone-us-east-1');
        expect(text).not.toContain(trial.operators.management.secretAccessKey);
      }
      expect(texts[1]).toContain('npx cdktf deploy management destination-vault-eu-west-1 source-production-us-east-1');
    });

    test(
      'ends with 2 where drift is all there is, for a stack alone',
      async () => {
        const { code: alone, out } = await drift(DEPLOYED, 'management');
        expect([alone, out]).toEqual([2, expect.stringContaining('Of 1 stacks: 1 changed outside.')]);
        expect(out).toContain('global_settings.isCrossAccountBackupEnabled: true → false');
      },
      E2E_TIMEOUT_MS,
    );
  });
});

const matches = (name: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/** What is not there on a side is not in the report. */
const given = (side: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(side).filter(([, value]) => value !== undefined));
