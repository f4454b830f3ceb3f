import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial } from '../../sandbox/trial/trial';
import { startCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';
import { buildByHand } from './built-by-hand';
import { aTrial, describeE2e, succeeded } from './e2e';

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

  test('takes over what exists with the first apply, and replaces nothing', async () => {
    const { destinationKeyArn } = await buildByHand(trial);
    const { status, stdout, stderr } = await adopt([]);
    process.stderr.write(`${new Date().toISOString()} adopted\n`);
    expect(status).toBe(0);
    expect(readFileSync(proposed, 'utf8')).toMatchSnapshot();
    const imports = JSON.parse(readFileSync(importsFile, 'utf8')) as Record<string, Record<string, string>>;
    const synth = await startCommand('main.ts', trial.project.folder, [], { ...env, BACKUP_CONFIG: proposed });
    expect(synth).toMatchObject({ status: 0 });
    expect(destinationKeyArn).not.toBe('');

    for (const stack of trial.deployment.stacks) {
      const terraform = async (...args: string[]) => {
        const outcome = await trial.deployment.terraform(stack, [...args]);
        process.stderr.write(`${new Date().toISOString()} ${stack} ${args[0]} ${outcome.code}\n${outcome.code ? outcome.output.slice(-3000) : ''}`);
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
  });
});
