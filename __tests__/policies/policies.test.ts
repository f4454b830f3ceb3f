import { backupTrustPolicy } from '../../lib/policies/backup-role-policies';
import { copyBackPolicy } from '../../lib/policies/copy-back-policy';
import { keyPolicy } from '../../lib/policies/key-policy';
import { keyProtection } from '../../lib/policies/key-protection';
import { resourceKeySharing, vaultKeySharing } from '../../lib/policies/key-sharing';
import { copyBackAccess, vaultAccess } from '../../lib/policies/vault-access';

const SLR = 'role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
const DESTINATION_ROOT = 'arn:aws:iam::222222222222:root';
const READERS = { partition: 'aws', accountIds: ['222222222222'] } as const;
const EXEMPTIONS = { deployers: ['arn:aws:iam::222222222222:role/Deploy'], breakGlass: [] };
const VIA = { StringLike: { 'kms:ViaService': ['ec2.*.amazonaws.com', 'rds.*.amazonaws.com', 'fsx.*.amazonaws.com'] } };

describe('vaultAccess', () => {
  const grant = { partition: 'aws', organizationId: 'o-abc1234567', roleNames: ['cab-backup-us-east-1'] } as const;
  const pinned = {
    StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' },
    ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cab-backup-us-east-1'] },
  };
  const statement = {
    Sid: 'AllowSourcesToCopyIn',
    Effect: 'Allow',
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  };

  test('lets the accounts copy in with their backup role', () => {
    const access = { by: 'accounts', accountIds: ['111111111111', '444444444444'] } as const;
    expect(vaultAccess({ ...grant, access })).toEqual([
      {
        ...statement,
        Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::444444444444:root'] },
        Condition: pinned,
      },
    ]);
  });

  test('lets the accounts of the units, and of the units below, copy in', () => {
    const access = { by: 'ouPaths', ouPaths: ['o-abc1234567/r-abc1/ou-abc1-12345678/'] } as const;
    expect(vaultAccess({ ...grant, access })).toEqual([
      {
        ...statement,
        Principal: '*',
        Condition: {
          ...pinned,
          'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-abc1234567/r-abc1/ou-abc1-12345678/*'] },
        },
      },
    ]);
  });

  test('lets every account of the organization copy in', () => {
    expect(vaultAccess({ ...grant, access: { by: 'organization' } })).toEqual([
      { ...statement, Principal: '*', Condition: pinned },
    ]);
  });
});

test('copyBackAccess lets a destination copy back with its restore role', () => {
  const restoreRoleArns = ['arn:aws:iam::222222222222:role/cab-restore-eu-west-1'];
  expect(copyBackAccess({ ...READERS, organizationId: 'o-abc1234567', restoreRoleArns })).toEqual([
    {
      Sid: 'AllowDestinationsToCopyBack',
      Effect: 'Allow',
      Principal: { AWS: [DESTINATION_ROOT] },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' },
        ArnEquals: { 'aws:PrincipalArn': restoreRoleArns },
      },
    },
  ]);
});

test('keyPolicy leaves a key to its own account, with what shares it between that and what protects it', () => {
  const owner = { partition: 'aws', accountId: '222222222222', exemptions: EXEMPTIONS } as const;
  const sharing = resourceKeySharing(READERS, 'strict');
  expect(keyPolicy(owner, sharing)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowAccountAdministration',
        Effect: 'Allow',
        Principal: { AWS: DESTINATION_ROOT },
        Action: 'kms:*',
        Resource: '*',
      },
      ...sharing,
      ...keyProtection(EXEMPTIONS),
    ],
  });
});

