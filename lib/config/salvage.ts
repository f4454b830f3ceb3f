import type { z } from 'zod';
import { type Path, renderPath, valueAt } from './path';

/** What is left of a config without its faulty parts. */
export interface Salvaged<Output> {
  readonly config: Output;
  /** Where a value of `config` stands in the file: lists may have lost entries before it. */
  originalPath(path: Path): Path;
  /** Paths of required values that were faulty and that something valid stands in for. */
  readonly standIns: ReadonlySet<string>;
}

/** More rounds than any config that a person wrote needs; each removes at least one value. */
const MAX_ROUNDS = 100;

/**
 * Takes away what does not fit the schema until the rest does, so that the checks across the config can run beside
 * the checks of its shape and the operator sees all problems at once. Undefined when nothing useful is left.
 */
export function salvage<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
  standInFor: Readonly<Record<string, unknown>>,
): Salvaged<z.output<Schema>> | undefined {
  const standIns = new Set<string>();
  const kept = new WeakMap<readonly unknown[], readonly number[]>();
  let rest: unknown = structuredClone(raw);
  for (let round = 0; round < MAX_ROUNDS && rest !== undefined; round++) {
    const result = schema.safeParse(rest);
    if (result.success) {
      const remaining = rest;
      return { config: result.data, originalPath: (path) => originalPath(remaining, path, kept), standIns };
    }
    const faulty = result.error.issues.flatMap(placesOf);
    for (const place of faulty.filter((place) => Object.hasOwn(standInFor, renderPath(place)))) {
      rest = withValue(rest, place, standInFor[renderPath(place)]);
      standIns.add(renderPath(place));
    }
    const removable = faulty
      .filter((place) => !standIns.has(renderPath(place)))
      // A missing value cannot be removed: its holder goes instead.
      .map((place) => (valueAt(rest, place) === undefined ? place.slice(0, -1) : place));
    for (const place of outermost(removable).sort(laterFirst)) rest = without(rest, place, kept);
  }
  return undefined;
}

function placesOf(issue: z.core.$ZodIssue): Path[] {
  const path = issue.path as (string | number)[];
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return structuredClone(value);
  const holder = typeof root === 'object' && root !== null ? (root as Record<string | number, unknown>) : {};
  return { ...holder, [step]: withValue(holder[step], rest, value) };
}

/** Each place once, and none inside another: what is removed with its holder must not be looked for again. */
function outermost(places: readonly Path[]): Path[] {
  const names = new Set(places.map(renderPath));
  const unique = new Map(places.map((place) => [renderPath(place), place]));
  return [...unique.values()].filter(
    (place) => !place.some((_, depth) => names.has(renderPath(place.slice(0, depth)))),
  );
}

/** Removing from the back keeps the indexes of what is still to be removed. */
function laterFirst(a: Path, b: Path): number {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) {
    const [left, right] = [a[depth], b[depth]];
    if (left === right) continue;
    return typeof left === 'number' && typeof right === 'number' ? right - left : String(right) > String(left) ? 1 : -1;
  }
  return b.length - a.length;
}

type Kept = WeakMap<readonly unknown[], readonly number[]>;

const indexesOf = (list: readonly unknown[], kept: Kept) => kept.get(list) ?? list.map((_, index) => index);

function without(root: unknown, path: Path, kept: Kept): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (typeof root !== 'object' || root === null) return root;
  const holder = root as Record<string | number, unknown>;
  if (rest.length > 0) {
    if (step in holder) holder[step] = without(holder[step], rest, kept);
    return root;
  }
  if (!Array.isArray(root)) return Object.fromEntries(Object.entries(root).filter(([key]) => key !== String(step)));
  const shorter = root.filter((_, index) => index !== step);
  kept.set(
    shorter,
    indexesOf(root, kept).filter((_, index) => index !== step),
  );
  return shorter;
}

function originalPath(root: unknown, path: Path, kept: Kept): Path {
  let value: unknown = root;
  return path.map((step) => {
    const original = Array.isArray(value) && typeof step === 'number' ? (indexesOf(value, kept)[step] ?? step) : step;
    value = valueAt(value, [step]);
    return original;
  });
}
