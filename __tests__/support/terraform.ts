import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Terraform that can get the AWS provider, or why there is none. */
export type Terraform =
  | {
      readonly isAvailable: true;
      validate(stackFolder: string): Promise<string>;
      /** Runs any command, such as `plan -detailed-exitcode`, with these further environment variables. */
      run(folder: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Outcome>;
    }
  | { readonly isAvailable: false; readonly reason: string };

/** How a command ended, and all that it said. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/**
 * Looks for Terraform (or OpenTofu, or what TERRAFORM_BINARY_NAME says) and for a mirror of its providers on this
 * machine, with an AWS provider of these releases. Without a mirror `init` downloads, so one is tried before any test
 * counts on it.
 */
export function findTerraform(providers = '>= 5.100.0, < 7.0.0'): Terraform {
  const binary = [process.env.TERRAFORM_BINARY_NAME, 'terraform', 'tofu'].find((name) => name && answers(name));
  if (!binary) return { isAvailable: false, reason: 'no terraform or tofu on the PATH' };
  const env = { ...process.env, ...providerSource(), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  const failure = tryInit(binary, env, providers);
  if (failure !== undefined) return { isAvailable: false, reason: `${binary} cannot get the AWS provider: ${failure}` };
  return {
    isAvailable: true,
    validate: (folder) => validate(binary, env, folder),
    run: (folder, args, more) => outcomeOf(binary, args, { cwd: folder, env: { ...env, ...more } }),
  };
}

function answers(binary: string): boolean {
  try {
    execFileSync(binary, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A CLI config that is there is the operator's; one that is only named, as on some machines, would fail each init. */
function providerSource(): Readonly<Record<string, string>> {
  if (existsSync(process.env.TF_CLI_CONFIG_FILE ?? '')) return {};
  const file = join(mkdtempSync(join(tmpdir(), 'cross-account-backup-')), 'terraform.rc');
  const mirror = findMirror();
  const installation = mirror
    ? `provider_installation { filesystem_mirror { path = ${JSON.stringify(mirror)} } }\n`
    : '';
  writeFileSync(file, installation);
  return { TF_CLI_CONFIG_FILE: file };
}

/** The folder above `<host>/hashicorp/aws`, wherever this machine keeps its mirror. */
function findMirror(): string | undefined {
  const pruned = ['node_modules', '.git', '.terraform', 'proc'].flatMap((name) => ['-o', '-name', name]).slice(1);
  const search = ['/', '-xdev', '-maxdepth', '7', '(', ...pruned, ')', '-prune', '-o'];
  const wanted = ['-type', 'd', '-path', '*/hashicorp/aws', '-print'];
  try {
    // Folders that may not be entered make find fail though it has found what is asked.
    const found = execFileSync('sh', ['-c', 'find "$@" 2>/dev/null || true', 'find', ...search, ...wanted], {
      encoding: 'utf8',
    });
    const [first] = found.split('\n').filter(Boolean);
    return first && dirname(dirname(dirname(first)));
  } catch {
    return undefined;
  }
}

function tryInit(binary: string, env: NodeJS.ProcessEnv, version: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'cross-account-backup-'));
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

/** What `init` and `validate` have to say against a stack; nothing when it is valid. */
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
