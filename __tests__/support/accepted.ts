import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../lib/config/config';
import { ConfigError } from '../../lib/config/config-error';
import { loadReviewedConfig } from '../../lib/review/review';

/** The config that comes of an input; undefined of one that is refused. */
export function accepted(folder: string, input: unknown): Config | undefined {
  const file = join(folder, 'backup.json');
  writeFileSync(file, JSON.stringify(input));
  try {
    return loadReviewedConfig(file).config;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
