/**
 * A policy says something that this evaluator does not understand. Guessing could make a denial vanish or an allowance
 * appear, so nothing is decided at all.
 */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** Ends the reading of a policy with a {@link PolicyError} that says where. */
export type Refuse = (problem: string) => never;

/** A {@link Refuse} for one place, such as `vault policy, AllowSourcesToCopyIn`. */
export const refuseAt =
  (place: string): Refuse =>
  (problem) => {
    throw new PolicyError(`${place}: ${problem}`);
  };
