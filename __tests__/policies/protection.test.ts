import { keyProtection } from '../../lib/policies/key-protection';
import { denyCopyingElsewhere, vaultProtection } from '../../lib/policies/vault-protection';

const DEPLOYER = 'arn:aws:iam::222222222222:role/Deploy';
const BREAK_GLASS = 'arn:aws:iam::222222222222:role/BreakGlass';
const SLR = 'arn:aws:iam::222222222222:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
const EXEMPTIONS = { deployers: [DEPLOYER], breakGlass: [BREAK_GLASS] };
const SITE = { partition: 'aws', accountId: '222222222222', exemptions: EXEMPTIONS } as const;
const VAULT = 'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source';

describe('vaultProtection', () => {
  test('lets only who is named, and AWS Backup itself, touch the vault or end a recovery point', () => {
    const [tampering] = vaultProtection(SITE, [VAULT]);
    expect(tampering).toEqual({
      Sid: 'DenyTampering',
      Effect: 'Deny',
      Principal: '*',
      Action: [
        'backup:DeleteBackupVault',
        'backup:DeleteBackupVaultAccessPolicy',
        'backup:PutBackupVaultAccessPolicy',
        'backup:DeleteBackupVaultLockConfiguration',
        'backup:PutBackupVaultLockConfiguration',
        'backup:DeleteBackupVaultNotifications',
        'backup:PutBackupVaultNotifications',
        'backup:AssociateBackupVaultMpaApprovalTeam',
        'backup:DisassociateBackupVaultMpaApprovalTeam',
        'backup:RevokeRestoreAccessBackupVault',
        'backup:DeleteRecoveryPoint',
        'backup:UpdateRecoveryPointLifecycle',
        'backup:DisassociateRecoveryPoint',
        'backup:DisassociateRecoveryPointFromParent',
      ],
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': [DEPLOYER, BREAK_GLASS, SLR] } },
    });
  });

  test('lets recovery points leave for the given vaults alone, whoever copies', () => {
    const [, ...others] = vaultProtection(SITE, [VAULT]);
    expect(others).toEqual([denyCopyingElsewhere([VAULT], { Principal: '*' })]);
  });
});

describe('denyCopyingElsewhere', () => {
  const deny = { Sid: 'DenyCopyingElsewhere', Effect: 'Deny', Action: 'backup:CopyFromBackupVault', Resource: '*' };

  test('denies copies to any other vault, and those that name none', () => {
    expect(denyCopyingElsewhere([VAULT], { Principal: '*' })).toEqual({
      ...deny,
      Principal: '*',
      Condition: { 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': [VAULT] } },
    });
  });

  test('denies every copy where there is no vault to copy to', () => {
    expect(denyCopyingElsewhere([], {})).toEqual(deny);
  });
});

test('keyProtection lets only who is named delete, disable or reopen a key, and only AWS services grant on it', () => {
  const deny = { Effect: 'Deny', Principal: '*', Resource: '*' };
  expect(keyProtection(EXEMPTIONS)).toEqual([
    {
      ...deny,
      Sid: 'DenyTampering',
      Action: [
        'kms:ScheduleKeyDeletion',
        'kms:DisableKey',
        'kms:DisableKeyRotation',
        'kms:PutKeyPolicy',
        'kms:DeleteImportedKeyMaterial',
      ],
      Condition: { ArnNotLike: { 'aws:PrincipalArn': [DEPLOYER, BREAK_GLASS] } },
    },
    {
      ...deny,
      Sid: 'DenyGrantsByUsers',
      Action: ['kms:CreateGrant', 'kms:RevokeGrant'],
      Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
    },
  ]);
});
