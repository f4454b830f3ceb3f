import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the folders of stacks that the config no longer has, as the cdktf command does. They hold no state; a stack
 * that still has resources must be destroyed before its site leaves the config.
 */
export function removeStaleStacks(outdir: string, current: readonly string[]): void {
  const folder = join(outdir, 'stacks');
  for (const name of readdirSync(folder)) {
    if (!current.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