describe('resourceKeySharing', () => {
  const asBackup = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:${SLR}` } };
  const other = { Effect: 'Allow', Principal: { AWS: [DESTINATION_ROOT] }, Resource: '*' };
  const describeKey = {
    ...other,
    Sid: 'AllowBackupOfOtherAccountsToDescribe',
    Action: 'kms:DescribeKey',
    Condition: asBackup,
  };

  test('strict lets the service-linked role do what its own policy lets it do', () => {
    expect(resourceKeySharing(READERS, 'strict')).toEqual([
      describeKey,
      {
        ...other,
        Sid: 'AllowBackupOfOtherAccountsToReadCopies',
        Action: ['kms:ListGrants', 'kms:ReEncryptFrom', 'kms:GenerateDataKeyWithoutPlaintext'],
        Condition: { ...asBackup, ...VIA },
      },
      {
        ...other,
        Sid: 'AllowBackupOfOtherAccountsToGrant',
        Action: 'kms:CreateGrant',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' }, ...asBackup, ...VIA },
      },
    ]);
  });

  test('compat lets the same role do more, and grant only for AWS', () => {
    expect(resourceKeySharing(READERS, 'compat')).toEqual([
      describeKey,
      {
        ...other,
        Sid: 'AllowBackupOfOtherAccountsToReadCopies',
        Action: [
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
        Condition: asBackup,
      },
      {
        ...other,
        Sid: 'AllowBackupOfOtherAccountsToGrant',
        Action: 'kms:CreateGrant',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' }, ...asBackup },
      },
    ]);
  });

  test('says nothing when nobody reads the key', () => {
    expect(resourceKeySharing({ partition: 'aws', accountIds: [] }, 'strict')).toEqual([]);
  });
});

describe('vaultKeySharing', () => {
  const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } };

  test.each([
    [false, [], organization],
    [true, ['kms:ListGrants'], { ...organization, ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:${SLR}` } }],
  ])('shares the key inside the organization, pinned to the role: %s', (isPinned, furtherActions, condition) => {
    const other = { Effect: 'Allow', Principal: { AWS: [DESTINATION_ROOT] }, Resource: '*' };
    expect(vaultKeySharing({ ...READERS, organizationId: 'o-abc1234567', isPinned, furtherActions })).toEqual([
      {
        ...other,
        Sid: 'AllowOtherAccountsToReadManagedCopies',
        Action: ['kms:DescribeKey', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', ...furtherActions],
        Condition: condition,
      },
      {
        ...other,
        Sid: 'AllowOtherAccountsToGrantForManagedCopies',
        Action: 'kms:CreateGrant',
        Condition: { ...condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
  });
});

test('backupTrustPolicy lets AWS Backup work for the account of the role only', () => {
  expect(backupTrustPolicy('111111111111').Statement).toEqual([
    {
      Sid: 'AllowBackupToAssume',
      Effect: 'Allow',
      Principal: { Service: 'backup.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
    },
  ]);
});

test('copyBackPolicy lets a role copy into the source vaults and nowhere else', () => {
  const vaults = ['arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source'];
  const allow = (Sid: string, Action: unknown, Resource: string, Condition?: object) => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition ? { Condition } : {}),
  });
  expect(copyBackPolicy('aws', '222222222222', vaults).Statement).toEqual([
    allow('AllowCopyingIntoVaults', 'backup:CopyIntoBackupVault', 'arn:aws:backup:*:*:backup-vault:*'),
    allow('AllowCopyingToSourceVaultsOnly', 'backup:CopyFromBackupVault', '*', {
      'ForAllValues:ArnLike': { 'backup:CopyTargets': vaults },
      Null: { 'backup:CopyTargets': 'false' },
    }),
    allow('AllowDescribingVaults', 'backup:DescribeBackupVault', 'arn:aws:backup:*:*:backup-vault:*'),
    allow('AllowTaggingRecoveryPoints', 'backup:TagResource', 'arn:aws:backup:*:222222222222:recovery-point:*'),
    allow('AllowSharingBackupSnapshots', ['ec2:ModifySnapshotAttribute', 'ec2:ModifyImageAttribute'], '*', {
      Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' },
    }),
    allow('AllowSharingDatabaseSnapshots', 'rds:ModifyDBSnapshotAttribute', 'arn:aws:rds:*:*:snapshot:awsbackup:*'),
    allow(
      'AllowSharingClusterSnapshots',
      'rds:ModifyDBClusterSnapshotAttribute',
      'arn:aws:rds:*:*:cluster-snapshot:awsbackup:*',
    ),
    allow(
      'AllowCopyingFileSystemBackups',
      ['fsx:CopyBackup', 'fsx:ManageBackupPrincipalAssociations'],
      'arn:aws:fsx:*:*:backup/*',
    ),
  ]);
});
