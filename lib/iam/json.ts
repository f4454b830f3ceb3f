import type { Refuse } from './policy-error';

/** A JSON object, whatever it holds. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value if it is a JSON object, which arrays and `null` are not. */
export function objectOf(value: unknown, what: string, refuse: Refuse): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(`${what} must be an object`);
  return value as JsonObject;
}

/** The value if it is a text. */
export function textOf(value: unknown, what: string, refuse: Refuse): string {
  return typeof value === 'string' ? value : refuse(`${what} must be a text`);
}

/** One or many, as policies spell them; an empty list has no documented meaning. */
export function listOf(value: unknown, what: string, refuse: Refuse): readonly unknown[] {
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 ? list : refuse(`${what} must not be empty`);
}

/** {@link listOf} for texts. */
export const textsOf = (value: unknown, what: string, refuse: Refuse): readonly string[] =>
  listOf(value, what, refuse).map((text) => textOf(text, what, refuse));

/** Refuses keys that the grammar does not have: a misspelt `Condition` would otherwise widen its statement. */
export function refuseUnknownKeys(object: JsonObject, known: readonly string[], refuse: Refuse): void {
  const unknown = Object.keys(object).filter((key) => !known.includes(key));
  if (unknown.length > 0) refuse(`unknown element ${unknown.join(', ')}`);
}
