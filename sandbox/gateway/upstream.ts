import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { refuse } from './refuse';
import { scopeOf } from './signature';

/** Bodies that name their operation are short; what is longer, such as an object of S3, is never looked into. */
const LOOKED_INTO_BYTES = 16_384;

/** A connection for each request: moto may be closing one that is kept just when the next request is sent by it. */
const ONCE = new Agent({ keepAlive: false });

/** What is known of a request that is passed on. */
export interface Passing {
  /** The body, where it has been read already. */
  readonly body?: string | undefined;
  /** Called when the answer is there and the client does not have it yet. */
  readonly onAnswer?: () => void;
}

/**
 * Passes a request on as it is, and the answer back as it comes. Moto answers 5xx for what it lacks, which clients try
 * again for minutes: that becomes a refusal that names the operation.
 */
export function passOn(
  upstream: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { body, onAnswer }: Passing,
): void {
  const head: Buffer[] = [];
  let seen = 0;
  const onward = httpRequest(
    {
      agent: ONCE,
      host: upstream.hostname,
      port: upstream.port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    },
    (answer) => {
      onAnswer?.();
      if ((answer.statusCode ?? 0) < 500) {
        outgoing.writeHead(answer.statusCode ?? 200, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const operation = operationOf(incoming, body ?? Buffer.concat(head).toString());
        const said = Buffer.concat(chunks)
          .toString()
          .replaceAll(/(?:<[^>]*>|\s)+/g, ' ')
          .trim()
          .slice(0, 300);
        refuse(incoming, outgoing, `moto answered ${answer.statusCode} to ${operation}: ${said}`);
      });
    },
  );
  onward.on('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy(error);
    else refuse(incoming, outgoing, `moto does not answer: ${error.message}`);
  });
  outgoing.on('close', () => onward.destroy());
  if (body !== undefined) {
    onward.end(body);
    return;
  }
  incoming.on('data', (chunk: Buffer) => {
    if (seen < LOOKED_INTO_BYTES) head.push(chunk);
    seen += chunk.length;
  });
  incoming.pipe(onward);
}

/** Such as `kms:CreateKey`: told by a header, by the form that is sent, or else only by method and path. */
function operationOf({ headers, method, url }: IncomingMessage, body: string): string {
  const service = scopeOf(headers.authorization)?.service ?? 'unsigned';
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  return `${service}:${target || new URLSearchParams(body).get('Action') || `${method} ${url}`}`;
}
