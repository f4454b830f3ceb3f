import { ProofError } from '../../lib/proof/proof-error';
import { HARMLESS, isAbout } from '../support/harmless-mutants';
import { MUTATED } from '../support/mutated-configs';
import { policyMutants } from '../support/policy-mutants';
import { provable } from '../support/prove-in-memory';

const TIMEOUT_MS = 300_000;

interface Trial {
  readonly mutant: string;
  /** None when the proof does not notice. */
  readonly failures: readonly string[];
}

function* trialsOf(config: keyof typeof MUTATED): Generator<Trial> {
  const { stacks, prove } = provable(MUTATED[config]());
  for (const { name: mutant, stacks: broken } of policyMutants(stacks)) {
    try {
      yield { mutant, failures: prove(broken).failures };
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      yield { mutant, failures: [error.message] };
    }
  }
}

const trials = new Map<string, readonly Trial[]>();
const all = () => [...trials.values()].flat();
const survivors = () => all().flatMap(({ mutant, failures }) => (failures.length === 0 ? [mutant] : []));
const count = (config: keyof typeof MUTATED) => {
  const tried = trials.get(config) ?? [];
  return {
    mutants: tried.length,
    caught: tried.filter(({ failures }) => failures.length > 0).length,
  };
};

/** Which edge lacks which grant, or which request is answered otherwise than promised, by whom and why. */
const TELLS = [
  /^(\S+ (back )?to \S+, (copy out|copy in|share|vault key|resource key|destination key): )?must be (allowed|denied)( by the (resource policy|guardrails|role policy) alone)?, and (is (denied|allowed) by|no) .+: .+: [a-z0-9]+:[A-Za-z]+ on \S+$/,
  /^nothing stops an administrator of \S+ who would .+$/,
  /^\S+: Statement must not be empty$/,
];

describe('policyMutants', () => {
  beforeAll(() => {
    for (const config of Object.keys(MUTATED) as (keyof typeof MUTATED)[]) trials.set(config, [...trialsOf(config)]);
  }, TIMEOUT_MS);

  test('are nearly all caught where backup.yaml is broken', () => {
    expect(count('backup.yaml')).toMatchInlineSnapshot(`
      {
        "caught": 343,
        "mutants": 348,
      }
    `);
  });

  test('are nearly all caught where air-gapped vaults and their keys are broken', () => {
    expect(count('air-gapped vaults under own keys')).toMatchInlineSnapshot(`
      {
        "caught": 369,
        "mutants": 382,
      }
    `);
  });

  test('are nearly all caught where generations, units and break-glass roles are broken', () => {
    expect(count('generations, units and break-glass roles')).toMatchInlineSnapshot(`
      {
        "caught": 293,
        "mutants": 297,
      }
    `);
  });

  test('are caught to at least 95 % in each config', () => {
    for (const config of Object.keys(MUTATED) as (keyof typeof MUTATED)[]) {
      const { mutants, caught } = count(config);
      expect(caught / mutants).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('pass unnoticed only where they are known to be harmless', () => {
    expect(survivors().filter((mutant) => !HARMLESS.some((row) => isAbout(row, mutant)))).toEqual([]);
  });

  test('are on the list of the harmless ones only as long as they pass unnoticed', () => {
    const stale = HARMLESS.filter((row) => !survivors().some((mutant) => isAbout(row, mutant)));
    expect(stale).toEqual([]);
  });

  test('are told by the edge that is broken or the request that is answered wrongly', () => {
    const lines = new Set(all().flatMap(({ failures }) => failures));
    expect([...lines].filter((line) => !TELLS.some((form) => form.test(line)))).toEqual([]);
    expect(lines.size).toBeGreaterThan(1_000);
  });
});
