import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial } from '../../sandbox/trial/trial';
import { aTrial, describeE2e, succeeded } from '../e2e/e2e';
import { startCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';
import { buildByHand } from './built-by-hand';

interface Change {
  readonly address: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: { readonly id: string } };
}

describeE2e('npm run adopt on an organization built by hand', () => {
  const config = join(temporaryFolder(), 'backup.yaml');
  const proposed = config.replace('.yaml', '.adopted.yaml');
  const importsFile = config.replace('.yaml', '.imports.json');
  let trial: Trial;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    copyFileSync(join(__dirname, 'adopt.yaml'), config);
    trial = await aTrial(config);
    env = { ...trial.deployment.environment(trial.operators.management), BACKUP_CONFIG: config };
  });
  afterAll(() => trial?.stop());

  const adopt = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    startCommand('ops/adopt.ts', trial.project.folder, args, { ...env, ...more });

  test('says that nothing is there, and writes nothing', async () => {
    const { status, stdout } = await adopt([]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('Nothing exists that this config would make')]);
    expect([proposed, importsFile].filter(existsSync)).toEqual([]);
  });

  test('fails with credentials of another account, and where an account cannot be entered', async () => {
    const { secretAccessKey, accessKeyId } = await trial.operators.administrator('111111111111');
    const others = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    expect(await adopt([], others)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^these credentials must be of the management account 999999999999, and are of 111111111111/,
      ),
    });
    const { status, stdout } = await adopt(['--json', '--role', 'Nobody']);
    expect([status, JSON.parse(stdout)]).toMatchObject([
      1,
      { missing: [{ accountId: '222222222222' }, { accountId: '111111111111' }], files: [] },
    ]);
    expect([proposed, importsFile].filter(existsSync)).toEqual([]);
  });

  test('takes over what exists with the first apply, and replaces nothing', async () => {
    const keyArns = await buildByHand(trial);
    const { status, stdout } = await adopt([]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('15 taken over, 8 to make, 0 refused, 0 to choose.')]);
    expect(
      keyArns.reduce((text, arn) => text.replace(arn, 'ITS-KEY'), readFileSync(proposed, 'utf8')),
    ).toMatchSnapshot();
    const imports = JSON.parse(readFileSync(importsFile, 'utf8')) as Record<string, Record<string, string>>;
    const synth = await startCommand('main.ts', trial.project.folder, [], { ...env, BACKUP_CONFIG: proposed });
    expect(synth).toMatchObject({ status: 0 });

    for (const stack of trial.deployment.stacks) {
      const terraform = async (...args: string[]) => {
        const outcome = await trial.deployment.terraform(stack, [...args]);
        succeeded(outcome);
        return outcome.output;
      };
      await terraform('init', '-input=false', '-no-color');
      await terraform('plan', '-input=false', '-no-color', '-out=first');
      const { resource_changes: changes } = JSON.parse((await terraform('show', '-json', 'first')).trim()) as {
        resource_changes: Change[];
      };
      const destroyed = changes.filter(({ change }) => change.actions.includes('delete'));
      expect(destroyed.map(({ address }) => address)).toEqual([]);
      const imported = changes.flatMap(({ change }) => change.importing?.id ?? []);
      expect(imported.sort()).toEqual(Object.values(imports[stack] ?? {}).sort());
      expect(await terraform('apply', '-input=false', '-no-color', 'first')).toContain(
        `Apply complete! Resources: ${imported.length} imported,`,
      );
    }
    expect(await trial.deployment.changes()).toEqual({});
    expect(await adopt([])).toMatchObject({ status: 1, stderr: expect.stringContaining('--force writes over') });
  });
});
