import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  EnableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { json, listed, type ResourceType, type Tags, text } from './resource-type';

const kmsTags = (stack: Tags, own: unknown) =>
  listed(stack, own).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
export const key: ResourceType = {
  properties: ['Description', 'EnableKeyRotation', 'KeyPolicy', 'PendingWindowInDays', 'Tags'],
  changeable: ['Description', 'EnableKeyRotation', 'KeyPolicy', 'PendingWindowInDays', 'Tags'],

  create: async ({ Description, EnableKeyRotation, KeyPolicy, Tags }, { kms }, tags) => {
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({
        Description: text(Description),
        Policy: KeyPolicy === undefined ? undefined : json(KeyPolicy),
        Tags: kmsTags(tags, Tags),
      }),
    );
    const KeyId = KeyMetadata?.KeyId ?? '';
    if (EnableKeyRotation === true) await kms.send(new EnableKeyRotationCommand({ KeyId }));
    return { physicalId: KeyId, attributes: { Arn: KeyMetadata?.Arn ?? '', KeyId } };
  },

  update: async ({ physicalId: KeyId }, { Description, EnableKeyRotation, KeyPolicy, Tags }, { kms }, tags) => {
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: text(Description) ?? '' }));
    if (KeyPolicy !== undefined)
      await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: json(KeyPolicy) }));
    if (EnableKeyRotation === true) await kms.send(new EnableKeyRotationCommand({ KeyId }));
    await kms.send(new TagResourceCommand({ KeyId, Tags: kmsTags(tags, Tags) }));
  },

  delete: async ({ physicalId: KeyId }, { PendingWindowInDays = 30 }, { kms }) => {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: Number(PendingWindowInDays) }));
  },
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html */
export const alias: ResourceType = {
  properties: ['AliasName', 'TargetKeyId'],
  changeable: ['TargetKeyId'],

  create: async ({ AliasName, TargetKeyId }, { kms }) => {
    await kms.send(new CreateAliasCommand({ AliasName: text(AliasName), TargetKeyId: text(TargetKeyId) }));
    return { physicalId: String(AliasName), attributes: {} };
  },

  update: async ({ physicalId: AliasName }, { TargetKeyId }, { kms }) => {
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: text(TargetKeyId) }));
  },

  delete: async ({ physicalId: AliasName }, _, { kms }) => {
    await kms.send(new DeleteAliasCommand({ AliasName }));
  },
};
