import type { Config } from '../../lib/config/config';
import type { OperatorFiles } from '../../lib/proof/actors';
import { type Proof, prove } from '../../lib/proof/proof';
import type { StackFile, Synthesized } from '../../lib/proof/synthesized';
import { policyFiles } from '../../lib/report/policy-files';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { synthesize } from './synthesize';

/** Nothing that an operator would have to give. */
export const NO_FILES: OperatorFiles = { deployRolePolicy: undefined, extraServiceControl: [] };

/** A config's stacks, and a way to prove them or others in their place. */
export function provable(config: Config) {
  const topology = resolveTopology(config);
  const files = new Map(policyFiles(topology).map(({ path, content }) => [path, content]));
  const stacks = synthesize(config).stacks as unknown as Synthesized['stacks'];
  const policyFile = (path: string): unknown => JSON.parse(files.get(path) ?? '');
  return {
    topology,
    stacks,
    prove: (others: Readonly<Record<string, StackFile>> = stacks, operator = NO_FILES): Proof =>
      prove(topology, { stacks: others, policyFile }, operator),
  };
}
