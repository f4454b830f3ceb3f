import { collapsedVaults } from '../../lib/policies/collapsed-vaults';
import { guardrailPolicies, sizeOf } from '../../lib/policies/guardrails';
import type { Guardrails } from '../../lib/topology/topology';

const DEPLOYER = 'arn:aws:iam::*:role/Deploy';
const BREAK_GLASS = 'arn:aws:iam::222222222222:role/BreakGlass';
const BACKUP_ROLE = 'arn:aws:iam::*:role/cab-backup-us-east-1';
const RESTORE_ROLES = ['arn:aws:iam::*:role/cab-restore-eu-west-1', 'arn:aws:iam::*:role/cab-restore-us-east-1'];
const VAULT = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';

const SMALL: Guardrails = {
  partition: 'aws',
  name: 'cab-guardrails',
  targetIds: ['111111111111', '222222222222'],
  deployers: [DEPLOYER],
  breakGlass: [BREAK_GLASS],
  vaultNames: ['cab-destination', 'cab-source'],
  hasAirGappedVaults: false,
  backupRoleNames: ['cab-backup-us-east-1'],
  restoreRoleNames: ['cab-restore-eu-west-1', 'cab-restore-us-east-1'],
  scannerRoleNames: [],
  copyBackRoleNames: ['cab-restore-eu-west-1'],
  copyTargets: [VAULT],
};

const unless = (exempt: readonly string[]) => ({ ArnNotLike: { 'aws:PrincipalArn': exempt } });
const sidsOf = (guardrails: Guardrails) =>
  guardrailPolicies(guardrails).map(({ Statement }) => Statement.map(({ Sid }) => Sid));

