import type { IncomingMessage, ServerResponse } from 'node:http';

const CODE = 'OperationNotInSandbox';

/** Refuses in the protocol that the client speaks: else it could not read why. */
export function refuse(incoming: IncomingMessage, outgoing: ServerResponse, operation: string, message: string): void {
  const { headers } = incoming;
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const [type, body] = headers['x-amz-target']
    ? ['application/x-amz-json-1.1', JSON.stringify({ __type: CODE, message, Message: message })]
    : isForm
      ? ['text/xml', `<ErrorResponse><Error><Type>Sender</Type>${errorXml(message)}</Error></ErrorResponse>`]
      : operation.startsWith('s3:')
        ? ['application/xml', `<Error>${errorXml(message)}</Error>`]
        : ['application/json', JSON.stringify({ message, Message: message })];
  outgoing.writeHead(400, { 'content-type': type, 'x-amzn-errortype': CODE });
  outgoing.end(body);
}

const errorXml = (message: string) => `<Code>${CODE}</Code><Message>${escaped(message)}</Message>`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
