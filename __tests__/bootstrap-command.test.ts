import { join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { NOBODY } from './support/nobody';
import { aProject, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 60_000;
const project = aProject(join(folder, 'project'), { 'backup.yaml': A_YAML });
const bootstrap = (args: string[], cwd = project) => runCommand('ops/bootstrap.ts', cwd, args, NOBODY);

describe('npm run bootstrap', () => {
  test(
    'explains itself',
    () => {
      const { status, stdout } = bootstrap(['--help']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: npm run bootstrap -- \[options\]\n/);
      expect(stdout).toMatch(/--dry-run +reads only, and shows each call that it would make/);
      expect(stdout).toMatch(/Exit codes:\n {2}0 {2}everything is there\n/);
    },
    TIMEOUT_MS,
  );

  test.each([
    ['an argument it does not know', ['--force'], /^error: unknown option '--force'/],
    [
      'somebody to trust who is none',
      ['--deploy-roles', '--trust', 'arn:aws:iam::1:user/me'],
      /^--trust must be the ARN of a role or an account, got arn:aws:iam::1:user\/me\n$/,
    ],
    [
      'somebody to trust with nothing',
      ['--trust', 'arn:aws:iam::999999999999:root'],
      /^--trust is for the roles that --deploy-roles makes\n$/,
    ],
    ['no credentials', [], /^there are no credentials of AWS: [^\n]+\n$/],
  ])(
    'fails on %s, in a line',
    (_, args, text) => {
      const { status, stdout, stderr } = bootstrap(args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(text);
    },
    60_000,
  );

  test(
    'fails on a config that is refused, with its problems',
    () => {
      const broken = A_YAML.replace('prefix: cab', 'prefix: c');
      expect(bootstrap([], aProject(join(folder, 'broken'), { 'backup.yaml': broken }))).toEqual({
        status: 1,
        stdout: '',
        stderr: 'backup.yaml:4:9 prefix must be 2 to 20 letters, digits and -, and start with a letter, got "c"\n',
      });
    },
    TIMEOUT_MS,
  );
});
