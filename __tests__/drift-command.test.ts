import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { aProject, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 60_000;
const project = aProject(join(folder, 'project'), { 'backup.yaml': A_YAML });
const bin = join(folder, 'bin');
mkdirSync(bin);
symlinkSync('/bin/sh', join(bin, 'sh'));
const NO_TERRAFORM = { PATH: `${bin}:${dirname(process.execPath)}`, TERRAFORM_BINARY_NAME: '' };
const drift = (args: string[], env: NodeJS.ProcessEnv = NO_TERRAFORM) => runCommand('ops/drift.ts', project, args, env);
const WRONG_JOBS =
  /^error: option '--jobs <number>' argument '\S+' is invalid\. It must be a whole number from 1 on\.\n\(npm run drift -- --help tells all\)\n$/;

describe('npm run drift', () => {
  test(
    'explains itself',
    () => {
      const { status, stdout } = drift(['--help']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: npm run drift -- \[options\] \[stacks\.\.\.\]\n/);
      expect(stdout).toMatch(/Exit codes:\n {2}0 {2}nothing was changed outside;/);
    },
    TIMEOUT_MS,
  );

  test.each([
    ['an argument it does not know', ['--all'], /^error: unknown option '--all'/],
    ['a number of jobs that is none', ['--jobs', 'many'], WRONG_JOBS],
    ['no jobs at all', ['--jobs', '0'], WRONG_JOBS],
    ['half a job', ['--jobs', '1.5'], WRONG_JOBS],
    [
      'a stack that is a slip away from one',
      ['source-production-us-east1'],
      /^there is no stack source-production-us-east1: did you mean source-production-us-east-1\?\n$/,
    ],
    ['a stack that is like none', ['x'], /^there is no stack x: there are management, destination-/],
    [
      'no Terraform',
      [],
      /^there is no terraform or tofu on the PATH: install one \(\S+\), or name it in TERRAFORM_BINARY_NAME\n$/,
    ],
  ])(
    'fails on %s, in a line, and leaves nothing behind',
    (_, args, text) => {
      const { status, stdout, stderr } = drift(args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(text);
      expect(readdirSync(project)).toEqual(['backup.yaml']);
    },
    TIMEOUT_MS,
  );
});
