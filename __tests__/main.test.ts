import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { aProject, contentsOf, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 60_000;

/** Runs the app as `npm run synth` does, in a folder that has only a config file. */
function synth(name: string, config: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const cwd = aProject(join(folder, name), { 'backup.yaml': config });
  return { cwd, out: join(cwd, 'cdktf.out'), ...runCommand('main.ts', cwd, args, env) };
}

describe('main', () => {
  test(
    'writes the stacks of backup.yaml and says what they are and what comes next',
    () => {
      const { status, stdout, stderr, out } = synth('default', readFileSync('backup.yaml', 'utf8'));
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(stdout).toMatchSnapshot();
      expect(readdirSync(join(out, 'stacks')).sort()).toEqual([
        'destination-vault-eu-west-1',
        'management',
        'source-production-eu-central-1',
        'source-production-us-east-1',
      ]);
    },
    TIMEOUT_MS,
  );

  test(
    'puts no path of the machine into what it writes',
    () => {
      const { out } = synth('portable', readFileSync('backup.yaml', 'utf8'));
      const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
      expect(files.length).toBeGreaterThan(5);
      for (const file of files) expect(readFileSync(join(out, file), 'utf8')).not.toContain(folder);
    },
    TIMEOUT_MS,
  );

  test(
    'tells programs the same as JSON',
    () => {
      const { stdout } = synth('json', readFileSync('backup.yaml', 'utf8'), ['--json']);
      expect(JSON.parse(stdout)[1]).toEqual({
        stack: 'destination-vault-eu-west-1',
        role: 'destination',
        accountId: '222222222222',
        region: 'eu-west-1',
        providerAlias: 'destination-vault-eu-west-1',
        resources: 10,
        outputs: ['account_id', 'key_arn', 'region', 'restore_role_arn', 'vault_arn', 'vault_name'],
        waitsFor: ['management'],
      });
    },
    TIMEOUT_MS,
  );

  test(
    'writes what keys and vaults of others must allow',
    () => {
      const outside = 'arn:aws:backup:eu-west-3:444444444444:backup-vault:theirs';
      const config = A_YAML.replace('archive/eu-west-2, del', `"${outside}", del`);
      const { out } = synth('policies', config);
      expect(readdirSync(join(out, 'policies'))).toEqual(['vault-444444444444-eu-west-3-theirs.json']);
      expect(readdirSync(join(out, 'key-policies')).sort()).toEqual([
        'destination-vault-eu-west-1-vault-key.json',
        'source-production-us-east-1-resource-keys.json',
        'source-production-us-east-2-resource-keys.json',
      ]);
      const policy = JSON.parse(readFileSync(join(out, 'policies/vault-444444444444-eu-west-3-theirs.json'), 'utf8'));
      expect(policy.Statement[0]).toMatchObject({
        Principal: { AWS: ['arn:aws:iam::111111111111:root'] },
        Action: 'backup:CopyIntoBackupVault',
      });
    },
    TIMEOUT_MS,
  );

  test(
    'removes what is no longer in the config, and never a state',
    () => {
      const { cwd, out } = synth('stale', A_YAML);
      mkdirSync(join(cwd, 'state'));
      writeFileSync(join(cwd, 'state/destination-archive-eu-west-2.tfstate'), '{}');
      synth(
        'stale',
        A_YAML.replace('regions: [eu-west-2]', 'regions: [eu-west-3]').replace(
          'archive/eu-west-2',
          'archive/eu-west-3',
        ),
      );
      expect(existsSync(join(out, 'stacks/destination-archive-eu-west-2'))).toBe(false);
      expect(existsSync(join(out, 'stacks/destination-archive-eu-west-3'))).toBe(true);
      expect(readdirSync(join(cwd, 'state'))).toEqual(['destination-archive-eu-west-2.tfstate']);
    },
    TIMEOUT_MS,
  );

  test(
    'reads the file that BACKUP_CONFIG names',
    () => {
      const { status, stderr } = synth('other', A_YAML, [], { BACKUP_CONFIG: 'elsewhere.yaml' });
      expect(status).toBe(1);
      expect(stderr).toBe('elsewhere.yaml:1:1 does not exist: set BACKUP_CONFIG to a YAML file that can be read\n');
    },
    TIMEOUT_MS,
  );

  test(
    'fails with the problems alone, and writes nothing',
    () => {
      const { status, stdout, stderr, out } = synth('broken', A_YAML.replace('prefix: cab', 'prefix: c'));
      expect(status).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toBe(
        'backup.yaml:4:9 prefix must be 2 to 20 letters, digits and -, and start with a letter, got "c"\n',
      );
      expect(existsSync(out)).toBe(false);
    },
    TIMEOUT_MS,
  );

  test(
    'leaves an earlier synth as it is when the config is broken',
    () => {
      const { out, cwd } = synth('earlier', A_YAML);
      cpSync(out, join(cwd, 'before'), { recursive: true });
      expect(synth('earlier', A_YAML.replace('prefix: cab', 'prefix: c')).status).toBe(1);
      expect(contentsOf(out)).toEqual(contentsOf(join(cwd, 'before')));
    },
    TIMEOUT_MS,
  );

  test(
    'warns on standard error, and in the manifest for the cdktf command',
    () => {
      const config = A_YAML.replace('    selections:\n      - { name: any', '    # selections:\n    #  - { name: any');
      const { status, stderr, out } = synth('warned', config);
      const warning = 'backup.yaml:43:3 plans.weekly backs up nothing: it has no selections';
      expect(status).toBe(0);
      expect(stderr).toBe(`warning: ${warning}\n`);
      const { stacks } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
      expect(stacks.management.annotations).toMatchObject([{ level: '@cdktf/warn', message: warning }]);
    },
    TIMEOUT_MS,
  );

  test(
    'needs no Terraform, whatever the backend',
    () => {
      const hcp = A_YAML.replace('backend: local', 'backend: hcp, organization: acme');
      expect(
        synth('hcp', hcp, [], { PATH: dirname(process.execPath), TERRAFORM_BINARY_NAME: 'nowhere' }),
      ).toMatchObject({
        status: 0,
        stderr: '',
      });
    },
    TIMEOUT_MS,
  );

  test(
    'is quiet under the cdktf command, which has a table of its own',
    () => {
      expect(synth('quiet', A_YAML, [], { CDKTF_OUTDIR: 'cdktf.out' })).toMatchObject({
        status: 0,
        stdout: '',
        stderr: '',
      });
    },
    TIMEOUT_MS,
  );
});
