/** The part of an SDK's client that adds a header to each request. */
interface Client {
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { readonly step: 'build'; readonly name: string }): void;
  };
}
// biome-ignore lint/suspicious/noExplicitAny: the types of each client's middleware are its own
type Next = (given: any) => Promise<any>;

/** What clients of the emulated AWS sign with where nobody looks at it. */
export const ANY_CREDENTIALS = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };

/** Has a client of moto act in an account that nobody has a key of yet; the gateway does not know such requests. */
export function actAs<T extends object>(client: T, accountId: string): T {
  (client as unknown as Client).middlewareStack.add(
    (next) => (given) => {
      given.request.headers['x-moto-account-id'] = accountId;
      return next(given);
    },
    { step: 'build', name: 'actAs' },
  );
  return client;
}
