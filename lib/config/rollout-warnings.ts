import type { Config } from './config';
import type { Problem } from './config-error';
import { sourceSites } from './config-sites';
import { isReached, isRootPath, placedRollouts } from './rollouts';

/** What a rollout reaches that its author may not think of. */
export const rolloutWarnings = (config: Config): Problem[] => [
  ...rootsReached(config),
  ...destinationsReached(config),
  ...sourcesOfUnknownReach(config),
];

const rootsReached = (config: Config): Problem[] =>
  placedRollouts(config).flatMap(({ rollout, path }) => {
    const index = rollout.ous.findIndex(isRootPath);
    if (index < 0) return [];
    const message =
      'reaches the management account too, where StackSets make no vault: its jobs fail there; name the units instead, and the management account in sources';
    return [{ path: [...path, 'ous', index], message }];
  });

const destinationsReached = (config: Config): Problem[] =>
  placedRollouts(config).flatMap(({ rollout, path }) =>
    Object.entries(config.destinations)
      .filter(([, account]) => isReached(rollout, account) === true)
      .map(([name]) => ({
        path: [...path, 'ous'],
        message: `reach the account of destination ${name} too: what is backed up there and copied to it is lost with the account`,
        isAtKey: true,
      })),
  );

/** Whether an account is backed up twice by one plan, only its unit can tell. */
const sourcesOfUnknownReach = (config: Config): Problem[] => {
  const unknown = placedRollouts(config).flatMap(({ rollout }) =>
    sourceSites(config)
      .filter(({ accountId, source, plans, region }) => {
        const shares = rollout.regions.includes(region) && plans.some((plan) => rollout.plans.includes(plan));
        return shares && isReached(rollout, { accountId, ouPath: source.ouPath }) === undefined;
      })
      .map(({ name }) => ({ name, rollout: rollout.name })),
  );
  return unknown
    .filter(({ name }, index) => unknown.findIndex((other) => other.name === name) === index)
    .map(({ name, rollout }) => ({
      path: ['sources', name],
      message: `has no ouPath: nothing tells whether rollout ${rollout} backs it up by the same plan too`,
      isAtKey: true,
    }));
};
