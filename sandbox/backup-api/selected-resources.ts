import type { BackupSelection, ConditionParameter } from '@aws-sdk/client-backup';
import type { Resource } from './seams';

/**
 * What a selection comes to: listed resources and those with any of its tags, less what is excluded, as far as every
 * condition holds. A type that the account has not opted in to is left out unless an ARN names it.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export function selectedResources(
  selection: BackupSelection,
  resources: readonly Resource[],
  optIn: Readonly<Record<string, boolean>>,
): readonly Resource[] {
  const { Resources = [], NotResources = [], ListOfTags = [] } = selection;
  return resources.filter((resource) => {
    const isNamed = Resources.some((pattern) => namesType(pattern) && matches(pattern, resource.arn));
    const isListed = Resources.some((pattern) => matches(pattern, resource.arn));
    const isTagged = ListOfTags.some(({ ConditionKey = '', ConditionValue }) => {
      return resource.tags[ConditionKey] === ConditionValue;
    });
    const isExcluded = NotResources.some((pattern) => matches(pattern, resource.arn));
    const isWanted = (isListed || isTagged) && !isExcluded && holds(selection, resource);
    return isWanted && (isNamed || optIn[resource.type] === true);
  });
}

function holds({ Conditions = {} }: BackupSelection, { tags }: Resource): boolean {
  const tagOf = ({ ConditionKey = '' }: ConditionParameter) => tags[ConditionKey.replace('aws:ResourceTag/', '')];
  const isLike = (one: ConditionParameter) => {
    const value = tagOf(one);
    return value !== undefined && matches(one.ConditionValue ?? '', value);
  };
  const { StringEquals = [], StringNotEquals = [], StringLike = [], StringNotLike = [] } = Conditions;
  return (
    StringEquals.every((one) => tagOf(one) === one.ConditionValue) &&
    StringNotEquals.every((one) => tagOf(one) !== one.ConditionValue) &&
    StringLike.every(isLike) &&
    !StringNotLike.some(isLike)
  );
}

/** Whether a pattern goes into the resources of a service, as `…:ec2:*:*:volume/*` does and `…:ec2:*` does not. */
const namesType = (pattern: string) => /[a-z]/.test(pattern.split(':').slice(5).join(':'));

const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(text);
