import type { z } from 'zod';
import { type Path, valueAt } from './path';

/** What is left of a config without its faulty parts. */
export interface Salvaged<Output> {
  readonly config: Output;
  /** Where a value of `config` stands in the file: lists may have lost entries before it. */
  originalPath(path: Path): Path;
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
): Salvaged<z.output<Schema>> | undefined {
  const kept = new WeakMap<readonly unknown[], readonly number[]>();
  let rest: unknown = structuredClone(raw);
  for (let round = 0; round < MAX_ROUNDS && rest !== undefined; round++) {
    const result = schema.safeParse(rest);
    if (result.success) {
      const remaining = rest;
      return { config: result.data, originalPath: (path) => originalPath(remaining, path, kept) };
    }
    const faulty = result.error.issues.flatMap((issue) => placesOf(issue, rest)).sort(laterFirst);
    for (const place of faulty) rest = without(rest, place, kept);
  }
  return undefined;
}

function placesOf(issue: z.core.$ZodIssue, root: unknown): Path[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  // A missing value cannot be removed: its holder goes instead.
  return [valueAt(root, path) === undefined ? path.slice(0, -1) : path];
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
