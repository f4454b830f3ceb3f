/** Whose key signed a request, as STS would say. */
export interface CallerIdentity {
  readonly accountId: string;
  /** The ARN of a user, of an account's root user, or of a role session. */
  readonly arn: string;
}

/** A request as it came over HTTP, with what its signature says. */
export interface ApiRequest {
  readonly method: string;
  /** As sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  readonly service: string;
  readonly region: string;
  readonly caller: CallerIdentity;
}

/** What goes back. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Serves one AWS service; nothing means that what is behind the gateway shall answer. */
export type Service = (request: ApiRequest) => Promise<ApiResponse | undefined>;

/** What time it is in the sandbox: tests and retention move it. */
export type Clock = () => Date;
