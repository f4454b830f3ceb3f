import { roleArn, vaultArn } from '../aws/arn';
import type { CompiledPolicy } from '../iam/policy';
import type { SourceSite } from '../topology/topology';
import type { DeployedKey, DeployedRole, DeployedVault, Tags } from './deployed';
import type { WrittenPolicy } from './exemption-complaints';
import { managedPolicy } from './managed-policy';
import { policyAt } from './placed';
import { ProofError } from './proof-error';
import type { DeployedStackSet, TemplateResource } from './read-stack-sets';

/** What StackSets make in one account and Region. */
export interface MemberResources {
  readonly vaults: readonly DeployedVault[];
  readonly keys: readonly DeployedKey[];
  readonly roles: readonly DeployedRole[];
  /** Keys by their alias. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Addresses of vaults and keys that go with their stack, by ARN. */
  readonly destructible: readonly (readonly [arn: string, address: string])[];
  readonly policies: readonly WrittenPolicy[];
}

/** What the StackSets make for an account that stands for others: those of its unit, or those that name it. */
export const readMember = (member: SourceSite, stackSets: readonly DeployedStackSet[]): MemberResources[] =>
  stackSets
    .filter(({ targets }) =>
      targets.some(
        ({ region, unitIds, accountIds }) =>
          region === member.region &&
          (accountIds === undefined
            ? member.ouPath?.split('/').some((step) => unitIds.includes(step))
            : accountIds.includes(member.accountId)),
      ),
    )
    .map((stackSet) => resourcesIn(member, stackSet));

function resourcesIn(member: SourceSite, { address, templateAt }: DeployedStackSet): MemberResources {
  const { partition, accountId, region } = member;
  const template = templateAt(member);
  const ofType = (type: string) => Object.entries(template).filter(([, resource]) => resource.Type === type);
  const unknown = Object.entries(template).find(([, { Type }]) => !KNOWN_TYPES.has(Type));
  if (unknown)
    throw new ProofError(`${address}, ${unknown[0]} is of type ${unknown[1].Type}, which the proof cannot judge`);
  const place = { accountId, region };
  const nameOf = (id: string) => `${address}, ${id}`;
  const keyArn = (id: unknown) => `arn:${partition}:kms:${region}:${accountId}:key/${address}.${String(id)}`;
  const keys = ofType('AWS::KMS::Key').map(
    ([id, { Properties: given }]): DeployedKey => ({
      ...place,
      arn: keyArn(id),
      policy: policyAt(nameOf(id), given.KeyPolicy),
      tags: Object.fromEntries((given.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
    }),
  );
  const vaults = ofType('AWS::Backup::BackupVault').map(
    ([id, { Properties: given }]): DeployedVault => ({
      ...place,
      arn: vaultArn(member, String(given.BackupVaultName)),
      policy: given.AccessPolicy === undefined ? undefined : policyAt(nameOf(id), given.AccessPolicy),
      tags: (given.BackupVaultTags ?? {}) as Tags,
      keyArn: keyArn((given.EncryptionKeyArn as { 'Fn::GetAtt'?: readonly string[] })['Fn::GetAtt']?.[0]),
      lock: lockOf(given.LockConfiguration),
    }),
  );
  const roles = ofType('AWS::IAM::Role').map(
    ([id, { Properties: given }]): DeployedRole => ({
      ...place,
      arn: roleArn(partition, accountId, String(given.RoleName)),
      trust: policyAt(nameOf(id), given.AssumeRolePolicyDocument),
      identity: (given.ManagedPolicyArns as readonly string[]).map((arn) => policyNamed(arn, member, nameOf(id))),
    }),
  );
  const kept = [
    ...ofType('AWS::KMS::Key').map(([id, one]) => ({ id, one, arn: keyArn(id) })),
    ...ofType('AWS::Backup::BackupVault').map(([id, one]) => ({
      id,
      one,
      arn: vaultArn(member, String(one.Properties.BackupVaultName)),
    })),
  ];
  return {
    keys,
    vaults,
    roles,
    aliases: new Map(
      ofType('AWS::KMS::Alias').map(([, { Properties: given }]) => [
        String(given.AliasName),
        keyArn((given.TargetKeyId as { readonly Ref?: string }).Ref),
      ]),
    ),
    destructible: kept.filter(({ one }) => !isRetained(one)).map(({ id, arn }) => [arn, nameOf(id)] as const),
    policies: [
      ...ofType('AWS::KMS::Key').map(([id, { Properties: given }]) => ({
        name: nameOf(id),
        document: given.KeyPolicy,
      })),
      ...ofType('AWS::Backup::BackupVault').map(([id, { Properties: given }]) => ({
        name: nameOf(id),
        document: given.AccessPolicy,
      })),
    ],
  };
}

const KNOWN_TYPES = new Set(['AWS::Backup::BackupVault', 'AWS::IAM::Role', 'AWS::KMS::Alias', 'AWS::KMS::Key']);

const isRetained = ({ DeletionPolicy, UpdateReplacePolicy }: TemplateResource) =>
  DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain';

function lockOf(given: unknown): DeployedVault['lock'] {
  if (given === undefined) return undefined;
  const { MinRetentionDays, MaxRetentionDays, ChangeableForDays } = given as Readonly<
    Record<string, number | undefined>
  >;
  return {
    minRetentionDays: Number(MinRetentionDays),
    maxRetentionDays: Number(MaxRetentionDays),
    changeableForDays: ChangeableForDays,
  };
}

function policyNamed(arn: string, { partition }: SourceSite, name: string): CompiledPolicy {
  const policy = managedPolicy(partition, arn.replace(/^.*:policy\//, ''));
  if (!policy) throw new ProofError(`${name} attaches ${arn}, and the proof does not know what it allows`);
  return policy;
}
