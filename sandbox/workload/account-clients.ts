import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';

/** An account in a Region. */
export interface AccountPlace {
  readonly accountId: string;
  readonly region: string;
}

/** Clients that act at moto as an account, in the one Region. */
export interface AccountClients extends AccountPlace {
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly efs: EFSClient;
  readonly rds: RDSClient;
  readonly s3: S3Client;
  /** Gives up their connections. */
  close(): void;
}

/** What moto goes by before it looks at any key. */
export const ACCOUNT_HEADER = 'x-moto-account-id';

/**
 * Opens the clients of an account.
 * @param moto - where moto listens: the header that says who calls means nothing to the gateway
 */
export function openClients(moto: string, place: AccountPlace): AccountClients {
  const { region } = place;
  const given = { region, endpoint: moto, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'none' } };
  const clients = {
    dynamodb: actAs(place, new DynamoDBClient(given)),
    ec2: actAs(place, new EC2Client(given)),
    efs: actAs(place, new EFSClient(given)),
    rds: actAs(place, new RDSClient(given)),
    s3: actAs(place, new S3Client({ ...given, forcePathStyle: true })),
  };
  const close = () => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...place, ...clients, close };
}

interface Built {
  readonly request: unknown;
}
type Next = (built: Built) => Promise<unknown>;

/** As much of any client as is needed to add a header to what it sends. */
interface HeaderTaker {
  readonly middlewareStack: { add(middleware: (next: never) => unknown, at: { readonly step: 'build' }): void };
}

/** Lets a client act as an account. */
export function actAs<Client>({ accountId }: AccountPlace, client: Client): Client {
  const addHeader = (next: Next) => (built: Built) => {
    (built.request as { headers: Record<string, string> }).headers[ACCOUNT_HEADER] = accountId;
    return next(built);
  };
  (client as HeaderTaker).middlewareStack.add(addHeader as (next: never) => unknown, { step: 'build' });
  return client;
}

/** All items of a list that comes in pages. */
export async function allOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
