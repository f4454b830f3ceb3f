import {
  CreateBackupVaultCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  TagResourceCommand,
} from '@aws-sdk/client-backup';
import { json, type Properties, type ResourceType, type StackClients, type Tags, text } from './resource-type';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html */
export const vault: ResourceType = {
  properties: ['AccessPolicy', 'BackupVaultName', 'BackupVaultTags', 'EncryptionKeyArn', 'LockConfiguration'],
  changeable: ['AccessPolicy', 'BackupVaultTags', 'LockConfiguration'],

  create: async (properties, { backup }, tags) => {
    const { BackupVaultName, EncryptionKeyArn } = properties;
    const { BackupVaultArn = '' } = await backup.send(
      new CreateBackupVaultCommand({
        BackupVaultName: text(BackupVaultName),
        EncryptionKeyArn: text(EncryptionKeyArn),
        BackupVaultTags: tagsOf(properties, tags),
      }),
    );
    const made = { physicalId: String(BackupVaultName), attributes: { BackupVaultArn } };
    await putSettings(made.physicalId, properties, backup);
    return made;
  },

  update: async ({ physicalId, attributes }, properties, { backup }, tags) => {
    const BackupVaultName = physicalId;
    const { AccessPolicy, LockConfiguration } = properties;
    await putSettings(physicalId, properties, backup);
    if (AccessPolicy === undefined) await backup.send(new DeleteBackupVaultAccessPolicyCommand({ BackupVaultName }));
    if (LockConfiguration === undefined)
      await backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
    const Tags = tagsOf(properties, tags);
    await backup.send(new TagResourceCommand({ ResourceArn: attributes.BackupVaultArn, Tags }));
  },

  delete: async ({ physicalId: BackupVaultName }, _, { backup }) => {
    await backup.send(new DeleteBackupVaultCommand({ BackupVaultName }));
  },
};

const tagsOf = ({ BackupVaultTags }: Properties, stack: Tags): Record<string, string> => ({
  ...stack,
  ...(BackupVaultTags as Tags | undefined),
});

async function putSettings(
  BackupVaultName: string,
  { AccessPolicy, LockConfiguration }: Properties,
  backup: StackClients['backup'],
): Promise<void> {
  if (AccessPolicy !== undefined)
    await backup.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy: json(AccessPolicy) }));
  if (LockConfiguration !== undefined)
    await backup.send(
      new PutBackupVaultLockConfigurationCommand({ BackupVaultName, ...(LockConfiguration as object) }),
    );
}
