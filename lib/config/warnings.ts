import { optInTypesOf } from '../aws/regions';
import type { Config } from './config';
import type { Problem } from './config-error';
import { placedCopies, sourceSites } from './config-sites';
import { parseCopyTarget } from './copy-target';

/** What is allowed but probably not meant, or not as safe as it looks. */
export const findWarnings = (config: Config): Problem[] => [
  ...managementAsSource(config),
  ...destinationsWithoutCopies(config),
  ...sourcesWithoutPlans(config),
  ...plansOfNobody(config),
  ...plansWithoutSelections(config),
  ...unknownOptIns(config),
];

const managementAsSource = ({ management, sources }: Config): Problem[] =>
  Object.entries(sources)
    .filter(([, { accountId }]) => accountId === management.accountId)
    .map(([name]) => ({
      path: ['sources', name, 'accountId'],
      message:
        'is the management account: service control policies never protect it, so its own backups can be destroyed by its administrators',
    }));

function destinationsWithoutCopies(config: Config): Problem[] {
  const used = new Set(
    placedCopies(config).flatMap(({ plan, copy }) => {
      const target = parseCopyTarget(copy.to);
      const isInUse = sourceSites(config).some(({ plans }) => plans.includes(plan));
      return isInUse && target?.kind === 'destination' ? [`${target.destination}/${target.region}`] : [];
    }),
  );
  return Object.entries(config.destinations).flatMap(([name, { regions }]) =>
    Object.keys(regions)
      .filter((region) => !used.has(`${name}/${region}`))
      .map((region) => ({
        path: ['destinations', name, 'regions', region],
        message: `keeps nothing: no source has a plan with a copy to ${name}/${region}`,
        isAtKey: true,
      })),
  );
}

const sourcesWithoutPlans = (config: Config): Problem[] =>
  sourceSites(config)
    .filter(({ plans }) => plans.length === 0)
    .map(({ path }) => ({ path, message: 'backs up nothing: it has no plans', isAtKey: true }));

function plansOfNobody(config: Config): Problem[] {
  const used = new Set(sourceSites(config).flatMap(({ plans }) => plans));
  return Object.keys(config.plans)
    .filter((plan) => !used.has(plan))
    .map((plan) => ({ path: ['plans', plan], message: 'is used by no source', isAtKey: true }));
}

const plansWithoutSelections = ({ plans }: Config): Problem[] =>
  Object.entries(plans)
    .filter(([, { selections }]) => selections.length === 0)
    .map(([plan]) => ({ path: ['plans', plan], message: 'backs up nothing: it has no selections', isAtKey: true }));

/** The table may be older than AWS, so this is no error: whoever knows better may say so. */
const unknownOptIns = (config: Config): Problem[] =>
  sourceSites(config).flatMap(({ region, site, path }) =>
    Object.keys(site.optIn)
      .filter((type) => !optInTypesOf(region).some((known) => known === type))
      .map((type) => ({
        path: [...path, 'optIn', type],
        message: `is not known to be in ${region}: AWS refuses the Region settings when it is not`,
        isAtKey: true,
      })),
  );
