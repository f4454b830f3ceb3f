/** A value that nobody shall read, which can still be compared. */
export class Secret {
  constructor(readonly value: unknown) {}

  toJSON(): string {
    return '(secret)';
  }
}

/** What Terraform knows only when it has applied. */
export const UNKNOWN = '(known after apply)';

/**
 * Puts secrets, and what is not known yet, in the place of values.
 * @param sensitive - what `terraform show -json` says of the value: `true` where it is secret, in the shape of the value
 * @param unknown - the same for what is not known
 */
export function masked(value: unknown, sensitive: unknown, unknown?: unknown): unknown {
  if (sensitive === true) return new Secret(value);
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value))
    return value.map((element, index) => masked(element, at(sensitive, index), at(unknown, index)));
  if (!isObject(value)) return value;
  const keys = new Set([...Object.keys(value), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries([...keys].map((key) => [key, masked(value[key], at(sensitive, key), at(unknown, key))]));
}

/** Whether a value has keys. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);

const at = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
