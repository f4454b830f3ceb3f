/**
 * The same with other words in every text of it, however deep: what a template or a policy leaves open, said for one account.
 * @param words - by what stands there, what is to stand there
 */
export function filledIn<Value>(value: Value, words: Readonly<Record<string, string>>): Value {
  if (typeof value === 'string')
    return Object.entries(words).reduce<string>((text, [open, said]) => text.replaceAll(open, said), value) as Value;
  if (Array.isArray(value)) return value.map((item) => filledIn(item, words)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, filledIn(held, words)])) as Value;
}
