/** Every operation that an SDK has a command for. */
export type OperationName<Sdk> = Extract<
  { [K in keyof Sdk]: K extends `${infer Name}Command` ? Name : never }[keyof Sdk],
  string
>;

type Constructor = abstract new (...given: never) => unknown;
type CommandOf<Sdk, Name extends string> =
  InstanceType<Extract<Sdk[`${Name}Command` & keyof Sdk], Constructor>> extends {
    readonly input: infer Input;
    resolveMiddleware(...rest: never): (given: never) => Promise<{ output: infer Output }>;
  }
    ? { readonly input: Input; readonly output: Output }
    : never;

/** What a request certainly holds once its model has been checked: SDKs type required members as perhaps undefined. */
export type Given<T> = T extends Date | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Given<Item>[]
    : { [K in keyof T]: Record<never, never> extends Pick<T, K> ? Given<T[K]> : Given<NonNullable<T[K]>> };

/** The input of an operation, complete as its model asks. */
export type InputOf<Sdk, Name extends string> = Given<CommandOf<Sdk, Name>['input']>;

/** The output of an operation. */
export type OutputOf<Sdk, Name extends string> = Omit<CommandOf<Sdk, Name>['output'], '$metadata'>;

/** The operations that one part of a service serves. */
export type HandlersOf<Sdk, Call> = {
  readonly [Name in OperationName<Sdk>]?: (
    input: InputOf<Sdk, Name>,
    call: Call,
  ) => OutputOf<Sdk, Name> | Promise<OutputOf<Sdk, Name>>;
};
