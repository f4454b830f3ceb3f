import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this repository, wherever a command is run from and however it was bundled. */
export const ROOT = upTo(__dirname);

function upTo(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : upTo(dirname(folder));
}
