import { isObject } from './masked';
import type { PlanJson } from './plan-json';

/** By the address of each resource of a plan, the addresses of those that its arguments name. */
export function referencesOf({ configuration }: PlanJson): ReadonlyMap<string, readonly string[]> {
  const resources = configuration?.root_module?.resources ?? [];
  return new Map(resources.map(({ address, expressions }) => [address, namedIn(expressions)]));
}

function namedIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(namedIn);
  if (!isObject(expression)) return [];
  const { references } = expression;
  return Array.isArray(references) ? references.map(String) : Object.values(expression).flatMap(namedIn);
}
