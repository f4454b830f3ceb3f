import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { terraformBinary, unattended } from '../../lib/terraform/find-terraform';
import { folderOfProcess, providerSource } from './provider-mirror';

const run = promisify(execFile);

/** A Terraform that can get the AWS provider, or why there is none. */
export type Terraform = AvailableTerraform | { readonly isAvailable: false; readonly reason: string };

export interface AvailableTerraform {
  readonly isAvailable: true;
  /** Such as `terraform`; what cdktf calls by TERRAFORM_BINARY_NAME. */
  readonly binary: string;
  /** What has to be in the environment for it to find the provider and ask nobody for newer releases. */
  readonly env: Readonly<Record<string, string>>;
  /** What `init` and `validate` have to say against a stack; nothing when it is valid. */
  validate(stackFolder: string): Promise<string>;
  /** Runs any command, such as `plan -detailed-exitcode`, with these further environment variables. */
  run(folder: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Outcome>;
}

/** How a command ended, and all that it said. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/**
 * Looks for Terraform (or OpenTofu, or what TERRAFORM_BINARY_NAME says) and for a mirror of its providers on this
 * machine, with an AWS provider of these releases. Without a mirror `init` downloads, so one is tried before anything
 * counts on it.
 */
export function findTerraform(providers = '>= 5.100.0, < 7.0.0'): Terraform {
  const binary = terraformBinary();
  if (!binary) return { isAvailable: false, reason: 'no terraform or tofu on the PATH' };
  const added = { ...providerSource(), ...unattended() };
  const env = { ...process.env, ...added };
  const failure = tryInit(binary, env, providers);
  if (failure !== undefined) return { isAvailable: false, reason: `${binary} cannot get the AWS provider: ${failure}` };
  return {
    isAvailable: true,
    binary,
    env: added,
    validate: (folder) => validate(binary, env, folder),
    run: (folder, args, more) => outcomeOf(binary, args, { cwd: folder, env: { ...env, ...more } }),
  };
}

function tryInit(binary: string, env: NodeJS.ProcessEnv, version: string): string | undefined {
  const folder = folderOfProcess();
  const wanted = { terraform: { required_providers: { aws: { source: 'aws', version } } } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(wanted));
  try {
    execFileSync(binary, ['init', '-backend=false', '-input=false', '-no-color'], { cwd: folder, env, stdio: 'pipe' });
    return undefined;
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    return (stderr?.toString() ?? String(error)).replaceAll(/[\s│╷╵]+/g, ' ').trim();
  }
}

async function validate(binary: string, env: NodeJS.ProcessEnv, cwd: string): Promise<string> {
  try {
    await run(binary, ['init', '-backend=false', '-input=false', '-no-color'], { cwd, env });
    await run(binary, ['validate', '-no-color'], { cwd, env });
    return '';
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${stdout}\n${stderr}`;
  }
}

async function outcomeOf(
  binary: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(binary, [...args], { ...options, maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, output: `${stdout}\n${stderr}` };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { code: typeof code === 'number' ? code : 1, output: `${stdout}\n${stderr}` };
  }
}
