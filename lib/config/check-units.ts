import type { Check } from './check';
import type { Config } from './config';
import type { Problem } from './config-error';
import { isRootPath, lastStepOf, type PlacedRollout, placedRollouts } from './rollouts';

/** Units of rollouts are of this organization, and the root is reached only on purpose. */
export const checkUnits: Check = (config, { standIns }) => {
  const isKnown = !standIns.has('organization') && !standIns.has('organization.id');
  return placedRollouts(config).flatMap((placed) => [
    ...(isKnown ? foreignUnits(placed, config) : []),
    ...unacknowledgedRoot(placed),
    ...nestedUnits(placed),
  ]);
};

function foreignUnits({ rollout, path }: PlacedRollout, { organization: { id, rootId } }: Config): Problem[] {
  const inOrganization = rootId === undefined ? `${id}/` : `${id}/${rootId}/`;
  return rollout.ous.flatMap((ouPath, index) =>
    ouPath.startsWith(inOrganization)
      ? []
      : [
          {
            path: [...path, 'ous', index],
            message: `must be a path in organization ${inOrganization.slice(0, -1)}, got "${ouPath}"`,
          },
        ],
  );
}

function unacknowledgedRoot({ rollout, path }: PlacedRollout): Problem[] {
  const root = rollout.ous.find(isRootPath);
  if (root === undefined || rollout.acknowledgeRoot === lastStepOf(root)) return [];
  const given = rollout.acknowledgeRoot === undefined ? 'nothing' : `"${rollout.acknowledgeRoot}"`;
  const message = `must be "${lastStepOf(root)}" when ous names the root, got ${given}: the plans reach every account then, the management account and the destinations too`;
  return [{ path: [...path, 'acknowledgeRoot'], message }];
}

/** What is below a unit inherits its policies anyway. */
const nestedUnits = ({ rollout: { ous }, path }: PlacedRollout): Problem[] =>
  ous.flatMap((ouPath, index) => {
    const above = ous.find((other) => other !== ouPath && ouPath.startsWith(other));
    if (above === undefined) return [];
    const message = `must not be below another unit of the rollout, got "${ouPath}": ${above} reaches it already`;
    return [{ path: [...path, 'ous', index], message }];
  });
