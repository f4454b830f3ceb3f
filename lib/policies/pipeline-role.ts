import { bucketArn, kmsArn, type Partition, roleArn } from '../aws/arn';
import { everySite } from '../topology/every-site';
import { STACK_NAME_PATTERNS } from '../topology/names';
import type { Topology } from '../topology/topology';
import { deployRolePolicy } from './deploy-role';
import { deployersOf } from './deployers';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';

type S3State = Extract<Topology['state'], { backend: 's3' }>;

/**
 * The least that the identity of a pipeline needs: to take the deploy roles, to keep the states, and to do in the management
 * account what no deploy role does there.
 */
export function pipelineRolePolicy(topology: Topology): PolicyDocument {
  const { state, management } = topology;
  const { roles, ambient } = deployersOf(topology);
  const stateRole = stateRoleArn(topology);
  const toTake = [...roles.map(({ arn }) => arn), ...(stateRole === undefined ? [] : [stateRole])];
  return policyDocument([
    ...(toTake.length === 0
      ? []
      : [{ Sid: 'AllowTakingDeployRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: toTake } as const]),
    ...(state.backend === 's3' && stateRole === undefined
      ? stateStatements(topology, state, management.partition)
      : []),
    ...(ambient ? deployRolePolicy(ambient).Statement : []),
  ]);
}

/** The least that the role needs by which the states are kept; undefined where none is named. */
export const stateRolePolicy = (topology: Topology): PolicyDocument | undefined =>
  topology.state.backend === 's3' && stateRoleArn(topology) !== undefined
    ? policyDocument(stateStatements(topology, topology.state, topology.management.partition))
    : undefined;

function stateRoleArn({ state, management: { partition } }: Topology): string | undefined {
  const { role, accountId } = state.backend === 's3' ? state : {};
  return role === undefined || accountId === undefined ? undefined : roleArn(partition, accountId, role);
}

/** States are written and never deleted; the lock beside each comes and goes. @see https://developer.hashicorp.com/terraform/language/backend/s3 */
function stateStatements(topology: Topology, state: S3State, partition: Partition): Statement[] {
  const bucket = bucketArn(partition, state.bucket);
  const stateOf = (stackName: string) => `${bucket}/${state.keyPrefix}/${stackName}.tfstate`;
  const states = everySite(topology).map(({ stackName }) => stateOf(stackName));
  return [
    { Sid: 'AllowFindingStates', Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
    { Sid: 'AllowStates', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: states },
    // Drift looks for what is left in states of sites that the config has no more.
    {
      Sid: 'AllowReadingFormerStates',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: STACK_NAME_PATTERNS.map(stateOf),
    },
    {
      Sid: 'AllowLocks',
      Effect: 'Allow',
      Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      Resource: states.map((arn) => `${arn}.tflock`),
    },
    ...(state.kmsKeyId === undefined ? [] : [stateKeyStatement(topology, state, state.kmsKeyId, partition)]),
  ];
}

/** IAM names no alias as a resource: it is the condition that holds it. */
function stateKeyStatement(topology: Topology, state: S3State, keyId: string, partition: Partition): Statement {
  const alias = /(?:^|:)(alias\/.+)$/.exec(keyId)?.[1];
  const place = { partition, region: state.region, accountId: state.accountId ?? topology.management.accountId };
  const key = keyId.startsWith('arn:') ? keyId : kmsArn(place, `key/${keyId}`);
  return {
    Sid: 'AllowKeyOfStates',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    Resource: alias === undefined ? key : kmsArn(place, 'key/*'),
    ...(alias === undefined ? {} : { Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } } }),
  };
}
