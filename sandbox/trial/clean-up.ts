import {
  DeleteBackupVaultLockConfigurationCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupVaultCommand,
  paginateListBackupVaults,
  paginateListRecoveryPointsByBackupVault,
} from '@aws-sdk/client-backup';
import { DescribeKeyCommand, KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import type { Topology } from '../../lib/topology/topology';
import type { AskBackup } from './clients';
import type { Operators } from './prepare';

/** What an emergency took away. */
export interface Removed {
  readonly locks: number;
  readonly recoveryPoints: number;
}

/** Takes governance locks and recovery points away, as only an exempted role can; what is locked for ever stays. */
export async function breakGlass({ destinations, sources }: Topology, ask: AskBackup): Promise<Removed> {
  let locks = 0;
  let recoveryPoints = 0;
  for (const site of [...destinations, ...sources])
    await ask(site, async (client) => {
      for (const { vaultName } of [site.vault, ...site.retiredVaults]) {
        const which = { BackupVaultName: vaultName };
        const { Locked, LockDate } = await client.send(new DescribeBackupVaultCommand(which));
        if (LockDate !== undefined && LockDate <= new Date()) continue;
        if (Locked) {
          await client.send(new DeleteBackupVaultLockConfigurationCommand(which));
          locks += 1;
        }
        const arns: string[] = [];
        for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByBackupVault({ client }, which))
          arns.push(...RecoveryPoints.flatMap(({ RecoveryPointArn }) => RecoveryPointArn ?? []));
        for (const RecoveryPointArn of arns)
          await client.send(new DeleteRecoveryPointCommand({ ...which, RecoveryPointArn }));
        recoveryPoints += arns.length;
      }
    });
  return { locks, recoveryPoints };
}

/** What is still there of what the stacks made; a line each. */
export async function remainsOf(
  topology: Topology,
  endpoint: string,
  operators: Operators,
  ask: AskBackup,
): Promise<string[]> {
  const remains: string[] = [];
  for (const site of [...topology.destinations, ...topology.sources]) {
    const { accountId, region } = site;
    const where = `in ${accountId} ${region}`;
    await ask(site, async (client) => {
      for await (const { BackupVaultList = [] } of paginateListBackupVaults({ client }, {}))
        for (const { BackupVaultName, NumberOfRecoveryPoints } of BackupVaultList)
          remains.push(`vault ${BackupVaultName} ${where} with ${NumberOfRecoveryPoints} recovery points`);
    });
    const kms = new KMSClient({ region, endpoint, credentials: await operators.of(accountId) });
    for await (const { Keys = [] } of paginateListKeys({ client: kms }, {}))
      for (const { KeyId } of Keys) {
        const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
        if (KeyMetadata?.KeyManager === 'AWS') continue;
        const fate = KeyMetadata?.DeletionDate
          ? `deleted on ${KeyMetadata.DeletionDate.toISOString().slice(0, 10)}`
          : `${KeyMetadata?.KeyState}`;
        remains.push(`key ${KeyId} ${where}, ${fate}: ${KeyMetadata?.Description}`);
      }
    kms.destroy();
  }
  return remains;
}
