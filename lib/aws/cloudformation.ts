/**
 * How a CloudFormation template says the account and the Region that a stack is in, inside `Fn::Sub`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export const STACK_ACCOUNT = `\${AWS::AccountId}`;
export const STACK_REGION = `\${AWS::Region}`;

/**
 * Characters that a template may have when it is handed over as text.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const MAX_TEMPLATE_LENGTH = 51_200;
