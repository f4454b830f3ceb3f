import {
  BackupClient,
  CreateBackupVaultCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
} from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, CreateRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Template } from '../../lib/policies/baseline-template';

/** Where a template is applied, and as whom. */
export interface TemplateTarget {
  readonly accountId: string;
  readonly region: string;
  /** What clients of the account and Region are made with. */
  readonly client: ConstructorParameters<typeof KMSClient>[0] & object;
  readonly iam: IAMClient;
}

type Properties = Readonly<Record<string, string>>;

/** Makes what a baseline's template says, as CloudFormation would: the types that are in it, and no others. */
export async function applyTemplate({ Resources }: Template, target: TemplateTarget): Promise<void> {
  const made = new Map<string, { arn: string; ref: string }>();
  const kms = new KMSClient(target.client);
  const backup = new BackupClient(target.client);
  const inOrder = Object.entries(Resources).sort(
    ([, one], [, other]) => ORDER.indexOf(one.Type) - ORDER.indexOf(other.Type),
  );
  for (const [id, { Type, Properties }] of inOrder) {
    const given = filledIn(Properties, target, made) as Properties;
    switch (Type) {
      case 'AWS::KMS::Key': {
        const Policy = JSON.stringify(given.KeyPolicy);
        const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy, Description: given.Description }));
        const { KeyId = '', Arn = '' } = KeyMetadata ?? {};
        await kms.send(new EnableKeyRotationCommand({ KeyId }));
        made.set(id, { arn: Arn, ref: KeyId });
        break;
      }
      case 'AWS::KMS::Alias':
        await kms.send(new CreateAliasCommand({ AliasName: given.AliasName, TargetKeyId: given.TargetKeyId }));
        break;
      case 'AWS::IAM::Role': {
        const AssumeRolePolicyDocument = JSON.stringify(given.AssumeRolePolicyDocument);
        await target.iam.send(new CreateRoleCommand({ RoleName: given.RoleName, AssumeRolePolicyDocument }));
        for (const PolicyArn of given.ManagedPolicyArns ?? '')
          await target.iam.send(new AttachRolePolicyCommand({ RoleName: given.RoleName, PolicyArn }));
        break;
      }
      case 'AWS::Backup::BackupVault': {
        const { BackupVaultName, EncryptionKeyArn, AccessPolicy, LockConfiguration } = given;
        await backup.send(new CreateBackupVaultCommand({ BackupVaultName, EncryptionKeyArn }));
        const Policy = JSON.stringify(AccessPolicy);
        await backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy }));
        if (LockConfiguration !== undefined) {
          const lock = LockConfiguration as unknown as object;
          await backup.send(new PutBackupVaultLockConfigurationCommand({ BackupVaultName, ...lock }));
        }
        break;
      }
      default:
        throw new Error(`no template has had ${Type} before`);
    }
  }
  kms.destroy();
  backup.destroy();
}

const ORDER = ['AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::IAM::Role', 'AWS::Backup::BackupVault'];

/** What CloudFormation's functions come to. */
function filledIn(
  value: unknown,
  place: Pick<TemplateTarget, 'accountId' | 'region'>,
  made: ReadonlyMap<string, { arn: string; ref: string }>,
): unknown {
  if (Array.isArray(value)) return value.map((item) => filledIn(item, place, made));
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Record<string, unknown>;
  if ('Ref' in given) return made.get(String(given.Ref))?.ref;
  if ('Fn::GetAtt' in given) return made.get((given['Fn::GetAtt'] as string[])[0] ?? '')?.arn;
  if ('Fn::Sub' in given)
    return String(given['Fn::Sub'])
      .replaceAll('${AWS::AccountId}', place.accountId)
      .replaceAll('${AWS::Region}', place.region)
      .replaceAll('${AWS::Partition}', 'aws');
  return Object.fromEntries(Object.entries(given).map(([key, held]) => [key, filledIn(held, place, made)]));
}
