import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes a folder that is gone when this process ends. */
export function folderOfProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cross-account-backup-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The environment by which Terraform finds its providers: a mirror on this machine, else the registry. A CLI config that
 * is there is the operator's; one that is only named, as on some machines, would fail each init.
 */
export function providerSource(): Readonly<Record<string, string>> {
  if (existsSync(process.env.TF_CLI_CONFIG_FILE ?? '')) return {};
  const file = join(folderOfProcess(), 'terraform.rc');
  const mirror = findMirror();
  const installation = mirror
    ? `provider_installation { filesystem_mirror { path = ${JSON.stringify(mirror)} } }\n`
    : '';
  writeFileSync(file, installation);
  // cdktf would have each stack copy the provider into a cache in the operator's home, and the mirror is one already.
  return { TF_CLI_CONFIG_FILE: file, ...(mirror ? { CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1' } : {}) };
}

/** The folder above `<host>/hashicorp/aws`, wherever this machine keeps its mirror. */
function findMirror(): string | undefined {
  const pruned = ['node_modules', '.git', '.terraform', 'plugin-cache', 'proc']
    .flatMap((name) => ['-o', '-name', name])
    .slice(1);
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
