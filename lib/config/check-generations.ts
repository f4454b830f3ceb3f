import type { Check } from './check';
import { accountSites } from './config-sites';

/** A site says of its vaults in one way only: of its only one, or of each generation. */
export const checkGenerations: Check = (config) =>
  accountSites(config).flatMap(({ site: { generations, lock, names }, path }) => {
    if (generations === undefined) return [];
    return [
      ...(lock === undefined
        ? []
        : [
            {
              path: [...path, 'lock'],
              message: `must not be given with generations, got mode "${lock.mode}": write it as the lock of the first generation, and the vault stays as it is`,
            },
          ]),
      ...(names.vault === undefined
        ? []
        : [
            {
              path: [...path, 'names', 'vault'],
              message: `must not be given with generations, got "${names.vault}": write it as names.vault of the first generation, and the vault stays as it is`,
            },
          ]),
    ];
  });
