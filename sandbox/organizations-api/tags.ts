import { targetNotFound } from './errors';
import type { Call, Handlers } from './operations';
import { page } from './page';

/** Tags of policies, accounts, units, the root and the resource policy, by id. */
export const tagHandlers = {
  TagResource: ({ ResourceId, Tags }, call) => {
    const added = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    call.directory.tags.set(ResourceId, { ...tagsOf(call, ResourceId), ...added });
    return {};
  },

  UntagResource: ({ ResourceId, TagKeys }, call) => {
    const kept = Object.entries(tagsOf(call, ResourceId)).filter(([key]) => !TagKeys.includes(key));
    call.directory.tags.set(ResourceId, Object.fromEntries(kept));
    return {};
  },

  ListTagsForResource: ({ ResourceId, ...given }, call) => {
    const { items, NextToken } = page(Object.entries(tagsOf(call, ResourceId)), given);
    return { Tags: items.map(([Key, Value]) => ({ Key, Value })), NextToken };
  },
} satisfies Handlers;

function tagsOf({ directory }: Call, id: string): Readonly<Record<string, string>> {
  const isThere = directory.member(id) || directory.policies.has(id) || id.startsWith('rp-');
  if (!isThere) throw targetNotFound();
  return directory.tags.get(id) ?? {};
}
