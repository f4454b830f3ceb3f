/** What AWS's own words are for a refusal; anything else that is thrown is a mistake of the sandbox. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** The error's shape in the API model, such as `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    /** What the service sends besides, such as AWS Backup's `Code` and `Context`. */
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly status = 400,
  ) {
    super(message);
  }
}

/** An operation of the API that the sandbox does not serve. A 5xx would have clients try again for minutes. */
export const notServed = (service: string, operation: string): ApiError =>
  new ApiError(
    'OperationNotInSandbox',
    `the sandbox does not serve ${service}:${operation}; see what it does serve in sandbox/README.md`,
  );
