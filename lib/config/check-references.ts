import { REGIONS } from '../aws/regions';
import type { DestinationConfig } from './account-config';
import type { Check } from './check';
import { placedCopies } from './config-sites';
import { AIR_GAPPED, parseCopyTarget } from './copy-target';
import { didYouMean } from './suggestions';

/** Every name that stands for something else in the file stands for something that is there. */
export const checkReferences: Check = (config, written) => {
  const plansWritten = listed([...written.plans]);
  const destinationsWritten = listed([...written.destinations]);

  const plans = Object.entries(config.sources).flatMap(([name, source]) => [
    ...source.plans.map((plan, index) => ({ plan, path: ['sources', name, 'plans', index] })),
    ...Object.entries(source.regions).flatMap(([region, site]) =>
      (site.plans ?? []).map((plan, index) => ({ plan, path: ['sources', name, 'regions', region, 'plans', index] })),
    ),
  ]);
  // A section that is missing is told once, and not at each name that it would have held.
  const missingPlans = (written.standIns.has('plans') ? [] : plans)
    .filter(({ plan }) => !written.plans.has(plan))
    .map(({ plan, path }) => ({
      path,
      message: `must name a plan of this file (${plansWritten}), got "${plan}"${didYouMean(plan, [...written.plans])}`,
    }));

  const copies = placedCopies(config).flatMap(({ copy: { to }, path }) => {
    const target = parseCopyTarget(to);
    if (!target) {
      return [{ path, message: unreadable(to) }];
    }
    if (target.kind === 'outside' || written.standIns.has('destinations')) return [];
    if (!written.destinations.has(target.destination)) {
      const message = `must name a destination of this file (${destinationsWritten}), got "${target.destination}"${didYouMean(target.destination, [...written.destinations])}`;
      return [{ path, message }];
    }
    const destination = config.destinations[target.destination];
    if (!destination) return [];
    if (Object.hasOwn(destination.regions, target.region)) {
      return target.isAirGapped ? missingAirGap(destination, target, to).map((message) => ({ path, message })) : [];
    }
    const regions = listed(Object.keys(destination.regions));
    const wayOut = Object.hasOwn(REGIONS, target.region)
      ? `: add it to destinations.${target.destination}.regions to keep copies there`
      : didYouMean(target.region, Object.keys(destination.regions));
    const message = `must name a Region of destination ${target.destination} (${regions}), got "${target.region}"${wayOut}`;
    return [{ path, message }];
  });

  const { delegatedAdministrator } = config.management;
  const path = ['management', 'delegatedAdministrator'];
  const delegate =
    delegatedAdministrator === undefined ||
    written.standIns.has('destinations') ||
    written.destinations.has(delegatedAdministrator)
      ? []
      : [
          {
            path,
            message: `must name a destination of this file (${destinationsWritten}), got "${delegatedAdministrator}"`,
          },
        ];

  return [...missingPlans, ...copies, ...delegate];
};

/** A Region has one vault besides its own, so a third part is a slip for its word. */
function unreadable(to: string): string {
  const [, region, vault, ...rest] = to.split('/');
  return to.startsWith('arn:') || !region || vault === undefined || rest.length > 0
    ? `must be <destination>/<region> or the ARN of a backup vault, got "${to}"`
    : `must end in the Region, or in /${AIR_GAPPED} for the air-gapped vault there, got "${to}"${didYouMean(vault, [AIR_GAPPED])}`;
}

function missingAirGap(
  { regions }: DestinationConfig,
  { destination, region }: { readonly destination: string; readonly region: string },
  to: string,
): string[] {
  if (regions[region]?.airGapped !== undefined) return [];
  const having = Object.entries(regions).flatMap(([name, { airGapped }]) => (airGapped === undefined ? [] : [name]));
  return [
    `must name a Region of destination ${destination} with an air-gapped vault (${listed(having)}), got "${to}": add airGapped to destinations.${destination}.regions.${region} to keep copies there`,
  ];
}

const listed = (names: readonly string[]) => (names.length === 0 ? 'it has none' : names.join(', '));
