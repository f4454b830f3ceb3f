import { invalidRequest, invalidValue } from './errors';
import { calculatedLifecycle, lifecycleProblem } from './lifecycle';
import { found, page, recoveryPointOf, vaultOf } from './lookups';
import type { Call, Handlers } from './operations';
import type { RecoveryPoint, Vault } from './place';
import { isLocked } from './vault-lock';
import type { World } from './world';

/** Recovery points and the resources they are of. */
export const recoveryPointHandlers = {
  DescribeRecoveryPoint: ({ BackupVaultName, RecoveryPointArn }, call) =>
    recoveryPointOf(call, BackupVaultName, RecoveryPointArn),

  GetRecoveryPointRestoreMetadata: ({ BackupVaultName, RecoveryPointArn }, call) => {
    const { restoreMetadata, ResourceType, BackupVaultArn } = recoveryPointOf(call, BackupVaultName, RecoveryPointArn);
    return { BackupVaultArn, RecoveryPointArn, RestoreMetadata: { ...restoreMetadata }, ResourceType };
  },

  ListRecoveryPointsByBackupVault: ({ BackupVaultName, ...by }, call) => {
    const all = [...vaultOf(call, BackupVaultName).recoveryPoints.values()].filter(
      (point) =>
        (by.ByResourceArn === undefined || point.ResourceArn === by.ByResourceArn) &&
        (by.ByResourceType === undefined || point.ResourceType === by.ByResourceType) &&
        (by.ByBackupPlanId === undefined || point.CreatedBy?.BackupPlanId === by.ByBackupPlanId) &&
        (by.ByCreatedAfter === undefined || point.CreationDate > by.ByCreatedAfter) &&
        (by.ByCreatedBefore === undefined || point.CreationDate < by.ByCreatedBefore),
    );
    const { items, NextToken } = page(all.reverse(), by);
    return { RecoveryPoints: items, NextToken };
  },

  ListRecoveryPointsByResource: ({ ResourceArn, ...given }, call) => {
    const all = pointsOf(call).filter((point) => point.ResourceArn === ResourceArn);
    const { items, NextToken } = page(all.reverse(), given);
    const members = items.map((point) => ({ ...point, BackupSizeBytes: point.BackupSizeInBytes }));
    return { RecoveryPoints: members, NextToken };
  },

  DeleteRecoveryPoint: ({ BackupVaultName, RecoveryPointArn }, call) => {
    const { RecoveryPointArn: arn } = recoveryPointOf(call, BackupVaultName, RecoveryPointArn);
    const vault = vaultOf(call, BackupVaultName);
    refuseLocked(vault, 'deleted');
    remove(call.world, vault, arn);
    return {};
  },

  UpdateRecoveryPointLifecycle: ({ BackupVaultName, RecoveryPointArn, Lifecycle = {} }, call) => {
    const point = recoveryPointOf(call, BackupVaultName, RecoveryPointArn);
    refuseLocked(vaultOf(call, BackupVaultName), 'changed');
    const problem = lifecycleProblem(Lifecycle);
    if (problem) throw invalidValue(problem);
    point.Lifecycle = Lifecycle;
    point.CalculatedLifecycle = calculatedLifecycle(point.CreationDate, Lifecycle);
    const { BackupVaultArn, CalculatedLifecycle } = point;
    return { BackupVaultArn, RecoveryPointArn, Lifecycle, CalculatedLifecycle };
  },

  DescribeProtectedResource: ({ ResourceArn }, { place }) =>
    found(place.protectedResources, 'Protected resource', ResourceArn),

  ListProtectedResources: (given, { place }) => {
    const { items, NextToken } = page([...place.protectedResources.values()], given);
    return { Results: items, NextToken };
  },

  ListProtectedResourcesByBackupVault: ({ BackupVaultName, ...given }, call) => {
    const { arn } = vaultOf(call, BackupVaultName);
    const all = [...call.place.protectedResources.values()].filter(
      ({ LastBackupVaultArn }) => LastBackupVaultArn === arn,
    );
    const { items, NextToken } = page(all, given);
    return { Results: items, NextToken };
  },
} satisfies Handlers;

/** Every recovery point of the caller's account and Region. */
export const pointsOf = ({ place }: Call): RecoveryPoint[] =>
  [...place.vaults.values()].flatMap(({ recoveryPoints }) => [...recoveryPoints.values()]);

/**
 * A lock of either mode keeps what is in the vault, from everybody.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
function refuseLocked(vault: Vault, what: string): void {
  if (!isLocked(vault)) return;
  throw invalidRequest(`Recovery points in ${vault.name} cannot be ${what}: the backup vault is locked by Vault Lock`);
}

function remove(world: World, { accountId, region, recoveryPoints }: Vault, arn: string): void {
  recoveryPoints.delete(arn);
  world.place(accountId, region).tags.delete(arn);
}

/** Removes what has expired by the world's clock, as AWS does by itself; a lock does not keep longer than it should. */
export function expireRecoveryPoints(world: World): void {
  const now = world.clock();
  for (const vault of world.allPlaces().flatMap(({ vaults }) => [...vaults.values()])) {
    for (const { RecoveryPointArn: arn, CalculatedLifecycle } of vault.recoveryPoints.values()) {
      if (CalculatedLifecycle?.DeleteAt && CalculatedLifecycle.DeleteAt <= now) remove(world, vault, arn);
    }
  }
}
