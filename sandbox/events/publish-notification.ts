import type { VaultNotification } from '../backup-api/seams';
import { publish } from './sns-publish';

/** The `onNotification` seam of AWS Backup: publishes at moto, as the account that the vault is in. */
export function publishNotification(moto: string): (notification: VaultNotification) => Promise<void> {
  return (notification) => publish(moto, notification, notification);
}
