import { optInTypesOf } from '../aws/regions';
import { copyingTo } from './check-copies';
import type { Config } from './config';
import type { Problem } from './config-error';
import { placedCopies, sourceSites } from './config-sites';
import { parseCopyTarget, vaultPlace } from './copy-target';

/** What is allowed but probably not meant, or not as safe as it looks. */
export const findWarnings = (config: Config): Problem[] => [
  ...managementAsSource(config),
  ...destinationsWithoutCopies(config),
  ...airGappedOfNobody(config),
  ...sourcesWithoutPlans(config),
  ...plansOfNobody(config),
  ...plansWithoutSelections(config),
  ...plansWithoutScans(config),
  ...unknownOptIns(config),
  ...settingsLeft(config),
  ...sourcesOfUnknownUnit(config),
];

/** Plans of sources and of rollouts. */
const usedPlans = (config: Config): ReadonlySet<string> =>
  new Set([
    ...sourceSites(config).flatMap(({ plans }) => plans),
    ...config.organizationPolicies.rollouts.flatMap(({ plans }) => plans),
  ]);

const managementAsSource = ({ management, sources }: Config): Problem[] =>
  Object.entries(sources)
    .filter(([, { accountId }]) => accountId === management.accountId)
    .map(([name]) => ({
      path: ['sources', name, 'accountId'],
      message:
        'is the management account: service control policies never protect it, so its own backups can be destroyed by its administrators',
    }));

function destinationsWithoutCopies(config: Config): Problem[] {
  const plans = usedPlans(config);
  const used = new Set(
    placedCopies(config).flatMap(({ plan, copy }) => {
      const target = parseCopyTarget(copy.to);
      if (!plans.has(plan) || target?.kind !== 'destination') return [];
      return [vaultPlace({ name: target.destination, region: target.region }, target.isAirGapped)];
    }),
  );
  const isUsed = (name: string, region: string) =>
    [false, true].some((isAirGapped) => used.has(vaultPlace({ name, region }, isAirGapped)));
  return Object.entries(config.destinations).flatMap(([name, { regions }]) =>
    Object.entries(regions).flatMap(([region, { airGapped }]) => {
      const path = ['destinations', name, 'regions', region];
      const place = vaultPlace({ name, region }, true);
      if (!isUsed(name, region)) return [keepsNothing(path, vaultPlace({ name, region }))];
      return airGapped === undefined || used.has(place) ? [] : [keepsNothing([...path, 'airGapped'], place)];
    }),
  );
}

const keepsNothing = (path: Problem['path'], place: string): Problem => ({
  path,
  message: `keeps nothing: no source has a plan with a copy to ${place}`,
  isAtKey: true,
});

const airGappedOfNobody = (config: Config): Problem[] =>
  sourceSites(config)
    .filter(({ site }) => site.airGapped !== undefined)
    .filter(({ plans }) => !plans.some((plan) => config.plans[plan]?.rules.some((rule) => rule.targetAirGapped)))
    .map(({ path }) => ({
      path: [...path, 'airGapped'],
      message: 'keeps nothing: no plan of this Region has a rule with targetAirGapped',
      isAtKey: true,
    }));

const sourcesWithoutPlans = (config: Config): Problem[] =>
  sourceSites(config)
    .filter(({ plans }) => plans.length === 0)
    .map(({ path }) => ({ path, message: 'backs up nothing: it has no plans', isAtKey: true }));

function plansOfNobody(config: Config): Problem[] {
  const used = usedPlans(config);
  return Object.keys(config.plans)
    .filter((plan) => !used.has(plan))
    .map((plan) => ({ path: ['plans', plan], message: 'is used by no source', isAtKey: true }));
}

const plansWithoutSelections = ({ plans }: Config): Problem[] =>
  Object.entries(plans)
    .filter(([, { selections }]) => selections.length === 0)
    .map(([plan]) => ({ path: ['plans', plan], message: 'backs up nothing: it has no selections', isAtKey: true }));

const plansWithoutScans = ({ plans }: Config): Problem[] =>
  Object.entries(plans)
    .filter(([, { scanTypes, rules }]) => scanTypes !== undefined && rules.every(({ scan }) => scan === undefined))
    .map(([plan]) => ({
      path: ['plans', plan, 'scanTypes'],
      message: 'does nothing: no rule of the plan has scan',
      isAtKey: true,
    }));

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

const settingsLeft = (config: Config): Problem[] =>
  sourceSites(config)
    .filter(({ site }) => site.regionSettings === 'leave' && Object.keys(site.optIn).length > 0)
    .map(({ path }) => ({
      path: [...path, 'optIn'],
      message: 'does nothing beside regionSettings: leave',
      isAtKey: true,
    }));

/** Synth cannot tell whether a vault that admits by unit admits them; a copy job that fails would. */
const sourcesOfUnknownUnit = (config: Config): Problem[] => {
  const byUnit = Object.entries(config.destinations).flatMap(([name, { vaultAccess }]) =>
    typeof vaultAccess === 'string' ? [] : [name],
  );
  return byUnit.flatMap((name) =>
    copyingTo(config, name)
      .filter(
        ({ source }, index, sites) =>
          source.ouPath === undefined && sites.findIndex((site) => site.source === source) === index,
      )
      .map((site) => ({
        path: ['sources', site.name],
        message: `has no ouPath: nothing tells whether destination ${name}, which admits by organizational unit, admits it`,
        isAtKey: true,
      })),
  );
};
