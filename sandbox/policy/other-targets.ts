import { type Operation, textOf, textsOf } from './operation';
import { tagContext } from './tag-context';
import type { Sight, Target } from './target';

/** What STS is asked: taking a role is for the role's trust policy to decide as well. */
export async function stsTargets(operation: Operation, { request, identities }: Sight): Promise<readonly Target[]> {
  const arn = textOf(operation, 'RoleArn');
  const accountId = /^arn:[^:]+:iam::(\d{12}):role\/./.exec(arn ?? '')?.[1];
  if (arn === undefined || accountId === undefined) return [{ arn: '*', accountId: request.caller.accountId }];
  const role = await identities.roleAt(arn);
  const [session, external] = [textOf(operation, 'RoleSessionName'), textOf(operation, 'ExternalId')];
  return [
    {
      arn,
      accountId,
      policyKind: 'role trust policy',
      ...(role?.trust === undefined ? {} : { policy: role.trust }),
      context: {
        ...(session === undefined ? {} : { 'sts:RoleSessionName': session }),
        ...(external === undefined ? {} : { 'sts:ExternalId': external }),
      },
    },
  ];
}

/** Anything else, by its ARN as far as the request easily tells it; `*` where it does not. */
export function otherTargets(operation: Operation, sight: Sight): readonly Target[] {
  const arns = arnsOf(operation, sight);
  const { accountId } = sight.request.caller;
  const targets = (arns.length > 0 ? arns : ['*']).map((arn): Target => {
    const tags = sight.tagsOf(arn);
    // The policies of others' topics, queues and so on are not read: there the caller's own have the say.
    const isOwn = [accountId, ''].includes(arn.split(':')[4] ?? '');
    return {
      arn: isOwn ? arn : '*',
      accountId,
      context: { ...(tags ? tagContext('aws:ResourceTag', tags) : {}), ...sharedTypes(operation) },
    };
  });
  return [...targets, ...passedRoles(operation, accountId)];
}

function arnsOf(operation: Operation, { request, partition }: Sight): readonly string[] {
  const { service } = operation;
  const { region, path, caller } = request;
  const own = (resource: string) => `arn:${partition}:${service}:${region}:${caller.accountId}:${resource}`;
  const one = (arn: string | undefined) => (arn === undefined ? [] : [arn]);
  const named = (prefix: string, ...keys: string[]) => {
    const value = textOf(operation, ...keys);
    return one(value === undefined || value.startsWith('arn:') ? value : own(prefix + value));
  };
  switch (service) {
    case 's3':
      return path === '/' ? [] : [`arn:${partition}:s3:::${decodeURIComponent(path.slice(1)).replace(/\/$/, '')}`];
    case 'ec2':
      return ec2Ids(operation).flatMap((id) => ec2Arn(id, own, `arn:${partition}:ec2:${region}::`));
    case 'rds':
      return [
        named('snapshot:', 'DBSnapshotIdentifier'),
        named('cluster-snapshot:', 'DBClusterSnapshotIdentifier'),
        named('db:', 'DBInstanceIdentifier'),
        named('cluster:', 'DBClusterIdentifier'),
        named('', 'ResourceName'),
      ].flat();
    case 'sns':
      return named('', 'TopicArn', 'ResourceArn', 'Name');
    case 'sqs':
      return one(textOf(operation, 'QueueName', 'QueueUrl')?.split('/').at(-1)).map(own);
    case 'dynamodb':
      return named('table/', 'TableName', 'ResourceArn');
    case 'states':
      return named('stateMachine:', 'stateMachineArn', 'resourceArn', 'name');
    case 'events':
      return operation.name.includes('EventBus')
        ? named('event-bus/', 'Name')
        : named('rule/', 'Rule', 'Name', 'ResourceARN');
    case 'cloudformation':
      return [
        ...one(textOf(operation, 'StackName')).map((name) => (name.startsWith('arn:') ? name : own(`stack/${name}/*`))),
        ...one(textOf(operation, 'StackSetName')).map((name) => own(`stackset/${name.split(':')[0]}:*`)),
      ];
    default:
      return one(textOf(operation, 'ResourceArn', 'ResourceARN', 'resourceArn', 'resourceShareArn', 'SecretId')).filter(
        (arn) => arn.startsWith('arn:'),
      );
  }
}

const ec2Ids = (operation: Operation) => [
  ...['SnapshotId', 'ImageId', 'VolumeId', 'InstanceId'].flatMap((key) => textOf(operation, key) ?? []),
  ...['SnapshotId', 'InstanceId', 'ResourceId'].flatMap((key) => textsOf(operation, key)),
];

/** Snapshots and images are in a Region, and their ARNs in no account. */
function ec2Arn(id: string, own: (resource: string) => string, ofNobody: string): readonly string[] {
  if (id.startsWith('snap-')) return [`${ofNobody}snapshot/${id}`];
  if (id.startsWith('ami-')) return [`${ofNobody}image/${id}`];
  if (id.startsWith('vol-')) return [own(`volume/${id}`)];
  return id.startsWith('i-') ? [own(`instance/${id}`)] : [];
}

/** Of what types the resources are that RAM shall share, such as `backup:backup-vault`. */
function sharedTypes(operation: Operation): Readonly<Record<string, readonly string[] | string>> {
  if (operation.service !== 'ram') return {};
  const [, service, type] =
    /^arn:[^:]+:([^:]+):[^:]*:[^:]*:([^:/]+)/.exec(textsOf(operation, 'resourceArns')[0] ?? '') ?? [];
  return service === undefined ? {} : { 'ram:RequestedResourceType': `${service}:${type}` };
}

/** The roles that a request hands to the service it is for. */
function passedRoles(operation: Operation, accountId: string): readonly Target[] {
  const { input, service } = operation;
  const targets = Array.isArray(input.Targets) ? (input.Targets as readonly { RoleArn?: unknown }[]) : [];
  const roles = [input.roleArn, input.RoleArn, input.RoleARN, ...targets.map(({ RoleArn }) => RoleArn)];
  return roles.flatMap((arn) => {
    const owner = /^arn:[^:]+:iam::(\d{12}):role\/./.exec(String(arn))?.[1];
    if (owner !== accountId) return [];
    const context = { 'iam:PassedToService': `${service}.amazonaws.com` };
    return [{ action: 'iam:PassRole', arn: String(arn), accountId, context }];
  });
}
