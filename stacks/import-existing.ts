import { TerraformResource } from 'cdktf';
import type { Problem } from '../lib/config/config-error';
import type { ImportsFile } from '../lib/config/imports-file';
import { didYouMean } from '../lib/config/suggestions';
import type { AccountStack } from './account-stack';

const STALE = ': npm run adopt writes the file anew, and after the apply that takes everything over it can be deleted';

/**
 * Lets resources of the stacks take over what exists, by import blocks. Of what a state has already, Terraform ignores them.
 * @throws ConfigError for stacks and constructs that are not there
 */
export function importExisting(stacks: readonly AccountStack[], { imports, refuse }: ImportsFile): void {
  const problems: Problem[] = [];
  const known = new Map(stacks.map((stack) => [stack.site.stackName, stack]));
  for (const [stackName, ids] of Object.entries(imports)) {
    const stack = known.get(stackName);
    if (!stack) {
      const meant = didYouMean(stackName, [...known.keys()]);
      problems.push({ path: [stackName], message: `must be a stack of the config${meant || STALE}`, isAtKey: true });
      continue;
    }
    const resources = resourcesOf(stack);
    for (const [path, id] of Object.entries(ids)) {
      const resource = resources.get(path);
      if (resource) resource.importFrom(id);
      else {
        const meant = didYouMean(path, [...resources.keys()]);
        problems.push({
          path: [stackName, path],
          message: `must be a resource of the stack${meant || STALE}`,
          isAtKey: true,
        });
      }
    }
  }
  if (problems.length > 0) throw refuse(problems);
}

function resourcesOf(stack: AccountStack): Map<string, TerraformResource> {
  const resources = stack.node.findAll().filter((node) => node instanceof TerraformResource);
  return new Map(resources.map((resource) => [resource.node.path.slice(stack.node.path.length + 1), resource]));
}
