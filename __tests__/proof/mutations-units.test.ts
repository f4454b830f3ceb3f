import { harmlessIn, partOf } from '../support/harmless-mutants';
import { type Trials, tellsWhat, tryMutants } from '../support/mutation-trials';

const TIMEOUT_MS = 300_000;
const CONFIG = 'generations, units and break-glass roles';
let trials: Trials;

describe(`policies of ${CONFIG}, each part taken away`, () => {
  beforeAll(() => {
    trials = tryMutants(CONFIG);
  }, TIMEOUT_MS);

  test('fail the proof, at least 95 % of them', () => {
    const { mutants, caught } = trials;
    expect(caught / mutants).toBeGreaterThanOrEqual(0.95);
    expect({ mutants, caught }).toEqual({ mutants: 341, caught: 337 });
  });

  test('pass it only where that is known to be harmless, and there they do', () => {
    const passing = new Set(trials.survivors.map(partOf));
    expect([...passing].sort()).toEqual(harmlessIn(CONFIG).sort());
  });

  test('are told by the edge that is broken or the request that is answered wrongly', () => {
    expect([...trials.told].filter((line) => !tellsWhat(line))).toEqual([]);
    expect(trials.told.size).toBeGreaterThan(500);
  });
});
