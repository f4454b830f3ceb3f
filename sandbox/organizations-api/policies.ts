import type { Directory } from './directory';
import { constraintViolation, invalidInput, policyNotFound, refused } from './errors';
import { isWellFormed } from './management-policy';
import type { Call, Handlers } from './operations';
import { page } from './page';
import { isServed, LIMITS, type Policy, type PolicyType } from './policy';
import { policyArn } from './questions';

/** Policies of the organization. */
export const policyHandlers = {
  CreatePolicy: ({ Name, Description, Content, Type, Tags = [] }, { directory }) => {
    refuseBadContent(Type, Content);
    refuseTakenName(directory, Type, Name);
    const id = directory.nextPolicyId();
    const policy: Policy = {
      id,
      type: Type,
      isAwsManaged: false,
      name: Name,
      description: Description,
      content: Content,
    };
    directory.policies.set(id, policy);
    directory.tags.set(id, Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])));
    return { Policy: { PolicySummary: summaryOf(directory, policy), Content } };
  },

  UpdatePolicy: ({ PolicyId, Name, Description, Content }, call) => {
    const policy = ownPolicyOf(call, PolicyId);
    if (Content !== undefined) refuseBadContent(policy.type, Content);
    if (Name !== undefined && Name !== policy.name) refuseTakenName(call.directory, policy.type, Name);
    policy.name = Name ?? policy.name;
    policy.description = Description ?? policy.description;
    policy.content = Content ?? policy.content;
    return { Policy: { PolicySummary: summaryOf(call.directory, policy), Content: policy.content } };
  },

  DescribePolicy: ({ PolicyId }, call) => {
    const policy = policyOf(call, PolicyId);
    return { Policy: { PolicySummary: summaryOf(call.directory, policy), Content: policy.content } };
  },

  DeletePolicy: ({ PolicyId }, call) => {
    const { id } = ownPolicyOf(call, PolicyId);
    const isAttached = [...call.directory.attachments.values()].some((ids) => ids.has(id));
    if (isAttached) throw refused('PolicyInUseException', 'The policy is attached to one or more entities.');
    call.directory.policies.delete(id);
    call.directory.tags.delete(id);
    return {};
  },

  ListPolicies: ({ Filter, ...given }, { directory }) => {
    const { items, NextToken } = page(
      [...directory.policies.values()].filter(({ type }) => type === Filter),
      given,
    );
    return { Policies: items.map((policy) => summaryOf(directory, policy)), NextToken };
  },
} satisfies Handlers;

/** A policy of either origin, by id. */
export function policyOf({ directory }: Call, id: string): Policy {
  const policy = directory.policies.get(id);
  if (!policy) throw policyNotFound();
  return policy;
}

function ownPolicyOf(call: Call, id: string): Policy {
  const policy = policyOf(call, id);
  if (policy.isAwsManaged) throw invalidInput('You cannot change an AWS managed policy.', 'IMMUTABLE_POLICY');
  return policy;
}

/** A policy as lists show it. */
export const summaryOf = (directory: Directory, { id, type, isAwsManaged, name, description }: Policy) => ({
  Id: id,
  Arn: policyArn(directory, type, id, isAwsManaged),
  Name: name,
  Description: description,
  Type: type,
  AwsManaged: isAwsManaged,
});

function refuseTakenName({ policies }: Directory, type: PolicyType, name: string): void {
  const isTaken = [...policies.values()].some((policy) => policy.type === type && policy.name === name);
  if (isTaken) throw refused('DuplicatePolicyException', 'A policy with the same name already exists.');
}

function refuseBadContent(type: PolicyType, content: string): void {
  if (!isServed(type))
    throw invalidInput(`the sandbox serves no policies of the type ${type}`, 'INVALID_ENUM_POLICY_TYPE');
  const { characters } = LIMITS[type];
  if (content.length > characters)
    throw constraintViolation(`The policy is longer than ${characters} characters.`, 'POLICY_CONTENT_LIMIT_EXCEEDED');
  const document = parse(content);
  const isObject = typeof document === 'object' && document !== null;
  const isGood =
    type === 'SERVICE_CONTROL_POLICY'
      ? isObject && 'Statement' in document && !hasPrincipal(document)
      : isObject && 'plans' in document && isWellFormed(document);
  if (!isGood)
    throw refused(
      'MalformedPolicyDocumentException',
      "The provided policy document doesn't meet the requirements of the specified policy type.",
    );
}

const hasPrincipal = (document: object) =>
  'Statement' in document &&
  [document.Statement]
    .flat()
    .some((statement) => typeof statement === 'object' && statement !== null && 'Principal' in statement);

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
