import { STACK_PARTITION } from '../aws/cloudformation';
import { KEY_DELETION_WINDOW_DAYS } from '../aws/limits';
import { PROTECTION_TAG } from '../topology/names';
import type { SourceSite } from '../topology/topology';
import {
  backupPolicies,
  backupTrustPolicy,
  type ManagedPolicies,
  restorePolicies,
  scannerPolicies,
  scannerTrustPolicy,
} from './backup-role-policies';
import type { PolicyDocument } from './policy-document';
import { sourceAccessPolicy, sourceKeyPolicy, sourceResourceKeyPolicy } from './site-policies';

/** A resource of a CloudFormation template. */
interface TemplateResource {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: 'Retain';
  readonly UpdateReplacePolicy?: 'Retain';
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A CloudFormation template, as far as a baseline needs it. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/**
 * What an account needs in one Region before a backup policy can work there: a vault under a key of its own, and the roles
 * that AWS Backup takes. The policies are those of a source; where they name the account and the Region, the template has
 * CloudFormation say them. Everything that recovery points hang on stays when the stack goes.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html
 */
export function baselineTemplate(member: SourceSite, organizationId: string): Template {
  const { vault, accountId, backupRole, restoreRole, scannerRole, partition, resourceKeyAlias } = member;
  const trust = backupTrustPolicy(accountId);
  const resources: Record<string, TemplateResource> = {
    ...key(
      'VaultKey',
      `AWS Backup vault ${vault.vaultName}`,
      aliasOf(vault.key),
      sourceKeyPolicy(member, organizationId),
    ),
    ...(resourceKeyAlias === undefined
      ? {}
      : key(
          'ResourceKey',
          'Encrypts resources whose backups are copied to other accounts',
          resourceKeyAlias,
          sourceResourceKeyPolicy(member),
        )),
    BackupRole: role(backupRole.name, 'AWS Backup backs up, copies and expires', trust, backupPolicies(member)),
    RestoreRole: role(restoreRole.name, 'AWS Backup restores', trust, restorePolicies(partition)),
    ...(scannerRole === undefined
      ? {}
      : {
          ScannerRole: role(
            scannerRole.name,
            'GuardDuty scans recovery points',
            scannerTrustPolicy(),
            scannerPolicies(partition),
          ),
        }),
    Vault: {
      Type: 'AWS::Backup::BackupVault',
      // Last of all: nothing that could fail comes after what stays behind.
      DependsOn: ['BackupRole', 'RestoreRole', ...(scannerRole === undefined ? [] : ['ScannerRole']), 'VaultKeyAlias'],
      ...RETAINED,
      Properties: {
        BackupVaultName: vault.vaultName,
        EncryptionKeyArn: { 'Fn::GetAtt': ['VaultKey', 'Arn'] },
        AccessPolicy: sourceAccessPolicy(member, organizationId),
        BackupVaultTags: PROTECTED,
        ...(vault.lock === undefined
          ? {}
          : {
              LockConfiguration: {
                MinRetentionDays: vault.lock.minRetentionDays,
                MaxRetentionDays: vault.lock.maxRetentionDays,
              },
            }),
      },
    },
  };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'What AWS Backup needs in an account before a backup policy of the organization works there',
    Resources: substituted(resources),
  };
}

const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } as const;

const PROTECTED = { [PROTECTION_TAG.key]: PROTECTION_TAG.value };

const PROTECTED_LIST = [{ Key: PROTECTION_TAG.key, Value: PROTECTION_TAG.value }];

const aliasOf = (given: SourceSite['vault']['key']) => ('alias' in given ? given.alias : '');

const key = (
  id: string,
  description: string,
  alias: string,
  policy: PolicyDocument,
): Readonly<Record<string, TemplateResource>> => ({
  [id]: {
    Type: 'AWS::KMS::Key',
    ...RETAINED,
    Properties: {
      Description: description,
      EnableKeyRotation: true,
      PendingWindowInDays: KEY_DELETION_WINDOW_DAYS,
      KeyPolicy: policy,
      Tags: PROTECTED_LIST,
    },
  },
  [`${id}Alias`]: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: alias, TargetKeyId: { Ref: id } },
  },
});

const role = (
  name: string,
  does: string,
  trust: PolicyDocument,
  managedPolicies: ManagedPolicies,
): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  // Recovery points expire under the role that made them.
  ...RETAINED,
  Properties: {
    RoleName: name,
    Description: `${does} with this role`,
    AssumeRolePolicyDocument: trust,
    ManagedPolicyArns: Object.values(managedPolicies),
  },
});

/** What every pseudo parameter starts with. */
const PSEUDO = '{AWS::';

/** Lets CloudFormation fill in account and Region wherever a text names them, and the partition of such an ARN with them. */
function substituted<Value>(value: Value): Value {
  if (typeof value === 'string') return (value.includes(PSEUDO) ? { 'Fn::Sub': anyPartition(value) } : value) as Value;
  if (Array.isArray(value)) return value.map(substituted) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, substituted(held)])) as Value;
}

const anyPartition = (text: string) => text.replace(/^arn:[\w-]+:/, () => `arn:${STACK_PARTITION}:`);

/** The template as text. */
export const templateJson = (template: Template): string => JSON.stringify(template);
