import type { Path } from './path';

/** One thing the operator has to mend. */
export interface Problem {
  /** Where in the config, from the root. */
  readonly path: Path;
  /** `must <rule>, got <value>: <why or what to do>`. */
  readonly message: string;
  /** Whether the place is the key itself (an unknown key, a bad name) and not its value. */
  readonly isAtKey?: boolean;
}

/** A problem with its place in the file; line and column count from 1. */
export interface LocatedProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** All that is wrong with a config file, told at once; the only error that is the operator's. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly file: string,
    readonly problems: readonly LocatedProblem[],
  ) {
    super(problems.map((problem) => renderProblem(file, problem)).join('\n'));
  }
}

/** `backup.yaml:14:7 plans.daily.rules[0].schedule must …` */
export function renderProblem(file: string, { line, column, path, message }: LocatedProblem): string {
  return [`${file}:${line}:${column}`, path, message].filter((part) => part !== '').join(' ');
}
