import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Config } from '../../lib/config/config';
import { ConfigError } from '../../lib/config/config-error';
import { loadReviewedConfig } from '../../lib/review/review';
import { configInput } from '../support/arbitrary-config';
import { provableInMemory } from '../support/prove-in-memory';
import { temporaryFolder } from '../support/temporary-folder';

const RUNS = 200;
const TIMEOUT_MS = 300_000;
const folder = temporaryFolder();
const file = join(folder, 'backup.json');

function accepted(input: unknown): Config | undefined {
  writeFileSync(file, JSON.stringify(input));
  try {
    return loadReviewedConfig(file).config;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

describe('any config that is accepted', () => {
  test(
    'is proven as it is, whatever it says',
    () => {
      let proven = 0;

      fc.assert(
        fc.property(configInput, (input) => {
          const config = accepted(input);
          if (!config) return;
          proven++;
          expect(provableInMemory(config, folder).prove().failures).toEqual([]);
        }),
        { seed: 20_261_121, numRuns: RUNS },
      );

      expect(proven).toBeGreaterThanOrEqual(RUNS / 4);
    },
    TIMEOUT_MS,
  );
});
