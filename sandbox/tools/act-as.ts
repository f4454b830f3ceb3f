/** What clients sign with where nobody looks at it. */
export const ANY_CREDENTIALS = { accessKeyId: 'sandbox', secretAccessKey: 'none' };

/** What moto goes by before it looks at any key. */
export const ACCOUNT_HEADER = 'x-moto-account-id';

interface Built {
  readonly request: unknown;
}
type Next = (built: Built) => Promise<unknown>;

/** As much of any client as is needed to add a header to what it sends. */
interface HeaderTaker {
  readonly middlewareStack: { add(middleware: (next: never) => unknown, at: { readonly step: 'build' }): void };
}

/** Lets a client of moto itself act as an account, whatever its key; the header means nothing to the gateway. */
export function actAs<Client>(accountId: string, client: Client): Client {
  const addHeader = (next: Next) => (built: Built) => {
    (built.request as { headers: Record<string, string> }).headers[ACCOUNT_HEADER] = accountId;
    return next(built);
  };
  (client as HeaderTaker).middlewareStack.add(addHeader as (next: never) => unknown, { step: 'build' });
  return client;
}
