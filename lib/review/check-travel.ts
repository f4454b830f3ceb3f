import type { ResourceType } from '../aws/resource-types';
import type { Problem } from '../config/config-error';
import { renderPath } from '../config/path';
import { grouped } from '../topology/collections';
import { everySource } from '../topology/every-source';
import { type Journey, journeysOf } from './journeys';
import { knownSettings, matchedTypes } from './matched-types';
import { isMember, type PlacedLifecycle, pathOf, placedLifecycles, type SiteRule } from './site-rule';

/** A selection that a rule copies holds something that can be copied there. */
export const checkTravel: SiteRule = (config, topology) =>
  verdicts(journeysOf(config, topology)).flatMap(({ stuck, travelling, first, edges }) => {
    if (stuck.length === 0 || travelling.length > 0) return [];
    const message = `must select something that can be copied to ${edges}, got only ${namesOf(stuck)}: ${reasonOf(stuck)}; ${wayOut(stuck)}`;
    return [{ path: first.selectionPath, message }];
  });

/** What a copy silently leaves behind, what its key stops, and what ignores cold storage. */
export const travelWarnings: SiteRule = (config, topology) => {
  const journeys = journeysOf(config, topology);
  return [
    ...verdicts(journeys).flatMap(({ stuck, travelling, first, edges }) => {
      if (stuck.length === 0 || travelling.length === 0) return [];
      const message = `leaves ${namesOf(stuck)} behind when it is copied to ${edges}: ${reasonOf(stuck)}; back them up by a plan without copies, or leave them out by notResourceTypes, a tag or optIn`;
      return [{ path: first.selectionPath, message }];
    }),
    ...unconfirmed(journeys),
    ...unsharedKeys(journeys),
    ...unmanagedTables(config, topology),
    ...ignoredColdStorage(config, topology),
  ];
};

interface Verdict {
  readonly first: Journey;
  readonly stuck: readonly Journey[];
  readonly travelling: readonly Journey[];
  /** Where the copies go, and by which rules. */
  readonly edges: string;
}

/** By selection and by what is left behind: one word for all copies and sources that agree. */
function verdicts(journeys: readonly Journey[]): Verdict[] {
  const edges = grouped(journeys, ({ selectionPath, source, copyPath }) =>
    [renderPath(selectionPath), source.stackName, renderPath(copyPath)].join(' '),
  );
  const alike = grouped([...edges.values()], (edge) => {
    const stuck = edge.filter(isStuck);
    const isAll = stuck.length === edge.length;
    return [renderPath(edge[0]?.selectionPath ?? []), namesOf(stuck), reasonOf(stuck), isAll].join(' ');
  });
  return [...alike.values()].flatMap((group) => {
    const [first] = group.flat();
    if (!first) return [];
    const representative = group[0] ?? [];
    return [
      {
        first,
        stuck: representative.filter(isStuck),
        travelling: representative.filter((journey) => !isStuck(journey)),
        edges: `${unique(group.flat().map(({ to }) => to))} by rule ${unique(group.flat().map(({ rule }) => rule))}`,
      },
    ];
  });
}

const unique = (names: readonly string[]) => [...new Set(names)].join(', ');

const isStuck = ({ travel }: Journey) => travel.by !== 'single action';

const namesOf = (journeys: readonly Journey[]) => unique(journeys.map(({ type }) => type.name));

function reasonOf(journeys: readonly Journey[]): string {
  const reasons = new Set(journeys.flatMap(({ travel }) => ('reason' in travel ? [travel.reason] : [])));
  const [only] = reasons;
  return reasons.size === 1 && only !== undefined ? only : 'AWS Backup does not copy them there';
}

const wayOut = (journeys: readonly Journey[]) =>
  journeys.some(({ travel }) => travel.by === 'relay')
    ? 'a relay of two copies is not built yet, so copy to another account in the same Region'
    : 'select other types, or use a plan without this copy';

