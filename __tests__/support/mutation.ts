import fc from 'fast-check';

type Step = string | number;

/** Every place of a value, itself first. */
function placesOf(value: unknown, path: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: (readonly [Step, unknown])[] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry] as const)
    : Object.entries(value);
  return [path, ...entries.flatMap(([step, inner]) => placesOf(inner, [...path, step]))];
}

/** What is at a place, changed; `undefined` takes it away. */
function changedAt(value: unknown, path: readonly Step[], change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return change(value);
  if (Array.isArray(value)) {
    const entries = value.map((entry, index) => (index === step ? changedAt(entry, rest, change) : entry));
    return entries.filter((entry) => entry !== undefined);
  }
  // A key called __proto__ stays a key of its own.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === step ? changedAt(inner, rest, change) : inner]),
  );
}

const WRONG = [null, '', ' ', 'x', 'true', '35', 0, -1, 1.5, 36_501, 1e21, true, [], {}, [null], [[]], { x: {} }];
const KEYS = [
  'x',
  'Rules',
  'ListOfTags',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__proto__',
  '',
  '0',
  'a.b',
  'ü\u2028',
  '<<',
];

const withKey = (value: unknown, key: string, given: unknown): unknown =>
  Array.isArray(value)
    ? [...value, given]
    : typeof value === 'object' && value !== null
      ? Object.fromEntries([...Object.entries(value), [key, given]])
      : { [key]: given };

/** Something missing, of a wrong type, under a key that nobody knows, twice, or with an expression in its text. */
const change: fc.Arbitrary<(old: unknown) => unknown> = fc.oneof(
  fc.constant(() => undefined),
  fc.constantFrom(...WRONG).map((wrong) => () => wrong),
  fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...WRONG)).map(
    ([key, wrong]) =>
      (old: unknown) =>
        withKey(old, key, wrong),
  ),
  fc
    .constantFrom('${nothing.at.all}', '%{if}', ' ', '*', 'Ü')
    .map((text) => (old: unknown) => (typeof old === 'string' ? `${old}${text}` : old)),
  fc.constant((old: unknown) => (Array.isArray(old) ? [...old, ...old] : old)),
);

/** The same with one change or two at any depth; the root stays a map. */
export const mutated = (sound: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(sound, fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 2 })).map(([value, changes]) =>
    changes.reduce<object>((root, [pick, change]) => {
      const places = placesOf(root).filter((path) => path.length > 0);
      const place = places[pick % places.length];
      return place ? (changedAt(root, place, change) as object) : root;
    }, value),
  );
