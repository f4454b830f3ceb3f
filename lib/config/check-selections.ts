import { fillPlaceholders, fitsPlace, intersection } from '../aws/arn-pattern';
import { partitionOf } from '../aws/regions';
import { arnPatternsOf } from '../aws/resource-types';
import type { Check } from './check';
import type { Problem } from './config-error';
import { sourceSites } from './config-sites';
import type { SelectionConfig } from './plan-config';

/** Each selection can be told to AWS Backup, and each ARN in it stands for something at a source that uses the plan. */
export const checkSelections: Check = (config) =>
  Object.entries(config.plans).flatMap(([plan, { selections }]) =>
    selections.flatMap((selection, index) => {
      const path = ['plans', plan, 'selections', index];
      return [
        ...grammar(selection).map(({ path: inside, message }) => ({ path: [...path, ...inside], message })),
        ...strayArns(config, plan, selection).map(({ path: inside, message }) => ({
          path: [...path, ...inside],
          message,
        })),
      ];
    }),
  );

function grammar({
  tags,
  anyTag,
  resources,
  resourceTypes,
  conditions,
  notResources,
  notResourceTypes,
}: SelectionConfig): Problem[] {
  const narrowsByTag = [tags, ...Object.values(conditions)].some((map) => Object.keys(map).length > 0);
  if (!narrowsByTag && [anyTag, resources, resourceTypes].every((list) => list.length === 0)) {
    const left = [...notResources, ...notResourceTypes].length > 0 ? 'only says what is left out' : 'selects nothing';
    return [
      {
        path: [],
        message: `${left}: say tags, resourceTypes or resources, or resources: ["*"] for all that is opted in`,
      },
    ];
  }
  if (anyTag.length > 0 && resources.length + resourceTypes.length > 0) {
    const message =
      'must not stand beside resources or resourceTypes: AWS Backup would take what has the tag and, besides, all of these; write one selection for each tag, with tags';
    return [{ path: ['anyTag'], message }];
  }
  return [];
}

function strayArns(config: Parameters<Check>[0], plan: string, selection: SelectionConfig): Problem[] {
  const partition = partitionOf(config.management.region);
  const places = sourceSites(config)
    .filter(({ plans }) => plans.includes(plan))
    .map(({ accountId, region }) => ({ accountId, region, partition }));
  const check = (field: 'resources' | 'notResources') =>
    selection[field].flatMap((pattern, index): Problem[] => {
      const path = [field, index];
      if (pattern !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(pattern)) {
        return [{ path, message: `must be an ARN or "*", got "${pattern}"` }];
      }
      if (places.length > 0 && !places.some((place) => fitsPlace(fillPlaceholders(pattern, place), place))) {
        return [{ path, message: `must be of an account and Region whose source uses plan ${plan}, got "${pattern}"` }];
      }
      return [];
    });
  return [...check('resources'), ...check('notResources'), ...ofNoType(selection, config.management.region)];
}

function ofNoType({ resources, resourceTypes }: SelectionConfig, region: string): Problem[] {
  if (resourceTypes.length === 0) return [];
  const types = arnPatternsOf(resourceTypes, region);
  return resources.flatMap((pattern, index) =>
    types.some((type) => intersection(type, pattern) !== undefined)
      ? []
      : [
          {
            path: ['resources', index],
            message: `must be of one of the resourceTypes beside it (${resourceTypes.join(', ')}), got "${pattern}": all fields of a selection narrow it`,
          },
        ],
  );
}
