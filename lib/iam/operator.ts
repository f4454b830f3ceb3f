import type { Facts } from './facts';
import type { Refuse } from './policy-error';

/** Whether a value of the request is as one of the policy's values says. */
export type ValueTest = (value: string, facts: Facts) => boolean;

/** The values a condition lists for a key, and how they are read. */
export interface PolicyValues {
  readonly values: readonly string[];
  readonly hasVariables: boolean;
}

/** Makes the policy's values ready, and refuses those that the operator cannot read. */
export type TestOf = (policy: PolicyValues, refuse: Refuse) => ValueTest;

/** A condition operator without its prefix and its suffix. */
export interface Operator {
  /** A negated one holds where the value is as none of the policy's values says, and where there is no value. */
  readonly isNegated: boolean;
  readonly testOf: TestOf;
}
