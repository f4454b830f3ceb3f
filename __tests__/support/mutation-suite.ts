import { harmlessIn, partOf } from './harmless-mutants';
import { type Trials, tellsWhat, tryMutants } from './mutation-trials';

const TIMEOUT_MS = 300_000;

/** The tests of one config's policies with each part taken away in turn; one config a file, so that they run side by side. */
export function mutationSuite(config: Parameters<typeof tryMutants>[0], counts: { mutants: number; caught: number }) {
  let trials: Trials;

  describe(`policies of ${config}, each part taken away`, () => {
    beforeAll(() => {
      trials = tryMutants(config);
    }, TIMEOUT_MS);

    test('fail the proof, at least 95 % of them', () => {
      const { mutants, caught } = trials;
      expect(caught / mutants).toBeGreaterThanOrEqual(0.95);
      expect({ mutants, caught }).toEqual(counts);
    });

    test('pass it only where that is known to be harmless, and there they do', () => {
      const passing = new Set(trials.survivors.map(partOf));
      expect([...passing].sort()).toEqual(harmlessIn(config).sort());
    });

    test('are told by the edge that is broken or the request that is answered wrongly', () => {
      expect([...trials.told].filter((line) => !tellsWhat(line))).toEqual([]);
      expect(trials.told.size).toBeGreaterThan(500);
    });
  });
}
