import fc from 'fast-check';
import { accepted } from '../support/accepted';
import { configInput } from '../support/arbitrary-config';
import { provableInMemory } from '../support/prove-in-memory';
import { temporaryFolder } from '../support/temporary-folder';

const RUNS = 200;
const TIMEOUT_MS = 300_000;
const folder = temporaryFolder();

describe('any config that is accepted', () => {
  test(
    'is proven as it is, whatever it says',
    () => {
      let proven = 0;

      fc.assert(
        fc.property(configInput, (input) => {
          const config = accepted(folder, input);
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
