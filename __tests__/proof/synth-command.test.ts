import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { A_YAML } from '../support/a-yaml';
import { aProject, contentsOf, killSynth, runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 120_000;

const NO_COPIES = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'NoCopies', Effect: 'Deny', Action: 'backup:CopyIntoBackupVault', Resource: '*' }],
});
const FAILING = `${A_YAML}guardrails: { extraScpFiles: [scp.json] }\n`;
const REFUSED = [
  'production/us-east-1 to vault/eu-west-1, copy in: must be allowed, and is denied by scp.json, NoCopies: arn:aws:iam::111111111111:role/cab-backup-us-east-1: backup:CopyIntoBackupVault on arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
  'production/us-east-1 to archive/eu-west-2, copy in: must be allowed, and is denied by scp.json, NoCopies: arn:aws:iam::111111111111:role/cab-backup-us-east-1: backup:CopyIntoBackupVault on arn:aws:backup:eu-west-2:333333333333:backup-vault:cab-destination',
  'production/us-east-2 to vault/eu-west-1, copy in: must be allowed, and is denied by scp.json, NoCopies: arn:aws:iam::111111111111:role/cab-backup-us-east-2: backup:CopyIntoBackupVault on arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
  'production/us-east-2 to archive/eu-west-2, copy in: must be allowed, and is denied by scp.json, NoCopies: arn:aws:iam::111111111111:role/cab-backup-us-east-2: backup:CopyIntoBackupVault on arn:aws:backup:eu-west-2:333333333333:backup-vault:cab-destination',
  'Not proven: 4 answers are not as the config promises.',
];

/** A project whose policies in force forbid every copy. */
const aFailingProject = (name: string) =>
  aProject(join(folder, name), { 'backup.yaml': FAILING, 'scp.json': NO_COPIES });
const leftOf = (cwd: string) => readdirSync(cwd).sort();

describe('synth', () => {
  test(
    'fails when the proof does, with what is wrong, and writes nothing',
    () => {
      const cwd = aFailingProject('failing');
      expect(runCommand('main.ts', cwd)).toEqual({
        status: 1,
        stdout: '',
        stderr: `${[...REFUSED, 'Nothing is written; what an earlier synth wrote stays. To write it all the same, say why in acceptFailingProof.'].join('\n')}\n`,
      });
      expect(leftOf(cwd)).toEqual(['backup.yaml', 'scp.json']);
    },
    TIMEOUT_MS,
  );

  test(
    'leaves an earlier synth byte for byte as it is when the proof fails, under the cdktf command too',
    () => {
      const cwd = aProject(join(folder, 'earlier'), { 'backup.yaml': A_YAML, 'scp.json': NO_COPIES });
      expect(runCommand('main.ts', cwd).status).toBe(0);
      const before = contentsOf(join(cwd, 'cdktf.out'));
      writeFileSync(join(cwd, 'backup.yaml'), FAILING);
      expect(runCommand('main.ts', cwd).status).toBe(1);
      expect(runCommand('main.ts', cwd, [], { CDKTF_OUTDIR: 'cdktf.out' })).toMatchObject({ status: 1, stdout: '' });
      expect(contentsOf(join(cwd, 'cdktf.out'))).toEqual(before);
      expect(leftOf(cwd)).toEqual(['backup.yaml', 'cdktf.out', 'scp.json']);
    },
    TIMEOUT_MS,
  );

  test(
    'writes what is not proven when the config says why, and repeats it',
    () => {
      const cwd = aFailingProject('accepted');
      writeFileSync(join(cwd, 'backup.yaml'), `${FAILING}acceptFailingProof: the policy goes on Monday\n`);
      const { status, stdout, stderr } = runCommand('main.ts', cwd);
      expect({ status, stderr }).toEqual({ status: 0, stderr: `${REFUSED.join('\n')}\n` });
      expect(stdout).toContain('accepted risk: the proof fails (acceptFailingProof: the policy goes on Monday).\n');
      expect(existsSync(join(cwd, 'cdktf.out/manifest.json'))).toBe(true);
    },
    TIMEOUT_MS,
  );

  test(
    'skips the proof when SKIP_PROOF is 1 and nothing else, and warns of it',
    () => {
      const cwd = aFailingProject('skipped');
      const { status, stdout, stderr } = runCommand('main.ts', cwd, [], { SKIP_PROOF: '1' });
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: 'warning: SKIP_PROOF is 1: nothing shows that copies are permitted and tampering is denied\n',
      });
      expect(stdout).not.toContain('Proven');
      expect(leftOf(cwd)).toEqual(['backup.yaml', 'cdktf.out', 'scp.json']);
      expect(runCommand('main.ts', cwd, [], { SKIP_PROOF: '0' }).status).toBe(1);
    },
    TIMEOUT_MS,
  );

  test(
    'fails with the file that is missing or no policy',
    () => {
      const cwd = aProject(join(folder, 'missing'), { 'backup.yaml': FAILING });
      const last =
        'Nothing is written; what an earlier synth wrote stays. To write it all the same, say why in acceptFailingProof.\n';
      expect(runCommand('main.ts', cwd).stderr).toBe(`${join(cwd, 'scp.json')} cannot be read\n${last}`);
      writeFileSync(join(cwd, 'scp.json'), '[]');
      expect(runCommand('main.ts', cwd)).toEqual({
        status: 1,
        stdout: '',
        stderr: `scp.json: a policy must be an object\n${last}`,
      });
    },
    TIMEOUT_MS,
  );

  test.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])(
    'leaves an earlier synth whole when it is stopped by %s, and the next one clears up',
    async (signal) => {
      const cwd = aProject(join(folder, signal), { 'backup.yaml': A_YAML });
      runCommand('main.ts', cwd);
      const before = contentsOf(join(cwd, 'cdktf.out'));
      const staged = () => readdirSync(cwd).filter((name) => name.startsWith('.synth-'));
      writeFileSync(join(cwd, 'backup.yaml'), A_YAML.replace('owner: platform', 'owner: security'));

      expect(await killSynth(cwd, signal, () => staged().length > 0)).toBe(signal);
      expect(contentsOf(join(cwd, 'cdktf.out'))).toEqual(before);
      expect(staged()).toHaveLength(1);

      expect(runCommand('main.ts', cwd).status).toBe(0);
      expect(staged()).toEqual([]);
      expect(readFileSync(join(cwd, 'cdktf.out/stacks/management/cdk.tf.json'), 'utf8')).toContain('security');
    },
    TIMEOUT_MS,
  );

  test(
    'writes below a folder that CDKTF_OUTDIR names and that is not there yet',
    () => {
      const cwd = aProject(join(folder, 'elsewhere'), { 'backup.yaml': A_YAML });
      mkdirSync(join(cwd, 'state'));
      expect(runCommand('main.ts', cwd, [], { CDKTF_OUTDIR: 'build/out' }).status).toBe(0);
      expect(existsSync(join(cwd, 'build/out/manifest.json'))).toBe(true);
      expect(leftOf(join(cwd, 'build'))).toEqual(['out']);
    },
    TIMEOUT_MS,
  );
});
