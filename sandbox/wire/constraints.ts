import { requiredMembers, type Shape } from './shape';

/** What an API model asks of a member: of a text its pattern and length, of a number its range, of a list its length. */
export interface Constraint {
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

/** By structure and member; `Member[]` is what holds of each item of a list. */
export type Constraints = Readonly<Record<string, Readonly<Record<string, Constraint>>>>;

/** What an input breaks, in the words that AWS's services share. */
export interface Violations {
  /** Paths of required members that are not there. */
  readonly missing: readonly string[];
  readonly broken: readonly string[];
}

/** Checks an input against its model, at every depth. */
export function violations(input: unknown, shape: Shape, constraints: Constraints): Violations {
  const found = { missing: [] as string[], broken: [] as string[] };
  visit(input, shape, '', constraints, found);
  return found;
}

interface Found {
  readonly missing: string[];
  readonly broken: string[];
}

function visit(value: unknown, shape: Shape, path: string, constraints: Constraints, found: Found): void {
  if (value === undefined) return;
  if (shape.isListSchema()) {
    const item = shape.getValueSchema();
    (value as unknown[]).forEach((one, index) => {
      visit(one, item, `${path}.${index + 1}.member`, constraints, found);
    });
  } else if (shape.isStructSchema()) {
    const object = value as Readonly<Record<string, unknown>>;
    const ofShape = constraints[shape.getName() ?? ''] ?? {};
    for (const name of requiredMembers(shape)) if (object[name] === undefined) found.missing.push(join(path, name));
    for (const [name, member] of shape.structIterator()) {
      const at = join(path, name);
      check(object[name], ofShape[name], at, found);
      const ofItems = ofShape[`${name}[]`];
      if (ofItems) for (const item of (object[name] as unknown[] | undefined) ?? []) check(item, ofItems, at, found);
      visit(object[name], member, at, constraints, found);
    }
  }
}

function check(value: unknown, constraint: Constraint | undefined, path: string, found: Found): void {
  if (value === undefined || !constraint) return;
  const { pattern, min, max, enum: values } = constraint;
  const size = typeof value === 'number' ? value : (value as string | unknown[]).length;
  const [atLeast, atMost] = words(value);
  const broken = [
    ...(pattern !== undefined && !matches(pattern, String(value))
      ? [`satisfy regular expression pattern: ${pattern}`]
      : []),
    ...(min !== undefined && size < min ? [`have ${atLeast} ${min}`] : []),
    ...(max !== undefined && size > max ? [`have ${atMost} ${max}`] : []),
    ...(values && !values.includes(String(value)) ? [`satisfy enum value set: [${values.join(', ')}]`] : []),
  ];
  found.broken.push(
    ...broken.map((rule) => `Value '${value}' at '${path}' failed to satisfy constraint: Member must ${rule}`),
  );
}

/** Models are written for Java: a class such as `\\p{L}` needs JavaScript's Unicode mode, where others do not parse. */
const matches = (pattern: string, text: string) =>
  new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'su' : 's').test(text);

const words = (value: unknown): readonly [string, string] =>
  typeof value === 'number'
    ? ['value greater than or equal to', 'value less than or equal to']
    : ['length greater than or equal to', 'length less than or equal to'];

const join = (path: string, name: string) => {
  const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return path === '' ? member : `${path}.${member}`;
};
