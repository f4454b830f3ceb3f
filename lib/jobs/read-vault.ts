import {
  BackupClient,
  paginateListRecoveryPointsByBackupVault,
  type RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { ask } from '../live/ask';
import type { Vault } from './edges';
import type { RuleKeys } from './rule-keys';

/** What is in a vault. */
export interface VaultContent {
  readonly count: number;
  readonly bytes: number;
  readonly oldest: Date | undefined;
  /** When the next recovery point expires. */
  readonly nextExpiry: Date | undefined;
  /** How many have expired and could not be deleted by AWS Backup. */
  readonly expired: number;
}

/** The newest recovery point of a resource. */
export interface NewestPoint {
  readonly arn: string;
  readonly resourceArn: string;
  readonly resourceType: string;
  /** When the backup was made, of a copy that of what it is a copy of. */
  readonly created: Date;
  /** When it was there whole. */
  readonly completed: Date | undefined;
}

/** A vault as it was read. */
export interface VaultReading {
  readonly vault: Vault;
  readonly content: VaultContent;
  /** By the vault that it was copied from (none of a backup), then by {@link RuleKeys.of} (none of what no plan made). */
  readonly newest: ReadonlyMap<string, ReadonlyMap<string, NewestPoint>>;
}

/** Under which newest recovery points are kept. */
export const originKey = (sourceVaultArn: string | undefined, rule: string | undefined): string =>
  `${sourceVaultArn ?? ''} ${rule ?? ''}`;

/**
 * Reads a vault to its end, page by page. It may hold a million recovery points: the newest of each resource are kept.
 * @throws LiveError where it cannot be read
 */
export async function readVault(entry: Entry, vault: Vault, keys: RuleKeys): Promise<VaultReading> {
  const client = await entry.client(BackupClient, vault);
  return ask('backup:ListRecoveryPointsByBackupVault', async () => {
    const newest = new Map<string, Map<string, NewestPoint>>();
    const content: { -readonly [Key in keyof VaultContent]: VaultContent[Key] } = {
      count: 0,
      bytes: 0,
      oldest: undefined,
      nextExpiry: undefined,
      expired: 0,
    };
    const which = { BackupVaultName: vault.name };
    for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByBackupVault({ client }, which))
      for (const point of RecoveryPoints) {
        content.count += 1;
        content.bytes += point.BackupSizeInBytes ?? 0;
        content.oldest = earlier(content.oldest, point.CreationDate);
        content.nextExpiry = earlier(content.nextExpiry, point.CalculatedLifecycle?.DeleteAt);
        if (point.Status === 'EXPIRED') content.expired += 1;
        keepNewest(newest, point, keys);
      }
    return { vault, content, newest };
  });
}

function keepNewest(
  newest: Map<string, Map<string, NewestPoint>>,
  point: RecoveryPointByBackupVault,
  keys: RuleKeys,
): void {
  const { RecoveryPointArn: arn, ResourceArn: resourceArn, CreationDate: created, Status } = point;
  if (arn === undefined || resourceArn === undefined || created === undefined || !WHOLE.includes(Status ?? '')) return;
  const key = originKey(point.SourceBackupVaultArn, keys.of(point.CreatedBy));
  const ofRule = newest.get(key) ?? new Map<string, NewestPoint>();
  newest.set(key, ofRule);
  const known = ofRule.get(resourceArn);
  if (known && known.created >= created) return;
  const { ResourceType: resourceType = '', CompletionDate: completed } = point;
  ofRule.set(resourceArn, { arn, resourceArn, resourceType, created, completed });
}

/** States of recovery points that can be restored. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RecoveryPointByBackupVault.html */
const WHOLE = ['COMPLETED', 'AVAILABLE', 'EXPIRED'];

const earlier = (one: Date | undefined, other: Date | undefined) =>
  one === undefined || (other !== undefined && other < one) ? (other ?? one) : one;
