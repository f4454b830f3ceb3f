import { errorResponse } from '../gateway/error-response';
import type { ApiRequest, ApiResponse } from '../wire/exchange';

/** Refuses a request in the protocol it came in, with the code that its service has for it. */
export function refusalIn(request: ApiRequest, message: string): ApiResponse {
  const { service, headers } = request;
  const isTarget = headers['x-amz-target'] !== undefined;
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (service === 'ec2') {
    const text = `You are not authorized to perform this operation. ${message}`;
    return errorResponse(request, { status: 403, code: 'UnauthorizedOperation', message: text });
  }
  const isDenied = service === 's3' || service === 'sqs' || isForm;
  const code = service === 'sns' ? 'AuthorizationError' : isDenied ? 'AccessDenied' : 'AccessDeniedException';
  return errorResponse(request, { status: isTarget ? 400 : 403, code, message });
}
