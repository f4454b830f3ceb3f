import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Config } from '../../lib/config/config';
import { ConfigError } from '../../lib/config/config-error';
import { loadReviewedConfig } from '../../lib/review/review';
import { aRolloutInput } from '../support/a-rollout';
import { rolloutInput } from '../support/arbitrary-rollouts';
import { policiesOf } from '../support/backup-policies-of';
import { grammarProblems } from '../support/backup-policy-grammar';
import { provableInMemory } from '../support/prove-in-memory';
import { temporaryFolder } from '../support/temporary-folder';

const RUNS = 200;
const PROOFS = 6;
const folder = temporaryFolder();
const file = join(folder, 'backup.json');

function load(input: object): Config | undefined {
  writeFileSync(file, JSON.stringify(input));
  try {
    return loadReviewedConfig(file).config;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

describe('any rollout', () => {
  test('is refused, or makes policies that keep the grammar and stacks that are proven', () => {
    const count = { accepted: 0, refused: 0 };

    fc.assert(
      fc.property(rolloutInput, (given) => {
        const config = load(aRolloutInput(given));
        if (!config) {
          count.refused++;
          return;
        }
        count.accepted++;
        expect(policiesOf(config).flatMap(grammarProblems)).toEqual([]);
        if (count.accepted > PROOFS) return;
        expect(provableInMemory(config, folder).prove().failures).toEqual([]);
      }),
      { seed: 20_261_121, numRuns: RUNS },
    );

    expect(count.accepted).toBeGreaterThanOrEqual(RUNS / 4);
    expect(count.refused).toBeGreaterThanOrEqual(RUNS / 10);
  }, 300_000);
});
