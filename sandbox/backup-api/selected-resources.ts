import type { BackupSelection, ConditionParameter } from '@aws-sdk/client-backup';
import type { Resource } from './seams';

/**
 * What a selection comes to: listed resources and those with any of its tags, less what is excluded, as far as every
 * condition holds. A type that the account has not opted in to is left out unless an ARN names the type, which cannot be
 * done of types that share one.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
export function selectedResources(
  selection: BackupSelection,
  resources: readonly Resource[],
  optIn: Readonly<Record<string, boolean>>,
): readonly Resource[] {
  const { Resources = [], NotResources = [], ListOfTags = [] } = selection;
  return resources.filter((resource) => {
    const isNamed =
      !SHARED_TYPE.test(resource.arn) &&
      Resources.some((pattern) => namesType(pattern) && matches(pattern, resource.arn));
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

/** ARNs of more than one type: clusters are Aurora's, Neptune's and others', file systems those of every FSx. */
const SHARED_TYPE = /^arn:[^:]+:(rds:[^:]*:[^:]*:cluster:|fsx:[^:]*:[^:]*:file-system\/)/;

/**
 * Whether a pattern goes into the resources of a service, as `…:ec2:*:*:volume/*` does and `…:ec2:*` does not. Of S3
 * there are buckets alone, so that all of its resources are one type.
 */
function namesType(pattern: string): boolean {
  const [, , service, ...rest] = pattern.split(':');
  return /[a-z0-9]/.test(rest.slice(2).join(':')) || (service === 's3' && rest.length >= 3);
}

const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(text);
