import type { Place } from '../aws/arn';
import { fillPlaceholders, fitsPlace, intersection } from '../aws/arn-pattern';
import { arnPatternsOf } from '../aws/resource-types';
import type { SelectionConfig } from '../config/plan-config';
import type { Conditions, Selection, Tag } from './plan';

/**
 * Says a selection in AWS Backup's terms for one source. AWS unites tags and ARNs, so everything that narrows goes
 * into Conditions over Resources, and ListOfTags serves `anyTag` alone. Undefined when none of the ARNs is of this
 * source: AWS refuses a selection of nothing.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export function resolveSelection(selection: SelectionConfig, place: Place): Selection | undefined {
  const here = (patterns: readonly string[]) =>
    patterns.map((pattern) => fillPlaceholders(pattern, place)).filter((pattern) => fitsPlace(pattern, place));
  const resources = resourcesOf(selection, here(selection.resources), place.region);
  if (resources.length === 0 && selection.anyTag.length === 0) return undefined;
  return {
    name: selection.name,
    listOfTags: selection.anyTag,
    resources,
    notResources: [...here(selection.notResources), ...arnPatternsOf(selection.notResourceTypes, place.region)],
    conditions: conditionsOf(selection),
  };
}

function resourcesOf(
  { resources, resourceTypes, anyTag }: SelectionConfig,
  here: readonly string[],
  region: string,
): string[] {
  if (anyTag.length > 0) return [];
  const types = arnPatternsOf(resourceTypes, region);
  if (resources.length === 0) return types.length > 0 ? types : ['*'];
  if (types.length === 0) return [...here];
  return [...new Set(here.flatMap((arn) => types.flatMap((type) => intersection(arn, type) ?? [])))];
}

function conditionsOf({ tags, conditions }: SelectionConfig): Conditions {
  return {
    stringEquals: [...tagsOf(tags), ...tagsOf(conditions.equals)],
    stringNotEquals: tagsOf(conditions.notEquals),
    stringLike: tagsOf(conditions.like),
    stringNotLike: tagsOf(conditions.notLike),
  };
}

const tagsOf = (values: Readonly<Record<string, string | readonly string[]>>): Tag[] =>
  Object.entries(values).flatMap(([key, value]) =>
    [value].flat().map((each) => ({ key: `aws:ResourceTag/${key}`, value: each })),
  );