/** AWS's table leaves open whether an air-gapped vault takes these; a backup that does not arrive would be no surprise. */
const unconfirmed = (journeys: readonly Journey[]): Problem[] => {
  const open = journeys.filter(
    ({ isAirGapped, type, travel }) => isAirGapped && type.isAirGapped === 'unknown' && travel.by === 'single action',
  );
  return [...grouped(open, ({ selectionPath }) => renderPath(selectionPath)).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const message = `sends ${namesOf(alike)} to ${unique(alike.map(({ to }) => to))}, and AWS does not say whether an air-gapped vault takes them: try it before you count on it`;
    return [{ path: first.selectionPath, message }];
  });
};

/** Types that keep the key of the resource leave the account only when that key is shared. */
function unsharedKeys(journeys: readonly Journey[]): Problem[] {
  const leaving = journeys.filter(
    ({ source, toPlace, isAirGapped, type, travel }) =>
      travel.by === 'single action' &&
      type.key === 'source' &&
      // What such a vault keeps lies in an account of AWS Backup's own, wherever the vault is.
      (isAirGapped || toPlace.accountId !== source.accountId) &&
      source.resourceKeyAlias === undefined &&
      source.existingResourceKeyArns.length === 0,
  );
  const sites = [...grouped(leaving, ({ source }) => source.stackName).values()];
  return [...grouped(sites, namesOf).values()].flatMap((alike) => {
    const [first] = alike.flat();
    if (!first) return [];
    const others = alike.length > 1 ? ` (in ${alike.length} source Regions)` : '';
    const message = `copies ${namesOf(alike.flat())}, which keep the key of the resource${others}: encrypted ones leave the account only under a customer-managed key that lets the destinations in; ${keyAdvice(first.source)}, or make one with createResourceKey`;
    return [{ path: pathOf(first.source), message, isAtKey: true }];
  });
}

const keyAdvice = (source: Journey['source']) =>
  isMember(source) ? 'give theirs the statements in cdktf.out/key-policies' : 'name such keys in resourceKeys';

const unmanagedTables: SiteRule = (config, topology) =>
  everySource(topology).flatMap((source) => {
    const settings = knownSettings(config, source);
    if (settings.managesDynamoDb !== undefined) return [];
    const types = source.plans.flatMap(({ selections, rules }) =>
      rules.some(({ copies }) => copies.length > 0)
        ? selections.flatMap((selection) => matchedTypes(selection, source, settings))
        : [],
    );
    if (!types.some(({ name }) => name === 'DynamoDB')) return [];
    const message =
      'leaves the management preference of DynamoDB as it is: unless it is true there, AWS Backup copies no tables';
    return [{ path: isMember(source) ? pathOf(source) : [...pathOf(source), 'regionSettings'], message }];
  });

function ignoredColdStorage(config: Parameters<SiteRule>[0], topology: Parameters<SiteRule>[1]): Problem[] {
  const sources = everySource(topology);
  return placedLifecycles(config).flatMap((lifecycle) => {
    if (lifecycle.moveToColdStorageAfterDays === undefined) return [];
    const types = sources.flatMap((source) =>
      source.plans
        .filter(({ name }) => name === lifecycle.plan)
        .flatMap(({ selections }) =>
          selections.flatMap((selection) => matchedTypes(selection, source, knownSettings(config, source))),
        ),
    );
    const warm = [...new Set(types.filter((type) => staysWarm(type, lifecycle)).map(({ name }) => name))];
    if (warm.length === 0) return [];
    const hint = warm.includes('EBS') && !lifecycle.optInToArchive ? ' (EBS would not with optInToArchive: true)' : '';
    const message = `is ignored by ${warm.join(', ')}, which stay warm until they are deleted${hint}`;
    return [{ path: [...lifecycle.path, 'moveToColdStorageAfterDays'], message }];
  });
}

/** Whether recovery points of a type stay warm under a lifecycle that would have them moved. */
export const staysWarm = ({ coldStorage }: ResourceType, { optInToArchive }: Pick<PlacedLifecycle, 'optInToArchive'>) =>
  coldStorage === false || (coldStorage === 'archive' && !optInToArchive);
