import type { Synthesized } from './synthesize';

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy document as it is deployed. */
export interface Document {
  /** The type of the Terraform resource that has it. */
  readonly type: string;
  /** What AWS counts its length together with: other inline policies of one role; itself otherwise. */
  readonly countedWith: string;
  readonly limit: 'serviceControl' | 'key' | 'roleInline' | 'roleTrust' | 'resourcePolicy' | undefined;
  readonly statements: readonly Statement[];
  readonly text: string;
}

const LIMITS: Readonly<Record<string, Document['limit']>> = {
  'aws_organizations_policy.content': 'serviceControl',
  'aws_kms_key.policy': 'key',
  'aws_iam_role_policy.policy': 'roleInline',
  'aws_iam_role.assume_role_policy': 'roleTrust',
  'aws_organizations_resource_policy.content': 'resourcePolicy',
  // AWS Backup's guide names no limit for the policy of a vault.
  'aws_backup_vault_policy.policy': undefined,
};

/** Every policy document in the Terraform that is deployed, and in the templates that StackSets deploy. */
export const documentsOf = (synthesized: Synthesized): Document[] => [
  ...terraformDocuments(synthesized),
  ...templateDocuments(synthesized),
];

/** Where CloudFormation has the policies of what Terraform calls otherwise. */
const OF_TEMPLATES: Readonly<Record<string, string>> = {
  KeyPolicy: 'aws_kms_key.policy',
  AccessPolicy: 'aws_backup_vault_policy.policy',
  AssumeRolePolicyDocument: 'aws_iam_role.assume_role_policy',
};

/** As they are in an account: `Fn::Sub` is what it stands for. */
const templateDocuments = ({ stacks }: Synthesized): Document[] =>
  Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource.aws_cloudformation_stack_set ?? {}).flatMap(([id, { template_body: body }]) => {
      const text = String(body)
        .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, (_, value: string) => value)
        .replaceAll('$${AWS::AccountId}', '600000000000')
        .replaceAll('$${AWS::Region}', 'us-east-1')
        .replaceAll('$${AWS::Partition}', 'aws');
      const { Resources } = JSON.parse(text) as { Resources: Record<string, { Properties: Record<string, object> }> };
      return Object.entries(Resources).flatMap(([name, { Properties }]) =>
        Object.entries(OF_TEMPLATES).flatMap(([property, place]): Document[] => {
          const document = Properties[property];
          if (!document) return [];
          const { Statement } = document as { readonly Statement: readonly Statement[] };
          const countedWith = `${stack} ${id} ${name} ${property}`;
          const type = place.replace(/\..*$/, '');
          return [{ type, countedWith, limit: LIMITS[place], text: JSON.stringify(document), statements: Statement }];
        }),
      );
    }),
  );

function terraformDocuments({ stacks }: Synthesized): Document[] {
  return Object.entries(stacks).flatMap(([stack, { resource }]) =>
    Object.entries(resource).flatMap(([type, ofType]) =>
      Object.entries(ofType).flatMap(([id, block]) =>
        Object.entries(block).flatMap(([attribute, text]) => {
          if (typeof text !== 'string' || !text.startsWith('{"Version"')) return [];
          const place = `${type}.${attribute}`;
          if (!Object.hasOwn(LIMITS, place)) throw new Error(`a policy at ${place}, of which no limit is known`);
          const countedWith = `${stack} ${place} ${block.role ?? id}`;
          return [{ type, countedWith, limit: LIMITS[place], text, statements: JSON.parse(text).Statement }];
        }),
      ),
    ),
  );
}
