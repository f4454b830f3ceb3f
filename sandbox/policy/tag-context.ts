import { type Operation, textsOf } from './operation';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** A form's tags: IAM's `Tags.member.1.Key`, EC2's `TagSpecification.1.Tag.1.Key`, RDS's `Tags.Tag.1.Key`. */
const KEY_IN_FORM = /^((?:TagSpecification\.\d+\.)?Tags?(?:\.\w+)?\.\d+)\.Key$/;

/** `aws:RequestTag/…` and `aws:TagKeys` of a request, however its service writes tags. */
export function requestTagContext(operation: Operation): Context {
  const tags = requestedTags(operation);
  const removed = ['TagKeys', 'tagKeys', 'TagKeyList'].flatMap((key) => textsOf(operation, key));
  const keys = [...Object.keys(tags), ...removed];
  return { ...tagContext('aws:RequestTag', tags), ...(keys.length > 0 ? { 'aws:TagKeys': keys } : {}) };
}

/** Tags as condition keys. */
export const tagContext = (
  prefix: 'aws:RequestTag' | 'aws:ResourceTag',
  tags: Readonly<Record<string, string>>,
): Context => Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));

function requestedTags({ input }: Operation): Record<string, string> {
  const json = input.Tags ?? input.tags;
  if (Array.isArray(json)) return Object.fromEntries(json.map((tag) => [anyOf(tag, 'Key'), anyOf(tag, 'Value')]));
  if (typeof json === 'object' && json !== null) return json as Record<string, string>;
  return Object.fromEntries(
    Object.entries(input).flatMap(([field, key]) => {
      const start = KEY_IN_FORM.exec(field)?.[1];
      return start === undefined ? [] : [[String(key), String(input[`${start}.Value`] ?? '')]];
    }),
  );
}

/** KMS writes `TagKey`, most others `Key`, some `key`. */
function anyOf(tag: Readonly<Record<string, unknown>>, name: 'Key' | 'Value'): string {
  return String(tag[`Tag${name}`] ?? tag[name] ?? tag[name.toLowerCase()] ?? '');
}
