import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  paginateListAliases,
  paginateListResourceTags,
  type Tag,
} from '@aws-sdk/client-kms';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { listAll } from '../live/list-all';
import type { FoundKey } from './inventory';

const AT_A_TIME = 4;

/** Keys of other accounts, and those whose policies let nobody look. */
const HIDDEN = { NotFoundException: undefined, AccessDeniedException: undefined };

/** Ids of keys by their aliases, AWS's own among them. */
export async function readAliases(client: KMSClient): Promise<Record<string, string>> {
  const listed = await listAll(
    'kms:ListAliases',
    () => paginateListAliases({ client }, {}),
    ({ Aliases }) => Aliases,
  );
  return Object.fromEntries(
    listed.flatMap(({ AliasName, TargetKeyId }) => (AliasName && TargetKeyId ? [[AliasName, TargetKeyId]] : [])),
  );
}

/** Keys by their ids or ARNs, each once. */
export async function readKeys(client: KMSClient, idsOrArns: readonly string[]): Promise<FoundKey[]> {
  const byId = new Map(idsOrArns.map((given) => [given.replace(/^.*key\//, ''), given]));
  return inParallel(AT_A_TIME, [...byId], ([id, given]) => readKey(client, id, given));
}

async function readKey(client: KMSClient, id: string, given: string): Promise<FoundKey> {
  const described = await ask<{ readonly KeyMetadata?: KeyMetadata | undefined } | undefined>(
    'kms:DescribeKey',
    () => client.send(new DescribeKeyCommand({ KeyId: given })),
    HIDDEN,
  );
  const key = described?.KeyMetadata;
  const policy = await ask<{ readonly Policy?: string | undefined } | undefined>(
    'kms:GetKeyPolicy',
    () => client.send(new GetKeyPolicyCommand({ KeyId: given })),
    HIDDEN,
  );
  const tags = await ask<Tag[] | undefined>('kms:ListResourceTags', () => tagsOf(client, given), HIDDEN);
  return {
    arn: key?.Arn ?? given,
    id,
    isOfAws: key && key.KeyManager === 'AWS',
    description: key?.Description ?? '',
    policy: policy?.Policy,
    tags: Object.fromEntries(tags?.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]) ?? []),
  };
}

async function tagsOf(client: KMSClient, KeyId: string): Promise<Tag[]> {
  const tags: Tag[] = [];
  for await (const { Tags = [] } of paginateListResourceTags({ client }, { KeyId })) tags.push(...Tags);
  return tags;
}

/** As much as is told of a key. */
interface KeyMetadata {
  readonly Arn?: string | undefined;
  readonly KeyManager?: string | undefined;
  readonly Description?: string | undefined;
}
