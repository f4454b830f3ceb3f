import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { aProject, contentsOf, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 120_000;
const prove = (cwd: string, ...args: string[]) => runCommand('ops/prove.ts', cwd, args);

const project = aProject(join(folder, 'project'), { 'backup.yaml': readFileSync('backup.yaml', 'utf8') });

describe('npm run prove', () => {
  test(
    'shows every copy by what it needs, what is allowed and denied, and what is taken for granted',
    () => {
      const { status, stdout, stderr } = prove(project);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatchSnapshot();
    },
    TIMEOUT_MS,
  );

  test(
    'writes nothing',
    () => {
      expect(readdirSync(project)).toEqual(['backup.yaml']);
    },
    TIMEOUT_MS,
  );

  test(
    'tells programs the same as JSON',
    () => {
      const { edges, groups, attackPaths, acceptedRisks, failures } = JSON.parse(prove(project, '--json').stdout);
      expect(edges[0]).toEqual({
        edge: 'production/us-east-1 to vault/eu-west-1',
        grants: {
          'copy out': { right: 6, of: 6 },
          'copy in': { right: 2, of: 2 },
          share: { right: 7, of: 7 },
          'vault key': { right: 10, of: 10 },
          'resource key': { right: 30, of: 30 },
          'destination key': { right: 24, of: 24 },
        },
      });
      expect(groups).toContainEqual(
        expect.objectContaining({ group: 'delete or shorten a recovery point', expected: 'denied', actions: 4 }),
      );
      expect({ attackPaths, acceptedRisks, failures }).toEqual({
        attackPaths: { right: 30, of: 30 },
        acceptedRisks: [],
        failures: [],
      });
    },
    TIMEOUT_MS,
  );

  test(
    'explains itself',
    () => {
      const { status, stdout } = prove(project, '--help');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: npm run prove -- \[options\]\n/);
      expect(stdout).toContain('--no-synth  prove what lies in cdktf.out');
    },
    TIMEOUT_MS,
  );

  test(
    'fails on an argument it does not know',
    () => {
      const { status, stdout, stderr } = prove(project, '--all');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error: unknown option '--all'\n/);
    },
    TIMEOUT_MS,
  );

  test(
    'fails on a config that is refused, with its problems',
    () => {
      const broken = A_YAML.replace('prefix: cab', 'prefix: c');
      expect(prove(aProject(join(folder, 'broken'), { 'backup.yaml': broken }))).toEqual({
        status: 1,
        stdout: '',
        stderr: 'backup.yaml:4:9 prefix must be 2 to 20 letters, digits and -, and start with a letter, got "c"\n',
      });
    },
    TIMEOUT_MS,
  );

  test(
    'fails when it shall prove what nobody has synthesized',
    () => {
      expect(prove(aProject(join(folder, 'empty'), { 'backup.yaml': A_YAML }), '--no-synth')).toEqual({
        status: 1,
        stdout: '',
        stderr: 'cdktf.out holds no stacks: run npm run synth first\n',
      });
    },
    TIMEOUT_MS,
  );

  test(
    'proves what lies in cdktf.out, names the policy that somebody weakened there, and leaves it as it is',
    () => {
      const cwd = aProject(join(folder, 'weakened'), { 'backup.yaml': A_YAML });
      runCommand('main.ts', cwd);
      expect(prove(cwd, '--no-synth')).toMatchObject({ status: 0, stderr: '' });

      const stack = join(cwd, 'cdktf.out/stacks/destination-archive-eu-west-2/cdk.tf.json');
      writeFileSync(stack, readFileSync(stack, 'utf8').replace('\\"backup:DeleteBackupVaultAccessPolicy\\",', ''));
      const before = contentsOf(join(cwd, 'cdktf.out'));
      const { status, stdout } = prove(cwd, '--no-synth');

      expect(status).toBe(1);
      expect(stdout.split('\n').slice(-4)).toEqual([
        'must be denied by the resource policy alone, and no statement of it does: an administrator of 333333333333: backup:DeleteBackupVaultAccessPolicy on arn:aws:backup:eu-west-2:333333333333:backup-vault:cab-destination, which AdministratorAccess, statement 1 allows',
        'must be denied by the resource policy alone, and no statement of it does: the root user of 333333333333: backup:DeleteBackupVaultAccessPolicy on arn:aws:backup:eu-west-2:333333333333:backup-vault:cab-destination, which AdministratorAccess, statement 1 allows',
        'Not proven: 2 answers are not as the config promises.',
        '',
      ]);
      expect(contentsOf(join(cwd, 'cdktf.out'))).toEqual(before);
      expect(prove(cwd).status).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    'fails when cdktf.out is of another config',
    () => {
      const cwd = aProject(join(folder, 'other'), { 'backup.yaml': A_YAML });
      runCommand('main.ts', cwd);
      writeFileSync(join(cwd, 'backup.yaml'), A_YAML.replace('prefix: cab', 'prefix: other'));
      expect(prove(cwd, '--no-synth')).toEqual({
        status: 1,
        stdout: '',
        stderr:
          'stack destination-vault-eu-west-1 has no vault arn:aws:backup:eu-west-1:222222222222:backup-vault:other-destination: run npm run synth again\n',
      });
    },
    TIMEOUT_MS,
  );
});