/** The accounts of so many more administrators, each said account by account. */
const administrators = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:iam::${300_000_000_000 + index}:role/Administrator`);

describe('guardrailPolicies', () => {
  const [policy] = guardrailPolicies(SMALL);
  const statementOf = (sid: string) => policy?.Statement.find(({ Sid }) => Sid === sid);
  const exempt = [DEPLOYER, BREAK_GLASS];

  test('keep vaults as they are, by name in every account', () => {
    expect(statementOf('DenyTamperingWithVaults')).toEqual({
      Sid: 'DenyTamperingWithVaults',
      Effect: 'Deny',
      Action: expect.arrayContaining(['backup:DeleteBackupVault', 'backup:PutBackupVaultAccessPolicy']),
      Resource: ['arn:aws:backup:*:*:backup-vault:cab-destination', 'arn:aws:backup:*:*:backup-vault:cab-source'],
      Condition: unless(exempt),
    });
  });

  test('keep recovery points, and the settings by which they are made', () => {
    expect(statementOf('DenyTamperingWithRecoveryPoints')).toEqual({
      Sid: 'DenyTamperingWithRecoveryPoints',
      Effect: 'Deny',
      Action: [
        'backup:DeleteRecoveryPoint',
        'backup:UpdateRecoveryPointLifecycle',
        'backup:DisassociateRecoveryPoint',
        'backup:DisassociateRecoveryPointFromParent',
        'backup:CreateBackupAccessPoint',
        'backup:UpdateGlobalSettings',
        'backup:UpdateRegionSettings',
        'backup:CancelLegalHold',
        'backup:StopBackupJob',
      ],
      Resource: '*',
      Condition: unless(exempt),
    });
  });

  test('keep the plans and keys that have the tag', () => {
    expect(statementOf('DenyTamperingWithPlansAndKeys')).toEqual({
      Sid: 'DenyTamperingWithPlansAndKeys',
      Effect: 'Deny',
      Action: [
        'backup:DeleteBackupPlan',
        'backup:UpdateBackupPlan',
        'backup:CreateBackupSelection',
        'backup:DeleteBackupSelection',
        'kms:ScheduleKeyDeletion',
        'kms:DisableKey',
        'kms:DisableKeyRotation',
        'kms:PutKeyPolicy',
        'kms:DeleteImportedKeyMaterial',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/cross-account-backup': 'protected' }, ...unless(exempt) },
    });
  });

  test('keep the tag itself', () => {
    expect(statementOf('DenyChangingProtection')).toEqual({
      Sid: 'DenyChangingProtection',
      Effect: 'Deny',
      Action: ['backup:TagResource', 'backup:UntagResource', 'kms:TagResource', 'kms:UntagResource'],
      Resource: ['arn:aws:backup:*:*:backup-vault:*', 'arn:aws:backup:*:*:backup-plan:*', 'arn:aws:kms:*:*:key/*'],
      Condition: {
        'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': ['cross-account-backup'] },
        ...unless(exempt),
      },
    });
  });

  test('keep copies to the vaults of the config, whoever copies', () => {
    expect(statementOf('DenyCopyingElsewhere')).toEqual({
      Sid: 'DenyCopyingElsewhere',
      Effect: 'Deny',
      Action: 'backup:CopyFromBackupVault',
      Resource: '*',
      Condition: { 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': [VAULT] } },
    });
  });

  test('keep snapshots that AWS Backup made, past AWS Backup, and let its own roles share them', () => {
    const statement = {
      Effect: 'Deny',
      Action: [
        'ec2:DeleteSnapshot',
        'ec2:DeregisterImage',
        'ec2:ModifySnapshotAttribute',
        'ec2:ModifyImageAttribute',
        'ec2:DisableImage',
        'ec2:ModifySnapshotTier',
      ],
      Resource: '*',
    };
    const marked = (tag: string) => ({
      Null: { [`aws:ResourceTag/${tag}`]: 'false' },
      ...unless([...exempt, BACKUP_ROLE, ...RESTORE_ROLES]),
    });
    expect([statementOf('DenyTamperingWithSnapshots'), statementOf('DenyTamperingWithSnapshotCopies')]).toEqual([
      { Sid: 'DenyTamperingWithSnapshots', ...statement, Condition: marked('aws:backup:source-resource') },
      { Sid: 'DenyTamperingWithSnapshotCopies', ...statement, Condition: marked('AWSBackupManagedResource') },
    ]);
  });

  test('keep the mark of copies, which is a tag like any other', () => {
    expect(statementOf('DenyMarkingSnapshotCopies')).toEqual({
      Sid: 'DenyMarkingSnapshotCopies',
      Effect: 'Deny',
      Action: ['ec2:CreateTags', 'ec2:DeleteTags'],
      Resource: '*',
      Condition: {
        'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': ['AWSBackupManagedResource'] },
        ...unless([...exempt, BACKUP_ROLE, ...RESTORE_ROLES]),
      },
    });
  });

  test('keep grants of protected keys from being retired but by services', () => {
    expect(statementOf('DenyRetiringGrants')).toEqual({
      Sid: 'DenyRetiringGrants',
      Effect: 'Deny',
      Action: ['kms:RetireGrant'],
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:ResourceTag/cross-account-backup': 'protected' },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
        ...unless(exempt),
      },
    });
  });

  test('keep snapshots of databases too, which only roles that copy them may share', () => {
    expect(statementOf('DenyTamperingWithDatabaseSnapshots')).toEqual({
      Sid: 'DenyTamperingWithDatabaseSnapshots',
      Effect: 'Deny',
      Action: [
        'rds:DeleteDBSnapshot',
        'rds:DeleteDBClusterSnapshot',
        'rds:ModifyDBSnapshotAttribute',
        'rds:ModifyDBClusterSnapshotAttribute',
      ],
      Resource: ['arn:aws:rds:*:*:snapshot:awsbackup:*', 'arn:aws:rds:*:*:cluster-snapshot:awsbackup:*'],
      Condition: unless([...exempt, BACKUP_ROLE, 'arn:aws:iam::*:role/cab-restore-eu-west-1']),
    });
  });

  test('keep the roles that are exempted, from break-glass roles too', () => {
    expect(statementOf('DenyChangingExemptRoles')).toMatchObject({
      Action: expect.arrayContaining(['iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy']),
      Resource: [
        ...exempt,
        BACKUP_ROLE,
        ...RESTORE_ROLES,
        'arn:aws:iam::*:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
      ],
      Condition: unless([DEPLOYER]),
    });
  });

  test('keep accounts in the organization and open, whoever asks', () => {
    expect(statementOf('DenyGivingUpAccount')).toEqual({
      Sid: 'DenyGivingUpAccount',
      Effect: 'Deny',
      Action: ['organizations:LeaveOrganization', 'account:CloseAccount'],
      Resource: '*',
    });
  });

  test('are one policy of twelve statements while that is short enough', () => {
    expect(sidsOf(SMALL)).toHaveLength(1);
    expect(sidsOf(SMALL).flat()).toHaveLength(12);
  });

  test('are several when they grow, of whole statements in their order, each as long as AWS takes', () => {
    const grown = { ...SMALL, deployers: administrators(100) };
    expect(sidsOf(grown).length).toBeGreaterThan(3);
    expect(sidsOf(grown).flat()).toEqual(sidsOf(SMALL).flat());
    for (const document of guardrailPolicies(grown)) expect(sizeOf(document)).toBeLessThanOrEqual(10_240);
  });

  test('name the vaults of copies without their Regions when there are too many', () => {
    const inRegion = (region: string) =>
      administrators(80).map((arn) => `arn:aws:backup:${region}:${arn.split(':')[4]}:backup-vault:cab-source`);
    const copyTargets = [...inRegion('eu-west-1'), ...inRegion('us-east-1')];
    const statements = guardrailPolicies({ ...SMALL, copyTargets }).flatMap(({ Statement }) => Statement);
    expect(statements.find(({ Sid }) => Sid === 'DenyCopyingElsewhere')).toMatchObject({
      Condition: { 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': inRegion('*') } },
    });
  });

  test('leave a statement whole that is too long by itself', () => {
    const tooLong = guardrailPolicies({ ...SMALL, deployers: administrators(250) });
    const sizes = tooLong.filter((document) => sizeOf(document) > 10_240).map(({ Statement }) => Statement.length);
    expect(new Set(sizes)).toEqual(new Set([1]));
  });
});

describe('collapsedVaults', () => {
  const vault = (region: string, accountId: string, name: string) =>
    `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;
  const vaults = [vault('eu-west-1', '222222222222', 'cab'), vault('us-east-1', '222222222222', 'cab')];
  const { length } = JSON.stringify(vaults);

  test('are the vaults themselves while there is room', () => {
    expect(collapsedVaults(vaults, length)).toEqual(vaults);
  });

  test('are a pattern for all Regions of one account and name when there is none', () => {
    expect(collapsedVaults(vaults, length - 1)).toEqual([vault('*', '222222222222', 'cab')]);
  });

  test('never open another account or another name', () => {
    const others = [vault('eu-west-1', '222222222222', 'b'), vault('eu-west-1', '333333333333', 'cab')];
    expect(collapsedVaults([...vaults, ...others], 0)).toEqual([
      vault('*', '222222222222', 'b'),
      vault('*', '222222222222', 'cab'),
      vault('*', '333333333333', 'cab'),
    ]);
  });

  test('leave the scanner its work: to open recovery points, and to share snapshots with GuardDuty', () => {
    const scanner = 'arn:aws:iam::*:role/cab-scan-us-east-1';
    const scanned = guardrailPolicies({ ...SMALL, scannerRoleNames: ['cab-scan-us-east-1'] });
    const statements = scanned.flatMap(({ Statement }) => Statement);
    const leavingAlone = statements.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes(scanner));
    expect(leavingAlone.map(({ Sid }) => Sid)).toEqual([
      'DenyOpeningRecoveryPoints',
      'DenyTamperingWithSnapshots',
      'DenyTamperingWithSnapshotCopies',
    ]);
    const opened = statements.filter(({ Action }) => [Action].flat().includes('backup:CreateBackupAccessPoint'));
    expect(opened.map(({ Sid }) => Sid)).toEqual(['DenyOpeningRecoveryPoints']);
    expect(statements.find(({ Sid }) => Sid === 'DenyChangingExemptRoles')?.Resource).toContain(scanner);
  });
});
