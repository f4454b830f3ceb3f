import type { BackupSelection, ConditionParameter } from '@aws-sdk/client-backup';
import { changed } from './compare';
import { blocks } from './compare-plan';

type Block = Readonly<Record<string, unknown>>;

/** How a selection that exists is other than the config's. A selection cannot be changed, only made anew. */
export function selectionChanges(found: BackupSelection, block: Block): string[] {
  const [condition = {}] = blocks(block.condition);
  const { StringEquals, StringNotEquals, StringLike, StringNotLike } = found.Conditions ?? {};
  const tags = (given: unknown) => inOrder(blocks(given).map(({ key, value }) => [key, value]));
  const asked = (given: ConditionParameter[] | undefined) =>
    inOrder((given ?? []).map(({ ConditionKey, ConditionValue }) => [ConditionKey, ConditionValue]));
  return [
    ...changed('name', found.SelectionName, block.name),
    ...changed('role', found.IamRoleArn, block.iam_role_arn),
    ...changed('resources', inOrder(found.Resources ?? []), inOrder(texts(block.resources))),
    ...changed('resources left out', inOrder(found.NotResources ?? []), inOrder(texts(block.not_resources))),
    ...changed(
      'any of the tags',
      inOrder((found.ListOfTags ?? []).map((tag) => [tag.ConditionKey, tag.ConditionValue])),
      tags(block.selection_tag),
    ),
    ...changed('tags', asked(StringEquals), tags(condition.string_equals)),
    ...changed('tags not', asked(StringNotEquals), tags(condition.string_not_equals)),
    ...changed('tags like', asked(StringLike), tags(condition.string_like)),
    ...changed('tags not like', asked(StringNotLike), tags(condition.string_not_like)),
  ];
}

const texts = (given: unknown) => (Array.isArray(given) ? given.map(String) : []);

const inOrder = (items: readonly unknown[]) =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
