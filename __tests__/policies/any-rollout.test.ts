import fc from 'fast-check';
import { aRolloutInput } from '../support/a-rollout';
import { accepted } from '../support/accepted';
import { rolloutInput } from '../support/arbitrary-rollouts';
import { policiesOf } from '../support/backup-policies-of';
import { grammarProblems } from '../support/backup-policy-grammar';
import { provableInMemory } from '../support/prove-in-memory';
import { temporaryFolder } from '../support/temporary-folder';

const RUNS = 200;
const PROOFS = 6;
const folder = temporaryFolder();

describe('any rollout', () => {
  test('is refused, or makes policies that keep the grammar and stacks that are proven', () => {
    const count = { accepted: 0, refused: 0 };

    fc.assert(
      fc.property(rolloutInput, (given) => {
        const config = accepted(folder, aRolloutInput(given));
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
