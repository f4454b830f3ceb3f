/**
 * How a CloudFormation template says the account, the Region and the partition that a stack is in, inside `Fn::Sub`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export const STACK_ACCOUNT = `\${AWS::AccountId}`;
export const STACK_REGION = `\${AWS::Region}`;
export const STACK_PARTITION = `\${AWS::Partition}`;

/**
 * Characters that a template may have when it is handed over as text.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const MAX_TEMPLATE_LENGTH = 51_200;

/** StackSets, as the organization trusts them. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html */
export const STACK_SETS_PRINCIPAL = 'member.org.stacksets.cloudformation.amazonaws.com';
