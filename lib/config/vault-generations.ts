import { DEFAULT_LOCKS, type Generations, type LockConfig } from './lock-config';
import type { Path } from './path';

/** What a site says of its vaults. */
interface GivenVaults {
  readonly names: { readonly vault?: string | undefined };
  readonly lock?: LockConfig | undefined;
  readonly generations?: Generations;
}

/** One of the vaults of a site, as the operator wrote it. */
export interface VaultGeneration {
  readonly lock: LockConfig;
  /** Undefined where the name is made. */
  readonly vaultName: string | undefined;
  /** Where its settings stand below the site: nowhere deeper for the only vault. */
  readonly path: Path;
}

/** The vaults of a site in the order they came; the last is in use, and there is always one. */
export function generationsOf(
  { names, lock, generations }: GivenVaults,
  role: keyof typeof DEFAULT_LOCKS,
): VaultGeneration[] {
  return generations === undefined
    ? [{ lock: lock ?? DEFAULT_LOCKS[role], vaultName: names.vault, path: [] }]
    : generations.map((generation, index) => ({
        lock: generation.lock,
        vaultName: generation.names.vault,
        path: ['generations', index],
      }));
}
