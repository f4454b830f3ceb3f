import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorResponse } from './error-response';
import { scopeOf } from './signature';

const CODE = 'OperationNotInSandbox';

/** Refuses what the sandbox does not serve, at once: a 5xx would have clients try again for minutes. */
export function refuse(incoming: IncomingMessage, outgoing: ServerResponse, message: string): void {
  const scope = scopeOf(incoming.headers.authorization);
  const request = { service: scope?.service, headers: incoming.headers };
  const { status, headers, body } = errorResponse(request, { status: 400, code: CODE, message });
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}
