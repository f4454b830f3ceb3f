import type { RecoveryPoint, Vault } from '../../sandbox/backup-api/place';
import type { CopyRequest } from '../../sandbox/backup-api/seams';
import { DESTINATION, SOURCE } from './backup-client';
import { document } from './policed';

export const ROLE = `arn:aws:iam::${SOURCE}:role/teams/backup`;
const RECEIVER = `arn:aws:iam::${DESTINATION}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

export const root = (accountId: string) => ({ AWS: `arn:aws:iam::${accountId}:root` });
export const ownersAccess = (accountId: string) => ({
  Effect: 'Allow',
  Principal: root(accountId),
  Action: 'kms:*',
  Resource: '*',
});
const FOR_RECEIVER = { ArnEquals: { 'aws:PrincipalArn': RECEIVER } };
const VIA = { 'kms:ViaService': ['ec2.*.amazonaws.com', 'rds.*.amazonaws.com', 'fsx.*.amazonaws.com'] };
export const READING = [
  'kms:DescribeKey',
  'kms:ListGrants',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKeyWithoutPlaintext',
];
export const sharing = (...actions: string[]) => ({
  Effect: 'Allow',
  Principal: root(DESTINATION),
  Action: actions,
  Resource: '*',
  Condition: { ...FOR_RECEIVER, StringLike: VIA },
});
export const granting = (isForAwsResource = 'true') => ({
  ...sharing('kms:CreateGrant'),
  Condition: { ...FOR_RECEIVER, StringLike: VIA, Bool: { 'kms:GrantIsForAWSResource': isForAwsResource } },
});
export const trust = (condition = {}, Service = 'backup.amazonaws.com') =>
  document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...condition });
export const admitting = (accountId: string) =>
  document({ Effect: 'Allow', Principal: root(accountId), Action: 'backup:CopyIntoBackupVault', Resource: '*' });

export const aVault = (accountId: string, region: string, keyArn: string, more: Partial<Vault> = {}): Vault => ({
  name: 'main',
  arn: `arn:aws:backup:${region}:${accountId}:backup-vault:main`,
  accountId,
  region,
  type: 'BACKUP_VAULT',
  keyArn,
  hasServiceKey: false,
  created: new Date(),
  creatorRequestId: undefined,
  lock: undefined,
  policy: undefined,
  notifications: undefined,
  recoveryPoints: new Map(),
  ...more,
});

const POINTS: Readonly<Record<string, string>> = {
  EBS: 'arn:aws:ec2:us-east-1::snapshot/snap-1',
  EC2: 'arn:aws:ec2:us-east-1::image/ami-1',
  RDS: `arn:aws:rds:us-east-1:${SOURCE}:snapshot:awsbackup:job-1`,
  Aurora: `arn:aws:rds:us-east-1:${SOURCE}:cluster-snapshot:awsbackup:job-1`,
  FSx: `arn:aws:fsx:us-east-1:${SOURCE}:backup/backup-1`,
  S3: `arn:aws:backup:us-east-1:${SOURCE}:recovery-point:1`,
};

/** A copy from the source to the destination, whose vault lets it in. */
export const copyOf = (
  ResourceType: string,
  EncryptionKeyArn: string,
  keys: { readonly source: string; readonly destination: string },
): CopyRequest => ({
  recoveryPoint: {
    RecoveryPointArn: POINTS[ResourceType] ?? '',
    ResourceArn: `arn:aws:any:us-east-1:${SOURCE}:thing`,
    ResourceType,
    CreationDate: new Date(),
    EncryptionKeyArn,
    restoreMetadata: {},
  } satisfies RecoveryPoint,
  source: aVault(SOURCE, 'us-east-1', keys.source),
  destination: aVault(DESTINATION, 'eu-west-1', keys.destination, { policy: admitting(SOURCE) }),
  roleArn: ROLE,
});
