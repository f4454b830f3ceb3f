import type { Config } from '../config/config';
import { parseCopyTarget } from '../config/copy-target';
import type { DestinationSeed, SourceSeed } from './site';

/** One source site that copies to one destination site. */
export interface CopyEdge {
  readonly source: SourceSeed;
  readonly destination: DestinationSeed;
}

/** Every pair of sites that copies join, each once however many rules make it. */
export function copyEdges(
  config: Config,
  sources: readonly SourceSeed[],
  destinations: readonly DestinationSeed[],
): CopyEdge[] {
  const byPlace = new Map(
    destinations.map((destination) => [`${destination.name}/${destination.region}`, destination]),
  );
  const targets = new Map(
    Object.entries(config.plans).map(([plan, { rules }]) => [
      plan,
      rules.flatMap(({ copies }) => copies.map(({ to }) => to)),
    ]),
  );
  return sources.flatMap((source) => {
    const reached = new Set(source.given.plans.flatMap((plan) => targets.get(plan) ?? []));
    return [...reached].flatMap((to) => {
      const destination = byPlace.get(to);
      return destination ? [{ source, destination }] : [];
    });
  });
}

/** A vault that the config does not make, and that a source site copies to. */
export interface OutsideVault {
  readonly arn: string;
  readonly accountId: string;
}

/** Every vault outside the config that a source site copies to. */
export function outsideVaults(config: Config, source: SourceSeed): OutsideVault[] {
  const targets = source.given.plans.flatMap(
    (plan) => config.plans[plan]?.rules.flatMap(({ copies }) => copies.map(({ to }) => parseCopyTarget(to))) ?? [],
  );
  return targets.flatMap((target) =>
    target?.kind === 'outside' ? [{ arn: target.arn, accountId: target.vault.accountId }] : [],
  );
}
