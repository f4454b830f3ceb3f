import { airGappedTravelOf } from '../aws/air-gapped';
import type { Place } from '../aws/arn';
import { type Travel, travelOf } from '../aws/copy-travel';
import { partitionOf } from '../aws/regions';
import type { ResourceType } from '../aws/resource-types';
import type { Config } from '../config/config';
import { parseCopyTarget, vaultPlace } from '../config/copy-target';
import type { Path } from '../config/path';
import { everySource } from '../topology/every-source';
import type { DestinationSite, SourceSite, Topology, VaultLock } from '../topology/topology';
import { knownSettings, matchedTypes } from './matched-types';

/** One type that one selection can match at one source, on its way by one copy. */
export interface Journey {
  readonly source: SourceSite;
  readonly plan: string;
  readonly rule: string;
  readonly selection: string;
  /** Where the selection stands in the config. */
  readonly selectionPath: Path;
  /** Where the copy stands in the config; the rule itself where it goes to an air-gapped vault first of all. */
  readonly copyPath: Path;
  readonly to: string;
  readonly isAirGapped: boolean;
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
export function journeysOf(config: Config, topology: Topology): Journey[] {
  const places = new Map(topology.destinations.flatMap(waysTo).map((way) => [way.to, way]));
  return everySource(topology).flatMap((source) => {
    const settings = knownSettings(config, source);
    return source.plans.flatMap((plan) => {
      const given = config.plans[plan.name];
      return plan.selections.flatMap((selection) => {
        const index = given?.selections.findIndex(({ name }) => name === selection.name) ?? -1;
        const types = matchedTypes(selection, source, settings);
        return (given?.rules ?? []).flatMap((rule, ruleIndex) => {
          const path = ['plans', plan.name, 'rules', ruleIndex];
          const [, own] = rule.targetAirGapped ? waysTo(source) : [];
          const legs = [
            ...(own ? [{ lifecycle: rule, copyPath: path, way: own }] : []),
            ...rule.copies.flatMap((copy, copyIndex) => {
              const way = places.get(copy.to) ?? outsideWay(copy.to);
              return way ? [{ lifecycle: copy, copyPath: [...path, 'copies', copyIndex], way }] : [];
            }),
          ];
          return legs.flatMap(({ lifecycle, copyPath, way }) =>
            types.map((type) => ({
              source,
              plan: plan.name,
              rule: rule.name,
              selection: selection.name,
              selectionPath: ['plans', plan.name, 'selections', index],
              copyPath,
              ...way,
              type,
              travel: (way.isAirGapped ? airGappedTravelOf : travelOf)(type, source, way.toPlace),
              moveToColdStorageAfterDays: lifecycle.moveToColdStorageAfterDays,
              optInToArchive: lifecycle.optInToArchive,
              deleteAfterDays: lifecycle.deleteAfterDays,
            })),
          );
        });
      });
    });
  });
}

type Way = Pick<Journey, 'to' | 'toPlace' | 'isAirGapped' | 'lock'>;

/** The vault in use of a site, then its air-gapped one if it has one. */
const waysTo = (site: DestinationSite | SourceSite): Way[] => [
  { to: vaultPlace(site), toPlace: site, isAirGapped: false, lock: site.vault.lock },
  ...(site.airGapped
    ? [{ to: vaultPlace(site, true), toPlace: site, isAirGapped: true, lock: site.airGapped.lock }]
    : []),
];

function outsideWay(to: string): Way | undefined {
  const target = parseCopyTarget(to);
  if (target?.kind !== 'outside') return undefined;
  const { region, accountId } = target.vault;
  const toPlace = { region, accountId, partition: partitionOf(region) };
  return { to, toPlace, isAirGapped: false, lock: undefined };
}
