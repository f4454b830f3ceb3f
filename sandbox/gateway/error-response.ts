import type { IncomingMessage } from 'node:http';
import type { ApiResponse } from '../wire/exchange';
import type { Scope } from './signature';

/** Why something is not done, as services tell it. */
export interface ServiceError {
  readonly status: number;
  /** Such as `AccessDenied`. */
  readonly code: string;
  readonly message: string;
}

/** An error in the protocol that the client speaks: else it could not read why. */
export function errorResponse(
  scope: Scope | undefined,
  { headers }: IncomingMessage,
  { status, code, message }: ServiceError,
): ApiResponse {
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const type = status < 500 ? 'Sender' : 'Receiver';
  const xml = `<Code>${code}</Code><Message>${escaped(message)}</Message>`;
  const [contentType, body] = headers['x-amz-target']
    ? ['application/x-amz-json-1.1', JSON.stringify({ __type: code, message, Message: message })]
    : isForm
      ? ['text/xml', `<ErrorResponse><Error><Type>${type}</Type>${xml}</Error></ErrorResponse>`]
      : scope?.service === 's3'
        ? ['application/xml', `<Error>${xml}</Error>`]
        : ['application/json', JSON.stringify({ message, Message: message })];
  return { status, headers: { 'content-type': contentType, 'x-amzn-errortype': code }, body };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
