import { ProofError } from '../../lib/proof/proof-error';
import { MUTATED } from './mutated-configs';
import { policyMutants } from './policy-mutants';
import { provable } from './prove-in-memory';

/** What became of a config's stacks when every part of every policy was taken away in turn. */
export interface Trials {
  readonly mutants: number;
  readonly caught: number;
  /** The names of those that the proof did not notice. */
  readonly survivors: readonly string[];
  /** Every different line that told of the others. */
  readonly told: ReadonlySet<string>;
}

/** Breaks one of the configs in every way; each file of tests does so for one, so that they run side by side. */
export function tryMutants(config: keyof typeof MUTATED): Trials {
  const { stacks, prove } = provable(MUTATED[config]());
  const survivors: string[] = [];
  const told = new Set<string>();
  let mutants = 0;
  for (const { name, stacks: broken } of policyMutants(stacks)) {
    mutants++;
    const failures = failuresOf(() => prove(broken).failures);
    if (failures.length === 0) survivors.push(name);
    for (const line of failures) told.add(line);
  }
  return { mutants, caught: mutants - survivors.length, survivors, told };
}

function failuresOf(prove: () => readonly string[]): readonly string[] {
  try {
    return prove();
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return [error.message];
  }
}

const EDGE = String.raw`(\S+ (back )?to \S+, (copy out|copy in|share|vault key|resource key|destination key): )?`;
const ALONE = '( by the (resource policy|guardrails|role policy) alone)?';
const REQUEST = String.raw`[^:]+.*: [a-z0-9-]+:[A-Za-z]+ on \S+`;
const FORMS = [
  new RegExp(`^${EDGE}must be allowed${ALONE}, and (is denied by|no) .+: ${REQUEST}$`),
  new RegExp(`^must be denied${ALONE}, and no statement of .+: ${REQUEST}, which .+ allows$`),
  /^nothing stops an administrator of \S+ who would .+$/,
  /^\S+: Statement must not be empty$/,
];

/** Whether a line says which edge lacks which grant, or which request is answered otherwise than promised, and why. */
export const tellsWhat = (line: string): boolean => FORMS.some((form) => form.test(line));
