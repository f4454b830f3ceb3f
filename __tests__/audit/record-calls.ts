import type { IncomingMessage } from 'node:http';
import type { Scope } from '../../sandbox/gateway/signature';

/** Hears what a gateway is asked, for as long as somebody wants to know. */
export interface Recorder {
  /** To be called by the gateway's `intercept`, which answers nothing. */
  hear(scope: Scope | undefined, incoming: IncomingMessage): undefined;
  begin(): void;
  /** Every request since, such as `iam:GetRole`, or `backup:GET /backup-vaults` where only the path tells. */
  end(): string[];
}

interface Heard {
  readonly scope: Scope;
  readonly incoming: IncomingMessage;
  readonly chunks: Buffer[];
}

/** Makes one that hears nothing yet. */
export function recordCalls(): Recorder {
  let heard: Heard[] | undefined;
  return {
    hear: (scope, incoming) => {
      if (!heard || !scope) return undefined;
      const chunks: Buffer[] = [];
      // Of a form the operation is in the body, which the gateway reads anyway.
      if (String(incoming.headers['content-type']).startsWith('application/x-www-form-urlencoded'))
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      heard.push({ scope, incoming, chunks });
      return undefined;
    },
    begin: () => {
      heard = [];
    },
    end: () => {
      const all = (heard ?? []).map(operationOf);
      heard = undefined;
      return all;
    },
  };
}

function operationOf({ scope: { service }, incoming: { headers, method, url = '/' }, chunks }: Heard): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return `${service}:${String(target).replace(/^.*\./, '')}`;
  const action = new URLSearchParams(Buffer.concat(chunks).toString()).get('Action');
  return `${service}:${action ?? `${method} ${url.replace(/\?.*/, '')}`}`;
}
