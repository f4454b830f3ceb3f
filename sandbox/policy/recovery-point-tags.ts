import type { World } from '../backup-api/world';

/**
 * The tags of what is behind the recovery points of an emulated AWS Backup: their own, the one that AWS Backup gives to
 * every snapshot it makes, and that of copies by its own role.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceLinkedRolePolicyForBackup.html
 */
export function recoveryPointTags(world: World, arn: string): Readonly<Record<string, string>> | undefined {
  for (const place of world.allPlaces())
    for (const { recoveryPoints } of place.vaults.values()) {
      const point = recoveryPoints.get(arn);
      if (!point) continue;
      const isCopy = point.SourceBackupVaultArn !== undefined;
      return {
        ...place.tags.get(arn),
        'aws:backup:source-resource': `${point.ResourceArn.split(/[/:]/).at(-1)}`,
        ...(isCopy ? { AWSBackupManagedResource: '' } : {}),
      };
    }
  return undefined;
}
