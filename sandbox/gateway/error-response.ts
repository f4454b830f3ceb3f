import type { ApiRequest, ApiResponse } from '../wire/exchange';
import { xmlText } from '../wire/query';

/** Why something is not done, as services tell it. */
export interface ServiceError {
  readonly status: number;
  /** Such as `AccessDenied`. */
  readonly code: string;
  readonly message: string;
}

/** An error in the protocol that the request came in: else its client could not read why. */
export function errorResponse(
  { service, headers }: Pick<ApiRequest, 'headers'> & { readonly service: string | undefined },
  { status, code, message }: ServiceError,
): ApiResponse {
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const isTarget = headers['x-amz-target'] !== undefined;
  const error = `<Code>${code}</Code><Message>${xmlText(message)}</Message>`;
  const xml = (body: string) => ({ status, headers: { 'content-type': 'text/xml', 'x-amzn-errortype': code }, body });
  if (service === 's3') return xml(`<Error>${error}</Error>`);
  if (service === 'ec2') return xml(`<Response><Errors><Error>${error}</Error></Errors></Response>`);
  if (isForm) {
    const type = status < 500 ? 'Sender' : 'Receiver';
    return xml(`<ErrorResponse><Error><Type>${type}</Type>${error}</Error></ErrorResponse>`);
  }
  const contentType = isTarget ? 'application/x-amz-json-1.1' : 'application/json';
  return {
    status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, Message: message, message }),
  };
}
