import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BackupEvent } from '../backup-api/seams';
import { actAs } from '../workload/account-clients';

/** The `onEvent` seam of AWS Backup: puts an event on the bus that the account has at moto. */
export function putEvent(moto: string): (event: BackupEvent) => Promise<void> {
  return async ({ accountId, region, detailType, resources, detail }) => {
    const given = { region, endpoint: moto, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'none' } };
    // What moto cannot deliver it answers with a 500, the second time no less.
    const client = actAs({ accountId, region }, new EventBridgeClient({ ...given, maxAttempts: 1 }));
    const entry = {
      Source: 'aws.backup',
      DetailType: detailType,
      Resources: [...resources],
      Detail: JSON.stringify(detail),
    };
    try {
      await client.send(new PutEventsCommand({ Entries: [{ ...entry, Time: new Date() }] }));
    } finally {
      client.destroy();
    }
  };
}
