import { STSClient } from '@aws-sdk/client-sts';
import type { Ambient } from '../../lib/live/sessions';

/** A stack of a StackSet, as its list tells it. */
export interface Instance {
  readonly account: string;
  readonly region: string;
  readonly status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  readonly detail?: string;
  readonly reason?: string;
}

type Handler = NonNullable<Ambient['requestHandler']> & { handle: unknown };

interface HttpHandler {
  handle(request: Sent, options: object): Promise<unknown>;
  destroy(): void;
}

interface Sent {
  readonly body?: unknown;
}

/**
 * Sends requests as usual, and answers those for the stacks of StackSets itself, two a page.
 * @param of - the stacks of a StackSet; undefined where there is none of its name
 */
export function answeringStackSets(of: (stackSetName: string) => readonly Instance[] | undefined) {
  const network = new STSClient({ region: 'us-east-1' }).config.requestHandler as HttpHandler;
  const handle = async (request: Sent, options: object) => {
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    if (fields.get('Action') !== 'ListStackInstances') return network.handle(request, options);
    const instances = of(fields.get('StackSetName') ?? '');
    return { response: instances ? pageOf(instances, Number(fields.get('NextToken') ?? 0)) : MISSING };
  };
  // Clients let go of their handler, and this one is everybody's.
  const requestHandler = { handle, destroy: () => {} } as unknown as Handler;
  return { requestHandler, close: () => network.destroy() };
}

const PAGE = 2;

const answer = (statusCode: number, body: string) => ({
  statusCode,
  headers: { 'content-type': 'text/xml' },
  body: new TextEncoder().encode(body),
});

const MISSING = answer(
  404,
  '<ErrorResponse><Error><Type>Sender</Type><Code>StackSetNotFoundException</Code><Message>StackSet not found</Message></Error></ErrorResponse>',
);

function pageOf(instances: readonly Instance[], from: number) {
  const members = instances
    .slice(from, from + PAGE)
    .map(
      ({ account, region, status, detail = 'SUCCEEDED', reason }) =>
        `<member><Account>${account}</Account><Region>${region}</Region><Status>${status}</Status>` +
        `<StackInstanceStatus><DetailedStatus>${detail}</DetailedStatus></StackInstanceStatus>` +
        `${reason === undefined ? '' : `<StatusReason>${reason}</StatusReason>`}</member>`,
    );
  const next = from + PAGE < instances.length ? `<NextToken>${from + PAGE}</NextToken>` : '';
  return answer(
    200,
    `<ListStackInstancesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackInstancesResult><Summaries>${members.join('')}</Summaries>${next}</ListStackInstancesResult></ListStackInstancesResponse>`,
  );
}
