import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { errorsOf, runTerraform, type Terraform } from './terraform';
import { TerraformError } from './terraform-error';

/** Providers that Terraform has installed and verified once, for all stacks that ask for the same releases. */
export interface Providers {
  /** What belongs at `.terraform/providers`. */
  readonly folder: string;
  /** The lock file of that, with the releases but without their hashes. */
  readonly lock: string;
  /** A folder for `-plugin-dir` with empty files in the place of providers. */
  readonly standIns: string;
}

/**
 * Installs providers into a folder that is not there yet. Terraform hashes half a gigabyte whenever it installs a
 * provider, and again whenever it starts one that its lock file has a hash of: this does it once.
 * @param required - the `required_providers` of a stack
 * @throws TerraformError with Terraform's words
 */
export async function installProviders(terraform: Terraform, folder: string, required: unknown): Promise<Providers> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
  const ended = await runTerraform(terraform, folder, ['init', '-backend=false', '-input=false', '-no-color']);
  if (ended.code !== 0) {
    const [first] = errorsOf(ended);
    const said = [first?.summary, first?.detail].join(': ').replaceAll(/\s+/g, ' ');
    throw new TerraformError(`${terraform.binary} cannot get the providers: ${said}`);
  }
  const installed = resolve(folder, '.terraform', 'providers');
  const standIns = resolve(folder, 'stand-ins');
  for (const path of packagesIn(installed)) {
    mkdirSync(join(standIns, ...path), { recursive: true });
    const [, , type = '', version = ''] = path;
    writeFileSync(join(standIns, ...path, `terraform-provider-${type}_v${version}`), '', { mode: 0o755 });
  }
  const lock = readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8');
  return { folder: installed, lock: lock.replaceAll(/^ *hashes = \[[^\]]*\]\n/gm, ''), standIns };
}

/** Each as host, namespace, type, version and platform. */
function packagesIn(folder: string, depth = 5): string[][] {
  if (depth === 0) return [[]];
  return readdirSync(folder).flatMap((name) =>
    packagesIn(join(folder, name), depth - 1).map((below) => [name, ...below]),
  );
}

/** Where downloads are kept between runs: the operator's cache, or the one that cdktf fills when it deploys. */
export function pluginCache(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  if (env.CDKTF_DISABLE_PLUGIN_CACHE_ENV) return {};
  const folder = env.TF_PLUGIN_CACHE_DIR || join(homedir(), '.terraform.d', 'plugin-cache');
  mkdirSync(folder, { recursive: true });
  // There is no lock file before the first init, and Terraform would download what the cache has.
  return { TF_PLUGIN_CACHE_DIR: folder, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' };
}
