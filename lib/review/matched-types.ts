import type { Place } from '../aws/arn';
import { covers, intersection } from '../aws/arn-pattern';
import { optInTypesOf } from '../aws/regions';
import { DYNAMODB_BASIC, RESOURCE_TYPES, type ResourceType } from '../aws/resource-types';
import type { Config } from '../config/config';
import type { Selection } from '../topology/plan';
import type { SourceSite } from '../topology/topology';

/** What an account's Region settings are as far as the config knows them. */
export interface KnownSettings {
  isOptedIn(type: ResourceType): boolean;
  /** Whether DynamoDB tables are managed fully; undefined where the settings are left alone. */
  readonly managesDynamoDb: boolean | undefined;
}

/** The settings a source site has after the deploy; what is left alone counts as opted in unless the config says no. */
export function knownSettings(config: Config, site: SourceSite): KnownSettings {
  const given = config.sources[site.name]?.regions[site.region];
  return {
    isOptedIn: ({ optInKey }) => given?.optIn[optInKey] ?? true,
    // Of an account that no source names nobody knows.
    managesDynamoDb: given?.regionSettings === 'manage' ? given.managementPreference.DynamoDB : undefined,
  };
}

/**
 * The resource types a selection can match at a source. A selection that names a type takes it whatever the opt-in
 * says; one by tags or of a whole service takes what is opted in, and so does one of a shape that several types share.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export function matchedTypes(selection: Selection, site: SourceSite, settings: KnownSettings): ResourceType[] {
  const inRegion = new Set<string>(optInTypesOf(site.region));
  const patterns = selection.listOfTags.length > 0 ? ['*'] : selection.resources;
  return RESOURCE_TYPES.filter((type) => {
    const own = `arn:${site.partition}:${type.arnPattern}`;
    const here = ofPlace(own, site);
    if (!inRegion.has(type.optInKey) || selection.notResources.some((left) => covers(left, here))) return false;
    return patterns.some((pattern) => {
      if (intersection(pattern, own) === undefined) return false;
      const namesType = covers(own, pattern) && !sharesShape(type);
      return namesType || settings.isOptedIn(type);
    });
  }).map((type) => (type.name === 'DynamoDB' && settings.managesDynamoDb === false ? DYNAMODB_BASIC : type));
}

const sharesShape = ({ arnPattern }: ResourceType) =>
  new Set(RESOURCE_TYPES.filter((type) => type.arnPattern === arnPattern).map(({ optInKey }) => optInKey)).size > 1;

/** The same pattern with the place's own Region and account where it has any. */
const ofPlace = (pattern: string, { region, accountId }: Place) =>
  pattern
    .split(':')
    .map((field, index) => (field === '*' && index === 3 ? region : field === '*' && index === 4 ? accountId : field))
    .join(':');
