import { Readable } from 'node:stream';
import type { Ambient } from '../../lib/live/sessions';

/** What an operation answers: all at once, or the things of a list. */
type Answer = string | { readonly list: string; readonly items: string };

const NO_SUCH_ENTITY = '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>';

/** An IAM whose lists begin with an empty page, as AWS's may; what is asked besides is not there. */
export function anIamInPages(answers: Readonly<Record<string, Answer>>): Ambient {
  const handle = async ({ body }: { body: string }) => {
    const asked = new URLSearchParams(body);
    const operation = asked.get('Action') ?? '';
    const answer = answers[operation];
    const result = typeof answer === 'object' ? pageOf(answer, asked.has('Marker')) : answer;
    const text = `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
    const [statusCode, said] = answer === undefined ? [404, NO_SUCH_ENTITY] : [200, text];
    return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(said)]) } };
  };
  const requestHandler = { handle, destroy: () => {} } as unknown as NonNullable<Ambient['requestHandler']>;
  return { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, requestHandler };
}

const pageOf = ({ list, items }: { readonly list: string; readonly items: string }, isSecond: boolean): string =>
  isSecond
    ? `<IsTruncated>false</IsTruncated><${list}>${items}</${list}>`
    : `<IsTruncated>true</IsTruncated><Marker>more</Marker><${list}/>`;
