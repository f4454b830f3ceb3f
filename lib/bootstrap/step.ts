/** What something is done to: an account, in a Region where it has one, or a workspace. */
export interface Where {
  /** As the config calls it. */
  readonly name: string;
  /** Undefined outside of AWS. */
  readonly accountId?: string;
  readonly region?: string;
}

/** A request that changes something. */
export interface Call {
  /** As AWS's permissions name it, such as `iam`. */
  readonly service: string;
  readonly operation: string;
  /** What tells this request from others of its operation. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The permission that it takes, where it is not called like the operation. */
  readonly action?: string;
  send(): Promise<unknown>;
}

/** How something is found. */
export interface Sight {
  readonly was: string;
  /** How it is when the calls are made. */
  readonly is: string;
  /** None where nothing is to be done. */
  readonly calls: readonly Call[];
  /** What is otherwise than the config has it, and is left like that. */
  readonly differs?: string;
}

/** One thing that an organization needs before its first deploy. */
export interface Step {
  readonly what: string;
  readonly where: Where;
  /** Whether the steps after it make no sense where it fails. */
  readonly isNeededByNext?: boolean;
  /** Looks how it is, and changes nothing. */
  look(): Promise<Sight>;
}

/** Steps that are taken one after another. */
export interface Chain {
  readonly what: string;
  readonly where: Where;
  /** Finds the way there, and the steps. */
  steps(): Promise<readonly Step[]>;
}

/**
 * `already`: nothing was to be done. `would`: the calls would be made, were this no dry run. `differs`: left as it is,
 * though the config has it otherwise.
 */
export type Result = 'already' | 'done' | 'would' | 'differs' | 'failed';

/** What came of a step. */
export interface Row {
  readonly what: string;
  readonly where: Where;
  readonly was: string;
  readonly is: string;
  readonly result: Result;
  /** The calls that were made, or would be. */
  readonly calls: readonly Pick<Call, 'service' | 'operation' | 'parameters'>[];
  /** Why it failed, or how it differs. */
  readonly reason?: string;
}
