import { baselineTemplate, type Template } from '../../lib/policies/baseline-template';
import { sourceAccessPolicy, sourceKeyPolicy } from '../../lib/policies/site-policies';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aPlan } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';

const template = (policies: object = {}, plans?: object): Template => {
  const { organizationPolicies } = resolveTopology(aRolloutConfig({ policies, ...(plans ? { plans } : {}) }));
  if (!organizationPolicies) throw new Error('nothing is rolled out');
  return baselineTemplate(organizationPolicies.baseline.member, 'o-abc1234567');
};

/** A template as it is in one account and Region. */
const at = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, held) => (held && typeof held === 'object' && 'Fn::Sub' in held ? held['Fn::Sub'] : held))
      .replaceAll('${AWS::AccountId}', '600000000000')
      .replaceAll('${AWS::Region}', 'us-east-1')
      .replaceAll('${AWS::Partition}', 'aws'),
  );

const [standIn] = resolveTopology(aRolloutConfig()).organizationPolicies?.rollouts[0]?.standIns ?? [];

describe('baselineTemplate', () => {
  test('makes a vault, its key with an alias, and both roles, with names of their own', () => {
    const { Resources } = at(template()) as Template;
    expect(Object.fromEntries(Object.entries(Resources).map(([id, { Type }]) => [id, Type]))).toEqual({
      VaultKey: 'AWS::KMS::Key',
      VaultKeyAlias: 'AWS::KMS::Alias',
      BackupRole: 'AWS::IAM::Role',
      RestoreRole: 'AWS::IAM::Role',
      Vault: 'AWS::Backup::BackupVault',
    });
    expect(Resources).toMatchObject({
      VaultKeyAlias: { Properties: { AliasName: 'alias/cab-source-org' } },
      BackupRole: { Properties: { RoleName: 'cab-backup-us-east-1-org' } },
      RestoreRole: { Properties: { RoleName: 'cab-restore-us-east-1-org' } },
      Vault: { Properties: { BackupVaultName: 'cab-source-org' } },
    });
  });

  test('has the very policies of a source', () => {
    if (!standIn) throw new Error('there is no stand-in');
    const { Vault, VaultKey } = (at(template()) as Template).Resources;
    expect(Vault?.Properties.AccessPolicy).toEqual(sourceAccessPolicy(standIn, 'o-abc1234567'));
    expect(VaultKey?.Properties.KeyPolicy).toEqual(sourceKeyPolicy(standIn, 'o-abc1234567'));
  });

  test('lets GuardDuty scan, and AWS Backup start it, where a plan has scans', () => {
    const rule = { name: 'daily', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35, index: ['EBS'], scan: 'full' };
    const { Resources } = at(template({}, { daily: aPlan({ rules: [rule] }) })) as Template;
    const policies = (id: string) => Resources[id]?.Properties.ManagedPolicyArns;
    expect(Resources.ScannerRole).toMatchObject({
      Properties: {
        RoleName: 'cab-scan-us-east-1-org',
        AssumeRolePolicyDocument: {
          Statement: [{ Principal: { Service: 'malware-protection.guardduty.amazonaws.com' } }],
        },
      },
    });
    expect(policies('ScannerRole')).toEqual(['arn:aws:iam::aws:policy/AWSBackupGuardDutyRolePolicyForScans']);
    expect(policies('BackupRole')).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup',
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForScans',
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForIndexing',
    ]);
    expect(Resources.ScannerRole).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('keeps vault, keys and roles when their stack goes', () => {
    const { Resources } = template({ baseline: { createResourceKey: true } });
    for (const { Type, DeletionPolicy, UpdateReplacePolicy } of Object.values(Resources)) {
      const isKept = Type !== 'AWS::KMS::Alias';
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(isKept ? ['Retain', 'Retain'] : [undefined, undefined]);
    }
  });

  test('locks the vault and makes a key for resources only where that is asked for', () => {
    const lock = { mode: 'governance', minRetentionDays: 7, maxRetentionDays: 100 };
    const { Resources } = template({ baseline: { lock, createResourceKey: true } });
    expect(Resources.Vault?.Properties.LockConfiguration).toEqual({ MinRetentionDays: 7, MaxRetentionDays: 100 });
    expect(Resources.ResourceKeyAlias?.Properties.AliasName).toBe('alias/cab-resource-org');
    expect(template().Resources.Vault?.Properties.LockConfiguration).toBeUndefined();
  });
});
