import { BackupClient } from '@aws-sdk/client-backup';
import type { Credentials } from './identities';
import type { Operators } from './prepare';

/** Asks AWS Backup in an account and a Region, with an identity of that account, and lets go of the client. */
export type AskBackup = <Answer>(
  place: { readonly accountId: string; readonly region: string },
  question: (client: BackupClient) => Promise<Answer>,
) => Promise<Answer>;

/** Asks as the deploy role of each account, as which operators of the sandbox work. */
export function askAsDeployer(endpoint: string, operators: Operators): AskBackup {
  const known = new Map<string, Promise<Credentials>>();
  return async ({ accountId, region }, question) => {
    const credentials = known.get(accountId) ?? operators.of(accountId);
    known.set(accountId, credentials);
    const client = new BackupClient({ region, endpoint, credentials: await credentials });
    try {
      return await question(client);
    } finally {
      client.destroy();
    }
  };
}
