import type { Lifecycle } from '@aws-sdk/client-backup';
import { factsOf } from '../fixtures/recovery-points';
import { retentionDays } from './lifecycle';
import type { RecoveryPoint, Vault } from './place';
import { retentionRefusal } from './vault-lock';
import type { World } from './world';

/**
 * What AWS says of copies that fail for reasons of AWS Backup itself.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html
 */
export const COPY_MESSAGES = {
  notInOrganization: 'Copy job failed. Both source and destination account must be a member of the same organization.',
  switchedOff: 'Cross-account copy feature is not enabled for the current organization.',
  serviceKey:
    'Copy job failed because the destination Backup vault is encrypted with the default Backup service managed key. ' +
    'The contents of this vault cannot be copied. Only the contents of a Backup vault encrypted by a customer master key (CMK) may be copied.',
  /** Also what AWS says of a vault whose policy does not let the source in. */
  denied: 'Access Denied trying to call AWS Backup service',
} as const;

/** A copy as far as AWS Backup alone decides on it. */
export interface PlannedCopy {
  readonly recoveryPoint: RecoveryPoint;
  readonly source: Vault;
  /** Undefined of a vault that is not there. */
  readonly destination: Vault | undefined;
  readonly lifecycle: Lifecycle | undefined;
}

/** Why AWS Backup itself would not copy; nothing when policies have the last word. */
export function copyRefusal(world: World, copy: PlannedCopy): string | undefined {
  const { recoveryPoint, source, destination, lifecycle } = copy;
  if (!destination) return COPY_MESSAGES.denied;
  const isCrossAccount = source.accountId !== destination.accountId;
  const { organization } = world.seams;
  if (isCrossAccount) {
    const areMembers = [source, destination].every(({ accountId }) => organization?.isMember(accountId));
    if (!areMembers) return COPY_MESSAGES.notInOrganization;
    if (world.globalSettings.isCrossAccountBackupEnabled !== 'true') return COPY_MESSAGES.switchedOff;
  }
  const facts = factsOf(
    recoveryPoint.ResourceType,
    world.place(source.accountId, source.region).regionSettings.management,
  );
  if (!facts?.isCopied) return `Copy job failed. Backups of ${recoveryPoint.ResourceType} cannot be copied.`;
  const isOpenCluster = facts.staysUnencrypted && !recoveryPoint.IsEncrypted;
  if (destination.type !== 'BACKUP_VAULT' && (!facts.fitsAirGapped || isOpenCluster))
    return `Copy job failed. ${isOpenCluster ? 'Unencrypted b' : 'B'}ackups of ${recoveryPoint.ResourceType} cannot be copied to a logically air-gapped vault.`;
  // A copy under AWS Backup's own key could be decrypted by no other account.
  const needsOwnKey = isCrossAccount && !facts.isFullyManaged && destination.type === 'BACKUP_VAULT';
  if (destination.name === 'Default' || (needsOwnKey && destination.hasServiceKey)) return COPY_MESSAGES.serviceKey;
  if (recoveryPoint.StorageClass === 'COLD')
    return 'Copy job failed. Recovery points in cold storage cannot be copied.';
  return retentionRefusal(destination, retentionDays(lifecycle));
}
