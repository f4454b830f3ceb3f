import type { Place } from '../aws/arn';
import { type Travel, travelOf } from '../aws/copy-travel';
import { partitionOf } from '../aws/regions';
import type { ResourceType } from '../aws/resource-types';
import type { Config } from '../config/config';
import { parseCopyTarget } from '../config/copy-target';
import type { Path } from '../config/path';
import type { SourceSite, Topology, VaultLock } from '../topology/topology';
import { knownSettings, matchedTypes } from './matched-types';

/** One type that one selection can match at one source, on its way by one copy. */
export interface Journey {
  readonly source: SourceSite;
  readonly plan: string;
  readonly rule: string;
  readonly selection: string;
  /** Where the selection stands in the config. */
  readonly selectionPath: Path;
  /** Where the copy stands in the config. */
  readonly copyPath: Path;
  readonly to: string;
  readonly toPlace: Place;
  readonly type: ResourceType;
  readonly travel: Travel;
  /** Days after which the copy moves to cold storage; undefined when it stays warm. */
  readonly moveToColdStorageAfterDays: number | undefined;
  readonly optInToArchive: boolean;
  readonly deleteAfterDays: number;
  /** The lock of the vault the copy lands in; undefined where there is none, or the vault is not ours. */
  readonly lock: VaultLock | undefined;
}

/** Every way a recovery point can take by the plans of a config. */
export function journeysOf(config: Config, { destinations, sources }: Topology): Journey[] {
  const places = new Map(destinations.map((site) => [`${site.name}/${site.region}`, site]));
  return sources.flatMap((source) => {
    const settings = knownSettings(config, source);
    return source.plans.flatMap((plan) => {
      const given = config.plans[plan.name];
      return plan.selections.flatMap((selection) => {
        const index = given?.selections.findIndex(({ name }) => name === selection.name) ?? -1;
        const types = matchedTypes(selection, source, settings);
        return (given?.rules ?? []).flatMap((rule, ruleIndex) =>
          rule.copies.flatMap((copy, copyIndex) => {
            const place = places.get(copy.to) ?? outsidePlace(copy.to);
            if (!place) return [];
            return types.map((type) => ({
              source,
              plan: plan.name,
              rule: rule.name,
              selection: selection.name,
              selectionPath: ['plans', plan.name, 'selections', index],
              copyPath: ['plans', plan.name, 'rules', ruleIndex, 'copies', copyIndex],
              to: copy.to,
              toPlace: place,
              type,
              travel: travelOf(type, source, place),
              moveToColdStorageAfterDays: copy.moveToColdStorageAfterDays,
              optInToArchive: copy.optInToArchive,
              deleteAfterDays: copy.deleteAfterDays,
              lock: places.get(copy.to)?.vault.lock,
            }));
          }),
        );
      });
    });
  });
}

function outsidePlace(to: string): Place | undefined {
  const target = parseCopyTarget(to);
  if (target?.kind !== 'outside') return undefined;
  const { region, accountId } = target.vault;
  return { region, accountId, partition: partitionOf(region) };
}
