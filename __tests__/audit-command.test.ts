import { join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { NOBODY } from './support/nobody';
import { aProject, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 60_000;
const project = aProject(join(folder, 'project'), { 'backup.yaml': A_YAML });
const audit = (args: string[], cwd = project) => runCommand('ops/audit.ts', cwd, args, NOBODY);

describe('npm run audit', () => {
  test(
    'explains itself',
    () => {
      const { status, stdout } = audit(['--help']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: npm run audit -- \[options\]\n/);
      expect(stdout).toMatch(/--jobs <n> +how many accounts to look at at once \(default: 16\)/);
      expect(stdout).toMatch(/Exit codes:\n {2}0 {2}no error was found \(with --strict: nothing was found\)\n/);
    },
    TIMEOUT_MS,
  );

  test.each([
    ['an argument it does not know', ['--fix'], /^error: unknown option '--fix'/],
    ['an account that is none', ['--account', '1'], /^--account must be 12 digits, got 1\n$/],
    [
      'no accounts at once',
      ['--jobs', '0'],
      /^error: option '--jobs <n>' argument '0' is invalid. It must be a whole number from 1 on\.\n/,
    ],
    ['a count of accounts that is none', ['--jobs', 'all'], /^error: option '--jobs <n>' argument 'all' is invalid. /],
    ['no credentials', [], /^there are no credentials of AWS: [^\n]+\n$/],
  ])(
    'fails on %s, in a line',
    (_, args, text) => {
      const { status, stdout, stderr } = audit(args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(text);
    },
    TIMEOUT_MS,
  );

  test(
    'fails on a config that is refused, with its problems',
    () => {
      const broken = A_YAML.replace('prefix: cab', 'prefix: c');
      expect(audit([], aProject(join(folder, 'broken'), { 'backup.yaml': broken }))).toEqual({
        status: 1,
        stdout: '',
        stderr: 'backup.yaml:4:9 prefix must be 2 to 20 letters, digits and -, and start with a letter, got "c"\n',
      });
    },
    TIMEOUT_MS,
  );
});
