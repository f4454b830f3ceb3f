import { accountRootArn, backupServiceLinkedRoleArn, dnsSuffix, type Partition } from '../aws/arn';
import type { Statement } from './policy-document';

/** Accounts whose AWS Backup reads what a key encrypts, to copy it there. */
export interface KeyReaders {
  readonly partition: Partition;
  readonly accountIds: readonly string[];
}

/** Services that call KMS for AWS Backup's service-linked role when types without full management are copied. */
export const COPYING_SERVICES = ['ec2', 'rds', 'fsx'] as const;

/** What AWS Backup of another account does with the key of a resource, besides describing it and granting. */
export const RESOURCE_KEY_READING = {
  strict: ['kms:ListGrants', 'kms:ReEncryptFrom', 'kms:GenerateDataKeyWithoutPlaintext'],
  compat: [
    'kms:Encrypt',
    'kms:Decrypt',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'kms:GenerateDataKeyPair',
    'kms:GenerateDataKeyPairWithoutPlaintext',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ListGrants',
    'kms:RevokeGrant',
  ],
} as const;

/** What AWS Backup of another account does with the key of a vault to copy fully managed types, besides granting. */
export const VAULT_KEY_READING = [
  'kms:DescribeKey',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKeyWithoutPlaintext',
] as const;

/**
 * Lets other accounts copy resources that a key encrypts and that inherit it (EBS, EC2, RDS, Aurora, DocumentDB,
 * Neptune, FSx, Storage Gateway). `strict` repeats what the service-linked role's own policy allows, so nothing
 * narrower works and nothing wider helps; `compat` is the longer list AWS's knowledge base names.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export function resourceKeySharing(readers: KeyReaders, mode: 'strict' | 'compat'): Statement[] {
  if (readers.accountIds.length === 0) return [];
  const viaCopyingServices = {
    StringLike: { 'kms:ViaService': COPYING_SERVICES.map((service) => `${service}.*.${dnsSuffix(readers.partition)}`) },
  };
  const { describe, grant } = commonStatements(readers, mode === 'strict' ? viaCopyingServices : {});
  const read: Statement = {
    Sid: 'AllowBackupOfOtherAccountsToReadCopies',
    Effect: 'Allow',
    Principal: principalOf(readers),
    Action: RESOURCE_KEY_READING[mode],
    Resource: '*',
    Condition: { ...asBackup(readers), ...(mode === 'strict' ? viaCopyingServices : {}) },
  };
  return [describe, read, grant];
}

const principalOf = ({ partition, accountIds }: KeyReaders) => ({
  AWS: accountIds.map((id) => accountRootArn(partition, id)),
});

/**
 * A role that does not exist yet makes a key policy invalid; an account narrowed to the role's ARN does not. The
 * principal says which accounts, so the ARN need not: a list of both would outgrow a key policy.
 */
const asBackup = ({ partition }: KeyReaders) => ({
  ArnLike: { 'aws:PrincipalArn': backupServiceLinkedRoleArn(partition, '*') },
});

function commonStatements(readers: KeyReaders, narrowing: NonNullable<Statement['Condition']>) {
  const describe: Statement = {
    Sid: 'AllowBackupOfOtherAccountsToDescribe',
    Effect: 'Allow',
    Principal: principalOf(readers),
    Action: 'kms:DescribeKey',
    Resource: '*',
    Condition: asBackup(readers),
  };
  const grant: Statement = {
    Sid: 'AllowBackupOfOtherAccountsToGrant',
    Effect: 'Allow',
    Principal: principalOf(readers),
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' }, ...asBackup(readers), ...narrowing },
  };
  return { describe, grant };
}

/** Who may use the key of a vault in a copy of fully managed types. */
export interface VaultKeyReaders extends KeyReaders {
  readonly organizationId: string;
  /**
   * Whether only the service-linked role of the accounts is let in. AWS documents only that the key is shared with the
   * account, so a source's vault key trusts the whole destination account, which is the trusted one of the two; a
   * destination's key never trusts more of a source than this role.
   */
  readonly isPinned: boolean;
  /** Actions besides those for fully managed types; a destination's key encrypts copies of every other type too. */
  readonly furtherActions: readonly string[];
}

/** What AWS Backup of another account does with a destination's key besides, to take every type back. */
export const COPY_BACK_READING = {
  strict: ['kms:ListGrants'],
  compat: ['kms:ListGrants', 'kms:Encrypt', 'kms:RevokeGrant'],
} as const;

/**
 * Lets other accounts copy fully managed recovery points (S3, EFS, DynamoDB, …), which the vault's key encrypts.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export function vaultKeySharing({
  organizationId,
  isPinned,
  furtherActions,
  ...readers
}: VaultKeyReaders): Statement[] {
  if (readers.accountIds.length === 0) return [];
  const condition = {
    StringEquals: { 'aws:PrincipalOrgID': organizationId },
    ...(isPinned ? asBackup(readers) : {}),
  };
  return [
    {
      Sid: 'AllowOtherAccountsToReadManagedCopies',
      Effect: 'Allow',
      Principal: principalOf(readers),
      Action: ['kms:DescribeKey', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', ...furtherActions],
      Resource: '*',
      Condition: condition,
    },
    {
      Sid: 'AllowOtherAccountsToGrantForManagedCopies',
      Effect: 'Allow',
      Principal: principalOf(readers),
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { ...condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}
