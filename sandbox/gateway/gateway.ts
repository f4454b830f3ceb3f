import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isForBucketPolicy } from '../policy/bucket-policies';
import type { ApiRequest, ApiResponse, Service } from '../wire/exchange';
import type { Identify } from './identify';
import { refuse } from './refuse';
import { type Scope, scopeOf } from './signature';
import { type Passing, passOn } from './upstream';

/** Judges what is about to be passed on. */
export interface Guard {
  /** What the client gets instead; nothing lets the request through. */
  judge(request: ApiRequest): Promise<ApiResponse | undefined>;
  /** Told when a request has been answered, before its client is. */
  passed(request: ApiRequest): void;
}

export interface GatewayOptions {
  /** Served here, by the name in the signature's scope, such as `backup`. */
  readonly services: Readonly<Record<string, Service>>;
  /**
   * Serves the policies of buckets, and nothing else of S3.
   * @default - they are as the rest of S3
   */
  readonly bucketPolicies?: Service;
  readonly identify: Identify;
  /**
   * Where everything else goes.
   * @default - everything else is refused
   */
  readonly upstream?: string;
  /**
   * Asked of every signed request that goes there; of a body it sees what the form or the JSON of an operation is.
   * @default - everything may go there
   */
  readonly guard?: Guard;
  /**
   * Answers in place of everybody, for faults that are made on purpose; nothing lets the request through.
   * @default - nobody does
   */
  readonly intercept?: (scope: Scope | undefined, incoming: IncomingMessage) => ApiResponse | undefined;
  /** @default - a free port */
  readonly port?: number;
}

/** The one endpoint that the world outside sees. */
export interface Gateway {
  /** What to set `AWS_ENDPOINT_URL` to. */
  readonly url: string;
  close(): Promise<void>;
}

/** Longer than clients keep a connection, of which Go's go on to 90 seconds: who closes first may cut off a request. */
const KEPT_MILLISECONDS = 120_000;

/** Listens on the loopback address only. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    outgoing.setHeader('x-amzn-requestid', `sandbox-${requests}`);
    answer(options, incoming, outgoing).catch((error) => {
      // A 5xx would have clients try again for minutes, and a mistake of the sandbox stays one.
      refuse(incoming, outgoing, `the sandbox failed: ${error instanceof Error ? error.stack : error}`);
    });
  });
  server.keepAliveTimeout = KEPT_MILLISECONDS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(options: GatewayOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const scope = scopeOf(incoming.headers.authorization);
  const intercepted = options.intercept?.(scope, incoming);
  if (intercepted) {
    incoming.resume();
    send(outgoing, intercepted);
    return;
  }
  const service = scope && serviceFor(options, scope, incoming);
  const guard = options.upstream === undefined ? undefined : options.guard;
  if (!scope || !(service || guard)) {
    passOnOrRefuse(options, incoming, outgoing);
    return;
  }
  const body = service || isShort(scope, incoming) ? await read(incoming) : undefined;
  const request = await requestOf(options, scope, incoming, body ?? '');
  const response = (await service?.(request)) ?? (await guard?.judge(request));
  if (response) {
    incoming.resume();
    send(outgoing, response);
  } else passOnOrRefuse(options, incoming, outgoing, { body, onAnswer: () => guard?.passed(request) });
}

const serviceFor = (
  { services, bucketPolicies }: GatewayOptions,
  { service }: Scope,
  { url = '/' }: IncomingMessage,
) => (isForBucketPolicy(service, url) ? bucketPolicies : services[service]);

/** Whether the body says what the operation is, rather than being the object of one. */
function isShort({ service }: Scope, { headers }: IncomingMessage): boolean {
  const type = String(headers['content-type'] ?? '');
  const isRead = /^application\/(?:x-www-form-urlencoded|x-amz-json|json)/.test(type);
  return isRead && service !== 's3' && headers['content-encoding'] === undefined;
}

async function requestOf({ identify }: GatewayOptions, scope: Scope, incoming: IncomingMessage, body: string) {
  const { method = 'GET', url = '/', headers } = incoming;
  const [path = '/', query = ''] = url.split('?');
  const caller = await identify(scope.accessKeyId);
  const request: ApiRequest = {
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    body,
    service: scope.service,
    region: scope.region,
    caller,
  };
  return request;
}

function passOnOrRefuse(
  { upstream }: GatewayOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  passing: Passing = {},
): void {
  if (upstream !== undefined) passOn(new URL(upstream), incoming, outgoing, passing);
  else refuse(incoming, outgoing, `the sandbox does not serve ${incoming.method} ${incoming.url}`);
}

function send(outgoing: ServerResponse, { status, headers, body }: ApiResponse): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
