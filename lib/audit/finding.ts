import type { Where } from '../bootstrap/step';

/** `error`: backups, copies or restores fail or are not protected. `warning`: not as the config has it, and they still work. */
export type Severity = 'error' | 'warning';

/** Something that is otherwise than the config has it. */
export interface Problem {
  readonly severity: Severity;
  /** What it is about, such as `vault cab-source`. */
  readonly what: string;
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A problem where it was found. */
export interface Finding extends Problem {
  /** The check that found it. */
  readonly check: string;
  readonly where: Where;
}

/** A problem that ends or breaks the work of AWS Backup. */
export const error = (what: string, found: string, expected: string, remedy: string): Problem => ({
  severity: 'error',
  what,
  found,
  expected,
  remedy,
});

/** A problem that leaves it at work. */
export const warning = (what: string, found: string, expected: string, remedy: string): Problem => ({
  ...error(what, found, expected, remedy),
  severity: 'warning',
});
