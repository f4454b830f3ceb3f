import type { Problem } from './config-error';
import type { Path } from './path';

/** Text that Terraform would take for an expression of its own, wherever it stands: AWS has no use for it either. */
export function textProblems(value: unknown, path: Path = []): Problem[] {
  if (typeof value === 'string') return expressionIn(value) ? [problem(path, value, false)] : [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => textProblems(entry, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(expressionIn(key) ? [problem([...path, key], key, true)] : []),
    ...textProblems(inner, [...path, key]),
  ]);
}

const expressionIn = (text: string) => /[$%]\{/.test(text);

const problem = (path: Path, text: string, isAtKey: boolean): Problem => ({
  path,
  message: `must not hold \${ or %{, got ${JSON.stringify(text)}: Terraform would read it as an expression`,
  isAtKey,
});
