import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigError } from '../lib/config/config-error';
import type { LoadedConfig } from '../lib/config/load-config';
import { loadReviewedConfig } from '../lib/review/review';
import { aConfigInput, aPlan } from './support/a-config';
import { configInput } from './support/arbitrary-config';
import { brokenProtection } from './support/restated-protection';
import { brokenRules } from './support/restated-stacks';
import { synthesizeInMemory } from './support/synthesize-in-memory';
import { temporaryFolder } from './support/temporary-folder';

const RUNS = 2_000;
const folder = temporaryFolder();
const file = join(folder, 'backup.json');

/** What is there to deploy, or what is wrong; any other exception ends the test. */
function load(text: string): LoadedConfig | ConfigError {
  writeFileSync(file, text);
  try {
    return loadReviewedConfig(file);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** Each problem has a place in the file and one line that says it. */
function expectTold(told: ConfigError['problems'], text: string): void {
  const lines = text.split('\n');
  const lost = told.filter(({ line, column, message }) => {
    const isInFile = column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
    return !isInFile || !/^\S[^\r\n]*$/.test(message);
  });
  expect(lost).toEqual([]);
}

describe('any config', () => {
  test('is refused with places, or makes stacks that keep every rule of AWS and are protected as it says', () => {
    const count = { accepted: 0, refused: 0 };

    fc.assert(
      fc.property(configInput, (input) => {
        const text = JSON.stringify(input, null, 1);
        const loaded = load(text);
        if (loaded instanceof ConfigError) {
          count.refused++;
          expect(loaded.problems).not.toEqual([]);
          expectTold(loaded.problems, text);
          return;
        }
        count.accepted++;
        expectTold(loaded.warnings, text);
        const stacks = synthesizeInMemory(loaded.config, folder);
        expect([...brokenRules(stacks), ...brokenProtection(stacks, loaded.config)]).toEqual([]);
      }),
      { seed: 20_261_121, numRuns: RUNS },
    );

    expect(count.accepted).toBeGreaterThanOrEqual(RUNS / 4);
    expect(count.refused).toBeGreaterThanOrEqual(RUNS / 4);
  }, 600_000);

  // Found by the property once.
  describe('is refused well', () => {
    const { management } = aConfigInput();

    test('when a map with the key toString stands for a word (KEYS)', () => {
      const globalSettings = { ...management.globalSettings, multiPartyApproval: { toString: 1 } };
      expect(load(JSON.stringify(aConfigInput({ management: { ...management, globalSettings } })))).toBeInstanceOf(
        ConfigError,
      );
    });

    test.each(['resources', 'notResources'])('when a line ends in %s (texts)', (field) => {
      const selections = [{ name: 'a', tags: { a: 'b' }, [field]: ['x\n'] }];
      const text = JSON.stringify(aConfigInput({ plans: { daily: aPlan({ selections }) } }), null, 1);
      const loaded = load(text);
      expectTold(loaded instanceof ConfigError ? loaded.problems : [], text);
    });
  });
});
