import type { ApiRequest, ApiResponse } from '../wire/exchange';

/** Refuses a request in the protocol it came in, with the code that its service has for it. */
export function refusalIn({ service, headers }: ApiRequest, message: string): ApiResponse {
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (service === 's3') return xml(`<Error>${errorXml('AccessDenied', message)}</Error>`);
  if (service === 'ec2')
    return xml(
      `<Response><Errors><Error>${errorXml('UnauthorizedOperation', ofEc2(message))}</Error></Errors></Response>`,
    );
  if (isForm) {
    const code = service === 'sns' ? 'AuthorizationError' : 'AccessDenied';
    return xml(`<ErrorResponse><Error><Type>Sender</Type>${errorXml(code, message)}</Error></ErrorResponse>`);
  }
  const code = service === 'sqs' ? 'AccessDenied' : 'AccessDeniedException';
  const isTarget = headers['x-amz-target'] !== undefined;
  return {
    status: isTarget ? 400 : 403,
    headers: { 'content-type': isTarget ? 'application/x-amz-json-1.1' : 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, Message: message, message }),
  };
}

const ofEc2 = (message: string) => `You are not authorized to perform this operation. ${message}`;
const xml = (body: string): ApiResponse => ({ status: 403, headers: { 'content-type': 'text/xml' }, body });
const errorXml = (code: string, message: string) => `<Code>${code}</Code><Message>${escaped(message)}</Message>`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
