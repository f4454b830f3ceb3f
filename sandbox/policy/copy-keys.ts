import type { CopyRequest } from '../backup-api/seams';
import { knownFactsOf } from '../fixtures/recovery-points';
import { type Actor, EVERYTHING } from './actors';
import type { CopyEnd } from './copy-messages';

/** What a copy does with one key. */
export interface KeyUse {
  readonly end: CopyEnd;
  readonly keyArn: string;
  readonly actor: Actor;
  readonly actions: readonly string[];
  /** In whose name KMS is called, such as `ec2`. */
  readonly service: string;
}

/** Who takes part in a copy: the role of its job, and AWS Backup's own role where the copy arrives. */
export interface Copyists {
  readonly copier: Actor;
  /** Undefined inside one account, where the role of the job does everything. */
  readonly receiver: Actor | undefined;
}

/**
 * Every use of a key that a copy consists of. Backups that AWS Backup manages in full are under their vault's key, others
 * under their resource's; a copy is put under the key of the vault it goes to.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export function keyUses(copy: CopyRequest, copyists: Copyists): KeyUse[] {
  return [...readingUses(copy, copyists), ...writingUses(copy, copyists)];
}

function readingUses({ recoveryPoint, source }: CopyRequest, { copier, receiver }: Copyists): KeyUse[] {
  const reader = receiver ?? copier;
  const ofVault = { end: 'source', keyArn: source.keyArn, service: 'backup' } as const;
  if (source.type !== 'BACKUP_VAULT')
    return source.hasServiceKey
      ? []
      : [copier, ...(receiver ? [receiver] : [])].map((actor) => ({
          ...ofVault,
          actor: insideService(actor),
          actions: AIR_GAPPED_USE,
        }));
  if (isManaged(recoveryPoint.ResourceType))
    return source.hasServiceKey ? [] : [{ ...ofVault, actor: insideService(reader), actions: MANAGED_READING }];
  const keyArn = recoveryPoint.EncryptionKeyArn;
  if (keyArn === undefined) return [];
  const service = serviceOf(recoveryPoint.ResourceType);
  return [{ end: 'source', keyArn, service, actor: reader, actions: receiver ? SNAPSHOT_USE : OWN_SNAPSHOT_USE }];
}

function writingUses({ recoveryPoint, destination }: CopyRequest, { copier, receiver }: Copyists): KeyUse[] {
  if (destination.hasServiceKey) return [];
  const ofVault = { end: 'destination', keyArn: destination.keyArn, service: 'backup' } as const;
  if (destination.type !== 'BACKUP_VAULT')
    return [
      { ...ofVault, actor: copier, actions: ['kms:DescribeKey'] },
      { ...ofVault, actor: insideService(copier), actions: AIR_GAPPED_USE },
    ];
  const writer = receiver ?? copier;
  // The rest AWS Backup does by grants that it got when the vault was made.
  if (isManaged(recoveryPoint.ResourceType)) return [{ ...ofVault, actor: writer, actions: ['kms:DescribeKey'] }];
  const service = serviceOf(recoveryPoint.ResourceType);
  return [{ ...ofVault, service, actor: writer, actions: receiver ? SNAPSHOT_USE : OWN_SNAPSHOT_USE }];
}

/**
 * What AWS Backup's own role may do with keys, and does.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceLinkedRolePolicyForBackup.html
 */
const SNAPSHOT_USE = [
  'kms:DescribeKey',
  'kms:ListGrants',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:CreateGrant',
];

/**
 * What the role of a job may do with any key, whatever the service.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
const OWN_SNAPSHOT_USE = ['kms:DescribeKey', 'kms:CreateGrant'];

/**
 * What the other account does with the key of a vault.
 * @see https://repost.aws/knowledge-center/backup-cross-account-copy-error
 */
const MANAGED_READING = [
  'kms:DescribeKey',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:CreateGrant',
];

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html */
const AIR_GAPPED_USE = [
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:CreateGrant',
];

/** Which keys a role may use inside AWS Backup is for the keys to say: no policy of the role's own is documented. */
const insideService = (actor: Actor): Actor => ({ ...actor, policies: [EVERYTHING] });

/** DynamoDB's tables are copied only when managed in full, which AWS Backup has asked by now. */
const isManaged = (type: string) => knownFactsOf(type, { DynamoDB: true }).isFullyManaged;

const serviceOf = (type: string) => ({ EBS: 'ec2', EC2: 'ec2', 'Storage Gateway': 'ec2', FSx: 'fsx' })[type] ?? 'rds';
