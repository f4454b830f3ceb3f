import { intersection } from '../aws/arn-pattern';
import { PLAN_LIMITS, PLANS_IN_REGION, SELECTION_LIMITS } from '../aws/limits';
import { arnPatternsOf } from '../aws/resource-types';
import type { Check } from './check';
import type { Problem } from './config-error';
import { sourceSites } from './config-sites';
import type { SelectionConfig } from './plan-config';

/**
 * Plans and selections hold no more than AWS Backup takes, and wildcards stand where it reads them.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export const checkLimits: Check = (config) => [
  ...Object.entries(config.plans).flatMap(([plan, { selections }]) => [
    ...crowded(
      ['plans', plan, 'selections'],
      selections.filter(hasTags).length,
      PLAN_LIMITS.selectionsWithTags,
      'selections with tags',
    ),
    ...selections.flatMap((selection, index) => {
      const path = ['plans', plan, 'selections', index];
      return inSelection(selection, config.management.region).map((problem) => ({
        ...problem,
        path: [...path, ...problem.path],
      }));
    }),
  ]),
  ...sourceSites(config).flatMap(({ plans, path }) => crowded(path, plans.length, PLANS_IN_REGION, 'plans')),
];

function crowded(path: Problem['path'], count: number, most: number, what: string): Problem[] {
  return count <= most ? [] : [{ path, message: `must have at most ${most} ${what}, got ${count}` }];
}

/** Pairs of key and value, each of which AWS counts. */
const tagsOf = ({ tags, anyTag, conditions }: SelectionConfig): number => {
  const values = [tags, ...Object.values(conditions)].flatMap((map) => Object.values(map).flat());
  return values.length + anyTag.length;
};

const hasTags = (selection: SelectionConfig) => tagsOf(selection) > 0;

function inSelection(selection: SelectionConfig, region: string): Problem[] {
  const { resources, notResources, resourceTypes, notResourceTypes } = selection;
  const types = arnPatternsOf(resourceTypes, region);
  // What is told to AWS of patterns and types together is each pattern within each type.
  const chosen =
    resources.length > 0 && types.length > 0
      ? [...new Set(resources.flatMap((pattern) => types.flatMap((type) => intersection(pattern, type) ?? [])))]
      : [...resources, ...types];
  const arns = [...chosen, ...notResources, ...arnPatternsOf(notResourceTypes, region)];
  const misplaced = (['resources', 'notResources'] as const).flatMap((field) =>
    selection[field].flatMap((pattern, index) =>
      /\*[^:*]/.test(pattern.split(':').slice(5).join(':'))
        ? [
            {
              path: [field, index],
              message: `must have * only at the end of a name, got "${pattern}": AWS Backup reads it nowhere else`,
            },
          ]
        : [],
    ),
  );
  return [
    ...crowded([], tagsOf(selection), SELECTION_LIMITS.tags, 'tags and conditions'),
    ...crowded([], arns.length, SELECTION_LIMITS.arns, 'ARNs and types'),
    ...crowded(
      [],
      arns.filter((arn) => arn.includes('*')).length,
      SELECTION_LIMITS.arnsWithWildcard,
      'ARNs with * and types',
    ),
    ...misplaced,
  ];
}
