import { execFile } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Audited, type AuditOptions, audit } from '../../lib/audit/audit';
import type { Finding } from '../../lib/audit/finding';
import { faults } from '../../sandbox/gateway/faults';
import type { Scope } from '../../sandbox/gateway/signature';
import { sandboxEnvironment } from '../../sandbox/trial/identities';
import type { Trial } from '../../sandbox/trial/trial';
import { isRead } from '../audit/is-read';
import { type Recorder, recordCalls } from '../audit/record-calls';
import { aTrial, describeE2e, E2E_TIMEOUT_MS, succeeded } from '../e2e/e2e';
import { FAULTS } from './audit-faults';

describeE2e('npm run audit', () => {
  let trial: Trial;
  let throttle: ReturnType<typeof faults>['intercept'] | undefined;
  const calls: Recorder = recordCalls();
  const look = (options: Partial<AuditOptions> = {}): Promise<Audited> =>
    audit(
      trial.project.config,
      trial.project.topology,
      { endpoint: trial.aws.url, credentials: trial.operators.management },
      // The rates of AWS are not the sandbox's.
      { jobs: 4, onProgress: () => {}, timer: { now: Date.now, wait: async () => {} }, ...options },
    );

  beforeAll(async () => {
    trial = await aTrial(join(__dirname, 'audit.yaml'), {
      intercept: (scope: Scope | undefined, incoming: IncomingMessage) => {
        calls.hear(scope, incoming);
        return throttle?.(scope, incoming);
      },
    });
    succeeded(await trial.deployment.deploy());
  }, E2E_TIMEOUT_MS);
  afterAll(() => trial?.stop());

  test('finds nothing where all is as the stacks made it, and only reads', async () => {
    calls.begin();
    const { findings, ...counts } = await look();
    const asked = calls.end();
    expect(findings).toEqual([]);
    expect(counts).toMatchObject({ accounts: 3, places: 2, checks: 26 });
    expect(asked.length).toBeGreaterThan(20);
    expect(await Promise.all(asked.map(isRead))).toEqual(asked.map(() => 'a read'));
  });

  test.each(FAULTS)('finds $name, and nothing else', async ({ plant, findings }) => {
    const undo = await plant(trial);
    const { findings: found } = await look();
    await undo();
    expect(found.map(lineOf).sort()).toEqual([...findings].sort().map((line) => expect.stringContaining(line)));
  });

  test('finds the same where AWS answers every fifth request that it is too much', async () => {
    throttle = faults({ throttled: 0.2, failing: 0, seed: 1 }).intercept;
    const { findings, checks } = await look();
    throttle = undefined;
    expect({ findings, checks }).toEqual({ findings: [], checks: 26 });
  });

  test('is clean again, as the command says too', async () => {
    const { url } = trial.aws;
    const env = {
      ...sandboxEnvironment(url, trial.operators.management, 'us-east-1'),
      BACKUP_CONFIG: trial.project.configFile,
    };
    const outcome = await new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
      const script = [join('scripts', 'run.cjs'), join('ops', 'audit.ts')];
      execFile(process.execPath, script, { env }, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
    expect(outcome).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^0 errors, 0 warnings in 26 checks in 3 accounts and 2 account-Regions, as arn:/),
      stderr: expect.stringMatching(/^0 of 3 accounts\n/),
    });
  });
});

const lineOf = ({ severity, where: { accountId, region }, what, found }: Finding) =>
  `${severity} | ${[accountId, region].filter((part) => part !== undefined).join(' ')} | ${what} | ${found}`;
