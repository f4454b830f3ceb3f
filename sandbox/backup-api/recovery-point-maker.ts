import type { Lifecycle, RecoveryPointCreator } from '@aws-sdk/client-backup';
import { recoveryPointArn, type TypeFacts } from '../fixtures/recovery-points';
import { partitionOf } from './arns';
import { calculatedLifecycle } from './lifecycle';
import type { RecoveryPoint, Vault } from './place';
import type { World } from './world';

/** What a new recovery point is of, and what made it. */
export interface Making {
  readonly job: { readonly kind: 'job' | 'copyjob'; readonly id: string };
  readonly resourceArn: string;
  readonly type: string;
  readonly facts: TypeFacts;
  readonly roleArn: string;
  readonly sizeInBytes: number;
  /** Of a copy, when what it is a copy of was made: its retention counts from then. */
  readonly created: Date;
  readonly lifecycle: Lifecycle | undefined;
  readonly createdBy: RecoveryPointCreator | undefined;
  /** The key of a type that AWS Backup does not manage in full. */
  readonly keyArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly sourceVaultArn?: string;
}

/** Puts a recovery point into a vault. */
export function makeRecoveryPoint(world: World, vault: Vault, making: Making): RecoveryPoint {
  const { accountId, region } = vault;
  const place = world.place(accountId, region);
  const { job, type, facts, resourceArn, created, createdBy, tags } = making;
  const inVault = vault.type === 'BACKUP_VAULT' ? facts : { ...facts, isFullyManaged: true };
  const arn = recoveryPointArn(type, inVault, { partition: partitionOf(region), region, accountId, resourceArn, job });
  const keyArn = inVault.isFullyManaged ? vault.keyArn : making.keyArn;
  // A lifecycle's cold storage means nothing to a type that has none.
  const { MoveToColdStorageAfterDays, ...warm } = making.lifecycle ?? {};
  const lifecycle = facts.hasColdStorage ? making.lifecycle : warm;
  const recoveryPoint: RecoveryPoint = {
    RecoveryPointArn: arn,
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    SourceBackupVaultArn: making.sourceVaultArn,
    ResourceArn: resourceArn,
    ResourceName: resourceArn.split(/[/:]/).at(-1),
    ResourceType: type,
    IamRoleArn: making.roleArn,
    Status: 'COMPLETED',
    CreationDate: created,
    CompletionDate: world.clock(),
    BackupSizeInBytes: making.sizeInBytes,
    CreatedBy: createdBy,
    Lifecycle: lifecycle && Object.keys(lifecycle).length > 0 ? lifecycle : undefined,
    CalculatedLifecycle: calculatedLifecycle(created, lifecycle),
    EncryptionKeyArn: keyArn,
    IsEncrypted: keyArn !== undefined,
    StorageClass: 'WARM',
    VaultType: vault.type,
    IsParent: false,
    restoreMetadata: { 'aws:backup:request-id': job.id, originalResource: resourceArn },
  };
  vault.recoveryPoints.set(arn, recoveryPoint);
  place.tags.set(arn, { ...tags });
  if (making.sourceVaultArn === undefined) {
    place.protectedResources.set(resourceArn, {
      ResourceArn: resourceArn,
      ResourceType: type,
      ResourceName: recoveryPoint.ResourceName,
      LastBackupTime: recoveryPoint.CompletionDate,
      LastBackupVaultArn: vault.arn,
      LastRecoveryPointArn: arn,
    });
  }
  return recoveryPoint;
}
