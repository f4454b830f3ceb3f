import { accountRootArn, backupServiceLinkedRoleArn, dnsSuffix, type Partition } from '../aws/arn';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';

/** The account a key belongs to. */
export interface KeyOwner {
  readonly partition: Partition;
  readonly accountId: string;
}

/** Leaves a key to the IAM policies of its own account: KMS's default policy, without which nobody could mend it. */
const ownAccount = ({ partition, accountId }: KeyOwner): Statement => ({
  Sid: 'AllowAccountAdministration',
  Effect: 'Allow',
  Principal: { AWS: accountRootArn(partition, accountId) },
  Action: 'kms:*',
  Resource: '*',
});

/**
 * The policy of a vault's key: its own account, AWS Backup there, and the statements that share it. Nothing here is
 * for the account a copy comes from: the copy is made by the service-linked role of the account it goes to.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export function vaultKeyPolicy(owner: KeyOwner, sharing: readonly Statement[]): PolicyDocument {
  const { partition, accountId } = owner;
  const principal = { AWS: accountRootArn(partition, accountId) };
  const asBackup = { ArnEquals: { 'aws:PrincipalArn': backupServiceLinkedRoleArn(partition, accountId) } };
  return policyDocument([
    ownAccount(owner),
    {
      Sid: 'AllowBackupToUse',
      Effect: 'Allow',
      Principal: principal,
      Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:ReEncryptFrom', 'kms:GenerateDataKeyWithoutPlaintext'],
      Resource: '*',
      Condition: asBackup,
    },
    {
      Sid: 'AllowBackupToGrant',
      Effect: 'Allow',
      Principal: principal,
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' }, ...asBackup },
    },
    {
      Sid: 'AllowVaultToGrant',
      Effect: 'Allow',
      Principal: principal,
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: {
        'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
        StringLike: { 'kms:ViaService': `backup.*.${dnsSuffix(partition)}` },
      },
    },
    ...sharing,
  ]);
}

/** The policy of a key for resources: its own account, and the statements that let destinations copy what it encrypts. */
export const resourceKeyPolicy = (owner: KeyOwner, sharing: readonly Statement[]): PolicyDocument =>
  policyDocument([ownAccount(owner), ...sharing]);
