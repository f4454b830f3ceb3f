import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Providers } from './providers';
import { type Diagnostic, errorsInMessages, errorsOf, runTerraform, type Terraform } from './terraform';

/** What came of a plan: nothing to do, what `terraform show -json` says of it, or why there is none. */
export type Planned =
  | { readonly is: 'unchanged' }
  | { readonly is: 'changed'; readonly plan: unknown }
  | { readonly is: 'failed'; readonly errors: readonly Diagnostic[] };

/** A plan waits for no lock and takes none: it reads. */
const PLAN = ['plan', '-detailed-exitcode', '-lock=false', '-input=false', '-json', '-out=plan'];

/**
 * Plans a synthesized stack, with the state of its own backend and everything read anew.
 * @param folder - the stack's, in which nothing has been initialized yet
 */
export async function planStack(terraform: Terraform, folder: string, providers: Providers): Promise<Planned> {
  const initialized = await initialize(terraform, folder, providers);
  if (initialized.length > 0) return { is: 'failed', errors: initialized };
  const planned = await runTerraform(terraform, folder, PLAN);
  if (planned.code === 0) return { is: 'unchanged' };
  if (planned.code !== 2) return { is: 'failed', errors: errorsInMessages(planned) };
  // It starts the provider again, so only for plans that say more than that nothing changes.
  const shown = await runTerraform(terraform, folder, ['show', '-json', 'plan']);
  if (shown.code !== 0) return { is: 'failed', errors: errorsOf(shown) };
  return { is: 'changed', plan: JSON.parse(shown.stdout) };
}

/** Initializes the backend alone: `init` gets stand-ins, which it hashes at once, and the plan gets the providers. */
async function initialize(terraform: Terraform, folder: string, { standIns, ...installed }: Providers) {
  // No stand-in may get into the operator's cache, which an environment or a CLI config can name.
  const cache = resolve(folder, 'stand-in-cache');
  mkdirSync(cache);
  const ended = await runTerraform({ ...terraform, env: { ...terraform.env, TF_PLUGIN_CACHE_DIR: cache } }, folder, [
    'init',
    '-input=false',
    '-no-color',
    `-plugin-dir=${standIns}`,
  ]);
  if (ended.code !== 0) return errorsOf(ended);
  const own = join(folder, '.terraform');
  for (const made of ['providers', 'plugin_path']) rmSync(join(own, made), { recursive: true, force: true });
  symlinkSync(installed.folder, join(own, 'providers'));
  writeFileSync(join(folder, '.terraform.lock.hcl'), installed.lock);
  return [];
}
