import type { Path } from '../config/path';

/** A setting by which the config names what exists. */
export interface Proposal {
  readonly path: Path;
  readonly value: unknown;
  /** What tells that it is meant. */
  readonly why: string;
}

/** What somebody has to decide, or to do: nothing is taken for certain. */
export interface Choice {
  /** `production/us-east-1` */
  readonly where: string;
  /** What is sought, such as `vault`. */
  readonly what: string;
  /** What is unclear, and the setting that settles it. */
  readonly why: string;
  /** Names that could be meant. */
  readonly candidates: readonly string[];
}

/** What a search for something came to. */
export interface Matches {
  readonly proposals: readonly Proposal[];
  readonly choices: readonly Choice[];
}

export const NO_MATCHES: Matches = { proposals: [], choices: [] };

export const proposed = (path: Path, value: unknown, why: string): Matches => ({
  proposals: [{ path, value, why }],
  choices: [],
});

export const toChoose = (choice: Choice): Matches => ({ proposals: [], choices: [choice] });

export const together = (matches: readonly Matches[]): Matches => ({
  proposals: matches.flatMap(({ proposals }) => proposals),
  choices: matches.flatMap(({ choices }) => choices),
});
