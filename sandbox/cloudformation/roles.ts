import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { json, listed, type Properties, type ResourceType, type StackClients, text } from './resource-type';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role: ResourceType = {
  properties: ['AssumeRolePolicyDocument', 'Description', 'ManagedPolicyArns', 'Path', 'RoleName', 'Tags'],
  changeable: ['AssumeRolePolicyDocument', 'Description', 'ManagedPolicyArns', 'Tags'],

  create: async (properties, { iam }, tags) => {
    const { AssumeRolePolicyDocument, Description, Path, RoleName, Tags } = properties;
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: text(RoleName),
        Path: text(Path),
        Description: text(Description),
        AssumeRolePolicyDocument: json(AssumeRolePolicyDocument),
        Tags: listed(tags, Tags),
      }),
    );
    for (const PolicyArn of policiesOf(properties))
      await iam.send(new AttachRolePolicyCommand({ RoleName: text(RoleName), PolicyArn }));
    return { physicalId: String(RoleName), attributes: { Arn: Role?.Arn ?? '', RoleId: Role?.RoleId ?? '' } };
  },

  update: async ({ physicalId: RoleName }, properties, { iam }, tags) => {
    const { AssumeRolePolicyDocument, Description, Tags } = properties;
    const PolicyDocument = json(AssumeRolePolicyDocument);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await iam.send(new UpdateRoleCommand({ RoleName, Description: text(Description) ?? '' }));
    await iam.send(new TagRoleCommand({ RoleName, Tags: listed(tags, Tags) }));
    const [wanted, attached] = [policiesOf(properties), await attachedTo(RoleName, iam)];
    for (const PolicyArn of attached.filter((arn) => !wanted.includes(arn)))
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    for (const PolicyArn of wanted.filter((arn) => !attached.includes(arn)))
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  },

  delete: async ({ physicalId: RoleName }, _, { iam }) => {
    for (const PolicyArn of await attachedTo(RoleName, iam))
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
  },
};

const policiesOf = ({ ManagedPolicyArns = [] }: Properties) => ManagedPolicyArns as readonly string[];

async function attachedTo(RoleName: string, iam: StackClients['iam']): Promise<string[]> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []);
}
