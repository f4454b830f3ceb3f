import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';

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
    return { region, endpoint: this.url, credentials: ANY_CREDENTIALS };
  }
}
