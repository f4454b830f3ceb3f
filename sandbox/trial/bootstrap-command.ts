import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tools/root-folder';
import { type Credentials, sandboxEnvironment } from './identities';
import { TrialError } from './trial-error';

export interface BootstrapRun {
  readonly endpoint: string;
  /** Of the management account. */
  readonly credentials: Credentials;
  readonly region: string;
  readonly folder: string;
  readonly configFile: string;
}

/**
 * Runs the real `npm run bootstrap -- --deploy-roles` against the sandbox.
 * @returns what it says of itself in the end
 * @throws TrialError with all that it said, when it fails
 */
export function runBootstrap({ endpoint, credentials, region, folder, configFile }: BootstrapRun): Promise<string> {
  const args = [join(ROOT, 'scripts', 'run.cjs'), join(ROOT, 'ops', 'bootstrap.ts'), '--deploy-roles'];
  const env = { ...sandboxEnvironment(endpoint, credentials, region), BACKUP_CONFIG: configFile };
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
      if (error) fail(new TrialError(`npm run bootstrap failed:\n${stderr}${stdout}`));
      else done(stdout.trimEnd().split('\n').at(-1) ?? '');
    });
  });
}
