import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';

/** Clients of moto that read as any account, past the gateway and all permissions. */
export class MotoClients {
  private readonly iamClients = new Map<string, IAMClient>();
  private readonly kmsClients = new Map<string, KMSClient>();

  constructor(private readonly url: string) {}

  iam(accountId: string): IAMClient {
    const client = this.iamClients.get(accountId) ?? actAs(accountId, new IAMClient(this.config('us-east-1')));
    this.iamClients.set(accountId, client);
    return client;
  }

  kms(accountId: string, region: string): KMSClient {
    const place = `${accountId} ${region}`;
    const client = this.kmsClients.get(place) ?? actAs(accountId, new KMSClient(this.config(region)));
    this.kmsClients.set(place, client);
    return client;
  }

  close(): void {
    for (const client of [...this.iamClients.values(), ...this.kmsClients.values()]) client.destroy();
  }

  private config(region: string) {
    return { region, endpoint: this.url, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'none' } };
  }
}

/** Moto takes a request for that account's, whatever its key. */
function actAs<Client extends IAMClient | KMSClient>(accountId: string, client: Client): Client {
  const { middlewareStack } = client as IAMClient;
  middlewareStack.add(
    (next) => (given) => {
      const { headers } = given.request as { readonly headers: Record<string, string> };
      headers['x-moto-account-id'] = accountId;
      return next(given);
    },
    { step: 'build', name: 'actAsAccount' },
  );
  return client;
}
