import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The default and every example, from the root of the repository. */
export const CONFIG_FILES = [
  'backup.yaml',
  ...readdirSync('examples')
    .map((name) => join('examples', name))
    .sort(),
];
