import { BackupClient } from '@aws-sdk/client-backup';
import { type BackupApi, type BackupApiOptions, createBackupApi } from '../../sandbox/backup-api/backup-api';
import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';

export const MANAGEMENT = '999999999999';
export const SOURCE = '111111111111';
export const DESTINATION = '222222222222';
export const OUTSIDER = '333333333333';

export const ORGANIZATION = {
  id: 'o-abc1234567',
  managementAccountId: MANAGEMENT,
  isMember: (accountId: string) => accountId !== OUTSIDER,
  effectiveBackupPolicy: () => undefined,
  pathOf: () => 'o-abc1234567/r-abc1/',
};

/** A running AWS Backup, and real clients of any account and Region: here an access key is the account's id. */
export interface Running extends BackupApi {
  readonly url: string;
  clientOf(accountId: string, region?: string): BackupClient;
  stop(): Promise<void>;
}

export const administratorOf = (accountId: string) => ({
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/administrator/session`,
});

export async function startBackup(options: BackupApiOptions = {}): Promise<Running> {
  const api = createBackupApi({ organization: ORGANIZATION, jobDelayMilliseconds: 1, ...options });
  const gateway: Gateway = await startGateway({
    services: { backup: api.serve },
    identify: async (accessKeyId) => administratorOf(accessKeyId),
  });
  const clients: BackupClient[] = [];
  return {
    ...api,
    url: gateway.url,
    clientOf: (accountId, region = 'us-east-1') => {
      const credentials = { accessKeyId: accountId, secretAccessKey: 'none' };
      const client = new BackupClient({ region, endpoint: gateway.url, credentials, maxAttempts: 1 });
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const client of clients) client.destroy();
      await api.world.settled();
      await gateway.close();
    },
  };
}
