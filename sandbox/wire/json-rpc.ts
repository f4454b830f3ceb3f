import { ApiError } from './api-error';
import type { ApiRequest, ApiResponse } from './exchange';
import { type Operation, readShape, writeShape } from './shape';

const TYPE = { 'content-type': 'application/x-amz-json-1.1' };

/** The operation that the `X-Amz-Target` header names, without its service. */
export const targetOf = ({ headers }: ApiRequest): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ?? '';

/** The operation's input, which is the body. */
export function readBody({ input }: Operation, { body }: ApiRequest): unknown {
  let json: unknown;
  try {
    json = body === '' ? {} : JSON.parse(body);
  } catch {
    throw new ApiError('SerializationException', 'the body is not JSON');
  }
  return input.isUnitSchema() ? {} : readShape(input, json);
}

/** The response of an operation that went well. */
export const writeBody = ({ output }: Operation, value: unknown): ApiResponse => ({
  status: 200,
  headers: TYPE,
  body: JSON.stringify(output.isUnitSchema() ? {} : (writeShape(output, value) ?? {})),
});

/** The response of one that was refused. */
export const writeRefusal = ({ code, message, details, status }: ApiError): ApiResponse => ({
  status,
  headers: { ...TYPE, 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, Message: message, message, ...details }),
});
