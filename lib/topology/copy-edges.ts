import type { Config } from '../config/config';
import { parseCopyTarget, vaultPlace } from '../config/copy-target';
import type { DestinationSeed, SourceSeed } from './site';

/** One source site that copies to one vault of a destination site. */
export interface CopyEdge {
  readonly source: SourceSeed;
  readonly destination: DestinationSeed;
  /** Whether to the air-gapped vault, and not to the vault in use. */
  readonly isAirGapped: boolean;
}

/** Every source site with every vault that its copies go to, each once however many rules make them. */
export function copyEdges(
  config: Config,
  sources: readonly SourceSeed[],
  destinations: readonly DestinationSeed[],
): CopyEdge[] {
  const byPlace = new Map(destinations.map((destination) => [vaultPlace(destination), destination]));
  const targets = new Map(
    Object.entries(config.plans).map(([plan, { rules }]) => [
      plan,
      rules.flatMap(({ copies }) => copies.map(({ to }) => to)),
    ]),
  );
  return sources.flatMap((source) => {
    const reached = new Set(source.given.plans.flatMap((plan) => targets.get(plan) ?? []));
    return [...reached].flatMap((to) => {
      const target = parseCopyTarget(to);
      if (target?.kind !== 'destination') return [];
      const destination = byPlace.get(vaultPlace({ name: target.destination, region: target.region }));
      return destination ? [{ source, destination, isAirGapped: target.isAirGapped }] : [];
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
