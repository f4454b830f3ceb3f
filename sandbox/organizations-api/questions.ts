import type { Directory } from './directory';
import type { PolicyType } from './policy';

/** What IAM is asked about a request. */
export interface Question {
  /** Such as `organizations:AttachPolicy`. */
  readonly action: string;
  /** `*` where IAM knows no resource of the operation. */
  readonly arn: string;
  readonly context: Readonly<Record<string, string>>;
}

type Input = Readonly<Record<string, unknown>>;

/** Members of inputs that name a policy, a member of the organization, or anything with tags. */
const NAMING = [
  'PolicyId',
  'TargetId',
  'RootId',
  'AccountId',
  'OrganizationalUnitId',
  'ParentId',
  'SourceParentId',
  'DestinationParentId',
  'ChildId',
  'ResourceId',
];

/**
 * All that has to be allowed: an operation on a policy and a target is asked of both. A policy that is not there yet is any
 * policy of its type: that is how AWS's own example of a delegation lets policies be made.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate-examples.html
 */
export function questionsOf(name: string, input: Input, directory: Directory): readonly Question[] {
  const context = contextOf(input, directory);
  const action = `organizations:${name}`;
  if (name === 'CreatePolicy') {
    const arn = policyArn(directory, String(input.Type), '*');
    const isTagged = Array.isArray(input.Tags) && input.Tags.length > 0;
    return [action, ...(isTagged ? ['organizations:TagResource'] : [])].map((asked) => ({
      action: asked,
      arn,
      context,
    }));
  }
  const arns = NAMING.flatMap((member) => {
    const id = input[member];
    return typeof id === 'string' ? (arnOf(directory, id) ?? []) : [];
  });
  return (arns.length > 0 ? arns : ['*']).map((arn) => ({ action, arn, context }));
}

function arnOf(directory: Directory, id: string): string | undefined {
  const policy = directory.policies.get(id);
  if (policy) return policyArn(directory, policy.type, id, policy.isAwsManaged);
  const member = directory.member(id);
  return member && directory.memberArn(member);
}

/** The ARN of a policy of either origin. */
export function policyArn(directory: Directory, type: PolicyType | string, id: string, isAwsManaged = false): string {
  const kind = type.toLowerCase();
  if (!isAwsManaged) return directory.arn(`policy/${directory.setup.id}/${kind}/${id}`);
  return `arn:${directory.setup.partition ?? 'aws'}:organizations::aws:policy/${kind}/${id}`;
}

/** The condition keys of AWS Organizations. */
function contextOf(input: Input, { policies }: Directory): Question['context'] {
  const type = input.PolicyType ?? input.Type ?? input.Filter ?? policies.get(String(input.PolicyId))?.type;
  const { ServicePrincipal: service } = input;
  return {
    ...(type === undefined ? {} : { 'organizations:PolicyType': String(type) }),
    ...(service === undefined ? {} : { 'organizations:ServicePrincipal': String(service) }),
  };
}
