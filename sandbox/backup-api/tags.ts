import { limitExceeded, notFound } from './errors';
import { page } from './lookups';
import type { Call, Handlers } from './operations';

/**
 * AWS's bound of tags on one thing.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
 */
const MOST_TAGS = 50;

/** Tags of vaults, plans, recovery points and the rest, by ARN. */
export const tagHandlers = {
  TagResource: ({ ResourceArn, Tags }, call) => {
    const tags = tagsOf(call, ResourceArn);
    const all = { ...tags, ...Tags };
    if (Object.keys(all).length > MOST_TAGS) throw limitExceeded(`A resource may have at most ${MOST_TAGS} tags`);
    call.place.tags.set(ResourceArn, all);
    return {};
  },

  UntagResource: ({ ResourceArn, TagKeyList }, call) => {
    const kept = Object.entries(tagsOf(call, ResourceArn)).filter(([key]) => !TagKeyList.includes(key));
    call.place.tags.set(ResourceArn, Object.fromEntries(kept));
    return {};
  },

  ListTags: ({ ResourceArn, MaxResults, NextToken }, call) => {
    const { items, NextToken: next } = page(Object.entries(tagsOf(call, ResourceArn)), { MaxResults, NextToken });
    return { Tags: Object.fromEntries(items), NextToken: next };
  },
} satisfies Handlers;

function tagsOf({ place }: Call, arn: string): Readonly<Record<string, string>> {
  const tags = place.tags.get(arn);
  if (!tags) throw notFound('Resource', arn);
  return tags;
}
