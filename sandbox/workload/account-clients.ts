import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';

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

/**
 * Opens the clients of an account.
 * @param moto - where moto listens: the header that says who calls means nothing to the gateway
 */
export function openClients(moto: string, place: AccountPlace): AccountClients {
  const { region } = place;
  const given = { region, endpoint: moto, credentials: ANY_CREDENTIALS };
  const clients = {
    dynamodb: actAs(place.accountId, new DynamoDBClient(given)),
    ec2: actAs(place.accountId, new EC2Client(given)),
    efs: actAs(place.accountId, new EFSClient(given)),
    rds: actAs(place.accountId, new RDSClient(given)),
    s3: actAs(place.accountId, new S3Client({ ...given, forcePathStyle: true })),
  };
  const close = () => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...place, ...clients, close };
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
