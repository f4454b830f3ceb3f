import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { POLICY_FOLDERS } from './policy-files';

/** How folders that a synth writes to first are named, beside the one they are for. */
const PREFIX = '.synth-';

/** An empty folder beside the output folder, so that what is in it can be moved there; those of killed runs are removed. */
export function stagingFolder(outdir: string): string {
  const parent = dirname(outdir);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent).filter((name) => name.startsWith(PREFIX) && !isRunning(name))) {
    rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
}

function isRunning(name: string): boolean {
  try {
    return process.kill(Number(name.slice(PREFIX.length).split('-')[0]), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Moves what was synthesized to its place, file by file: beside it Terraform keeps what it downloaded. The manifest goes
 * last, so that a folder with a manifest is whole; policy files of an earlier synth go first, so that none speaks of a site
 * that is gone.
 */
export function publish(staging: string, outdir: string): void {
  mkdirSync(outdir, { recursive: true });
  for (const old of ['manifest.json', ...POLICY_FOLDERS]) rmSync(join(outdir, old), { recursive: true, force: true });
  const files = readdirSync(staging, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(staging.length + 1));
  for (const file of files.sort((a, b) => Number(a === 'manifest.json') - Number(b === 'manifest.json'))) {
    mkdirSync(dirname(join(outdir, file)), { recursive: true });
    renameSync(join(staging, file), join(outdir, file));
  }
}
