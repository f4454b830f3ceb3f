import { join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { NOBODY } from './support/nobody';
import { aProject, contentsOf, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 60_000;

const project = (name: string, more: Readonly<Record<string, string>> = {}) =>
  aProject(join(folder, name), { 'backup.yaml': A_YAML, ...more });
const adopt = (cwd: string, ...args: string[]) => runCommand('ops/adopt.ts', cwd, args, NOBODY);

describe('npm run adopt', () => {
  test(
    'explains itself',
    () => {
      const { status, stdout } = adopt(project('help'), '--help');
      expect([status, stdout]).toEqual([0, expect.stringMatching(/^Usage: npm run adopt -- \[options\]\n/)]);
      expect(stdout).toMatch(/Exit codes:\n {2}0 {2}everything that exists is taken over, or nothing exists\n/);
    },
    TIMEOUT_MS,
  );

  test(
    'fails without credentials, in a line, and writes nothing',
    () => {
      const cwd = project('nobody');
      expect(adopt(cwd)).toEqual({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^there are no credentials of AWS: [^\n]+\n$/),
      });
      expect(contentsOf(cwd).map(([name]) => name)).toEqual(['/backup.yaml']);
    },
    TIMEOUT_MS,
  );

  test(
    'fails before anything is asked where a file of an earlier run is in the way',
    () => {
      expect(adopt(project('again', { 'backup.imports.json': '{}' }))).toEqual({
        status: 1,
        stdout: '',
        stderr: 'backup.imports.json must not be there yet: --force writes over, --dry-run writes nothing\n',
      });
    },
    TIMEOUT_MS,
  );
});
