import { invokeAspects } from 'cdktf/lib/synthesize/synthesizer';
import type { Config } from '../../lib/config/config';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { buildStacks } from '../../stacks/build-stacks';
import { organizationApp } from '../../stacks/organization-app';
import type { StackJson } from './synthesize';

/**
 * The stacks of a config by name, as `App.synth` would write them. To be quick there is no writing, none of the library's
 * own validations (they ask the Terraform binary for its version at each remote state), no stack trace of each token,
 * and no preparing of references from stack to stack, of which our stacks have none.
 */
export function synthesizeInMemory(config: Config, outdir: string): Readonly<Record<string, StackJson>> {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => '';
  try {
    const stacks = buildStacks(organizationApp(outdir), resolveTopology(config));
    for (const stack of stacks) invokeAspects(stack);
    // Only what survives the writing counts.
    return Object.fromEntries(
      stacks.map((stack) => [stack.site.stackName, JSON.parse(JSON.stringify(stack.toTerraform())) as StackJson]),
    );
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
