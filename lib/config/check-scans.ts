import type { Check } from './check';
import type { Problem } from './config-error';
import { sourceSites } from './config-sites';

/**
 * Rules whose recovery points are indexed are those of rollouts: Terraform's AWS provider has no index actions, so a plan
 * that a stack makes would lack them without a word.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_plan
 */
export const checkIndexes: Check = (config) => {
  const sites = sourceSites(config);
  return Object.entries(config.plans).flatMap(([name, { rules }]) => {
    const user = sites.find(({ plans }) => plans.includes(name));
    if (user === undefined) return [];
    return rules.flatMap(({ index: types }, index): Problem[] =>
      types === undefined
        ? []
        : [
            {
              path: ['plans', name, 'rules', index, 'index'],
              message: `must be left out, got ${types.join(', ')}: source ${user.name} has the plan in its stack, and no release of Terraform's AWS provider has index actions; give rollouts a plan of their own`,
            },
          ],
    );
  });
};
