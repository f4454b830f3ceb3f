import { backupsOwnRoleArn } from './account';
import { type Operation, textOf } from './operation';
import type { Sight, Target } from './target';

/**
 * The role, user, policy or profile that an operation of IAM is about.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export async function iamTargets(operation: Operation, sight: Sight): Promise<readonly Target[]> {
  const { accountId } = sight.request.caller;
  const arn = (await arnOf(operation, sight)) ?? '*';
  const boundary = textOf(operation, 'PermissionsBoundary');
  const service = textOf(operation, 'AWSServiceName');
  const policy = /^(?:Attach|Detach)/.test(operation.name) ? textOf(operation, 'PolicyArn') : undefined;
  const target: Target = {
    arn,
    accountId: /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1] ?? accountId,
    context: {
      ...(policy === undefined ? {} : { 'iam:PolicyARN': policy }),
      ...(boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary }),
      ...(service === undefined ? {} : { 'iam:AWSServiceName': service }),
    },
  };
  const passed = operation.name === 'AddRoleToInstanceProfile' ? textOf(operation, 'RoleName') : undefined;
  return passed === undefined
    ? [target]
    : [target, { arn: await roleArn(passed, operation, sight), accountId, action: 'iam:PassRole' }];
}

async function arnOf(operation: Operation, sight: Sight): Promise<string | undefined> {
  const { identities, partition, request } = sight;
  const { accountId } = request.caller;
  const named = (kind: string, name: string) =>
    `arn:${partition}:iam::${accountId}:${kind}${textOf(operation, 'Path') ?? '/'}${name}`;
  const profile = textOf(operation, 'InstanceProfileName');
  if (profile !== undefined) return named('instance-profile', profile);
  const role = textOf(operation, 'RoleName');
  if (role !== undefined) return roleArn(role, operation, sight);
  const user = textOf(operation, 'UserName');
  if (user !== undefined) return (await identities.user(accountId, user))?.arn ?? named('user', user);
  const group = textOf(operation, 'GroupName');
  if (group !== undefined) return named('group', group);
  const service = textOf(operation, 'AWSServiceName');
  if (service !== undefined) return serviceLinkedArn(service, partition, accountId);
  const policyName = operation.name === 'CreatePolicy' ? textOf(operation, 'PolicyName') : undefined;
  if (policyName !== undefined) return named('policy', policyName);
  return textOf(operation, 'PolicyArn', 'OpenIDConnectProviderArn', 'SAMLProviderArn');
}

/** A role as it is, or as it would be. */
async function roleArn(name: string, operation: Operation, { identities, partition, request }: Sight): Promise<string> {
  const { accountId } = request.caller;
  const role = await identities.role(accountId, name);
  return role?.arn ?? `arn:${partition}:iam::${accountId}:role${textOf(operation, 'Path') ?? '/'}${name}`;
}

function serviceLinkedArn(service: string, partition: string, accountId: string): string {
  const own = backupsOwnRoleArn(partition, accountId);
  if (service === 'backup.amazonaws.com') return own;
  // The names of others follow no rule.
  return own.replace(/backup\.amazonaws\.com\/.*$/, `${service}/AWSServiceRoleFor`);
}
