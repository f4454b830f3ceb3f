import type { Config } from '../../lib/config/config';
import type { OperatorFiles } from '../../lib/proof/actors';
import { type Proof, prove } from '../../lib/proof/proof';
import type { StackFile, Synthesized } from '../../lib/proof/synthesized';
import { policyFiles } from '../../lib/report/policy-files';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { synthesize } from './synthesize';
import { synthesizeInMemory } from './synthesize-in-memory';

/** Nothing that an operator would have to give. */
export const NO_FILES: OperatorFiles = { deployRolePolicy: undefined, extraServiceControl: [] };

/** A config's stacks, and a way to prove them or others in their place. */
export const provable = (config: Config) => proofOf(config, synthesize(config).stacks);

/** The same for thousands of configs: quick, and without the last steps of a synth. */
export const provableInMemory = (config: Config, outdir: string) => proofOf(config, synthesizeInMemory(config, outdir));

function proofOf(config: Config, made: object) {
  const topology = resolveTopology(config);
  const files = new Map(policyFiles(topology).map(({ path, content }) => [path, content]));
  const stacks = made as Synthesized['stacks'];
  const policyFile = (path: string): unknown => JSON.parse(files.get(path) ?? '');
  return {
    topology,
    stacks,
    prove: (others: Readonly<Record<string, StackFile>> = stacks, operator = NO_FILES): Proof =>
      prove(topology, { stacks: others, policyFile }, operator),
  };
}
