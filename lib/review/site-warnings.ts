import { ADVISED_COMPLETION_MINUTES, ADVISED_RETENTION_DAYS, ADVISED_WARM_DAYS } from '../aws/limits';
import { REGIONS } from '../aws/regions';
import type { Problem } from '../config/config-error';
import { parseCopyTarget } from '../config/copy-target';
import { renderPath } from '../config/path';
import type { Topology } from '../topology/topology';
import { pathOf, placedLifecycles, type SiteRule } from './site-rule';

/** What AWS takes, and the operator probably does not mean. */
export const siteWarnings: SiteRule = (config, topology) => [
  ...optInRegions(topology),
  ...idlePlans(config, topology),
  ...shortLifecycles(config),
  ...shortWindows(config),
  ...copiesAtHome(config, topology),
  ...tagsInTwoCases(config),
];

const optInRegions = ({ destinations, sources }: Topology): Problem[] =>
  [...destinations, ...sources]
    .filter(({ region }) => REGIONS[region]?.isOptIn)
    .map((site) => ({
      path: pathOf(site),
      message: `is an opt-in Region: account ${site.accountId} must have it enabled, or every call there is refused`,
      isAtKey: true,
    }));

/** A plan whose ARNs are all of other places; one without selections is told of at the plan. */
const idlePlans = (config: Parameters<SiteRule>[0], { sources }: Topology): Problem[] =>
  sources.flatMap((site) => {
    const idle = site.plans
      .filter(({ name, selections }) => selections.length === 0 && config.plans[name]?.selections.length)
      .map(({ name }) => name);
    if (idle.length === 0) return [];
    return [
      {
        path: pathOf(site),
        message: `backs up nothing by ${idle.join(', ')}: no selection has a resource here`,
        isAtKey: true,
      },
    ];
  });

const shortLifecycles = (config: Parameters<SiteRule>[0]): Problem[] =>
  placedLifecycles(config).flatMap(({ copyTo, deleteAfterDays, moveToColdStorageAfterDays, optInToArchive, path }) => [
    ...(deleteAfterDays < ADVISED_RETENTION_DAYS
      ? [
          {
            path: [...path, 'deleteAfterDays'],
            message: `is short, ${deleteAfterDays} days: below ${ADVISED_RETENTION_DAYS} the next backup finds none to build on and may be a full one`,
          },
        ]
      : []),
    ...(moveToColdStorageAfterDays !== undefined && moveToColdStorageAfterDays < ADVISED_WARM_DAYS
      ? [
          {
            path: [...path, 'moveToColdStorageAfterDays'],
            message: `is early, after ${moveToColdStorageAfterDays} days: below ${ADVISED_WARM_DAYS} the next backup may be a full one${copyTo === undefined ? ', and what is cold before its copy starts is not copied' : ''}`,
          },
        ]
      : []),
    ...(moveToColdStorageAfterDays === undefined && optInToArchive
      ? [{ path: [...path, 'optInToArchive'], message: 'does nothing without moveToColdStorageAfterDays' }]
      : []),
  ]);

const shortWindows = ({ plans }: Parameters<SiteRule>[0]): Problem[] =>
  Object.entries(plans).flatMap(([plan, { rules }]) =>
    rules.flatMap(({ completionWindowMinutes }, index) =>
      completionWindowMinutes >= ADVISED_COMPLETION_MINUTES
        ? []
        : [
            {
              path: ['plans', plan, 'rules', index, 'completionWindowMinutes'],
              message: `is short, ${completionWindowMinutes} minutes: a first backup or copy of something large takes longer and would be cancelled; below ${ADVISED_COMPLETION_MINUTES} is seldom meant`,
            },
          ],
    ),
  );

const copiesAtHome = (config: Parameters<SiteRule>[0], { sources }: Topology): Problem[] =>
  placedLifecycles(config).flatMap(({ copyTo, plan, path }) => {
    const target = copyTo === undefined ? undefined : parseCopyTarget(copyTo);
    if (target?.kind !== 'outside') return [];
    const home = sources.find(
      ({ accountId, plans }) => accountId === target.vault.accountId && plans.some(({ name }) => name === plan),
    );
    if (!home) return [];
    const message = `stays in the account it was made in, that of source ${home.name}: it is lost with the account`;
    return [{ path: [...path, 'to'], message }];
  });

/** Values of one key that only case tells apart: AWS does tell them apart, people seldom mean to. */
function tagsInTwoCases({ plans }: Parameters<SiteRule>[0]): Problem[] {
  const first = new Map<string, { readonly tag: string; readonly selection: string }>();
  const values = Object.entries(plans).flatMap(([plan, { selections }]) =>
    selections.flatMap(({ tags, anyTag, conditions }, index) => {
      const path = ['plans', plan, 'selections', index];
      return [
        ...Object.entries(tags).map(([key, value]) => ({
          key,
          value,
          selection: renderPath(path),
          path: [...path, 'tags', key],
        })),
        ...anyTag.map(({ key, value }, entry) => ({
          key,
          value,
          selection: renderPath(path),
          path: [...path, 'anyTag', entry, 'value'],
        })),
        ...Object.entries(conditions.equals).map(([key, value]) => ({
          key,
          value,
          selection: renderPath(path),
          path: [...path, 'conditions', 'equals', key],
        })),
      ];
    }),
  );
  return values.flatMap(({ key, value, selection, path }) => {
    const tag = `${key}=${value}`;
    const other = first.get(tag.toLowerCase());
    if (other === undefined) first.set(tag.toLowerCase(), { tag, selection });
    // A selection that names both means both.
    if (other === undefined || other.tag === tag || other.selection === selection) return [];
    const message = `differs only in case from ${other.tag} of another selection: AWS Backup takes them for two tags`;
    return [{ path, message }];
  });
}
