import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { parseArn } from '../../lib/aws/arn';
import type { Topology } from '../../lib/topology/topology';
import type { EmulatedAws } from '../emulated-aws';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';
import { assumeRole, type Credentials, makeOperator } from './identities';
import { accountsOf, organizationOf } from './organization';

/** Who may act in which account, once everything is there that a real organization has before its first deploy. */
export interface Operators {
  /** The identity in the management account. */
  readonly management: Credentials;
  /** The deploy role of an account, or the account's own administrator where the config has no role for it. */
  of(accountId: string): Promise<Credentials>;
  /** The account's own administrator, who is exempted from nothing. */
  administrator(accountId: string): Promise<Credentials>;
}

/** The role that AWS Organizations makes in each account it creates. */
export const CREATED_WITH_ACCOUNT = 'OrganizationAccountAccessRole';

/** Does what an operator of a real organization does before the first deploy, by the same calls. */
export async function prepare(aws: EmulatedAws, topology: Topology): Promise<Operators> {
  const { management, destinations, sources } = topology;
  const { partition } = management;
  const managementUser = await makeOperator(aws.motoUrl, partition, management.accountId);
  const roles = new Map<string, string>();
  for (const { accountId, deployRoleArn } of [management, ...destinations, ...sources])
    if (deployRoleArn !== undefined) roles.set(accountId, deployRoleArn);
  const accountIds = [...accountsOf(topology).keys()];
  for (const accountId of accountIds) {
    const created = `arn:${partition}:iam::${accountId}:role/${CREATED_WITH_ACCOUNT}`;
    const isMember = accountId !== management.accountId;
    const wanted = new Set([
      ...(isMember ? [created] : []),
      ...(roles.has(accountId) ? [roles.get(accountId) ?? ''] : []),
    ]);
    for (const roleArn of wanted) await makeAdministratorRole(aws.motoUrl, roleArn, management.accountId);
  }
  await letServicesIn(aws.url, managementUser, topology);
  const of = async (accountId: string): Promise<Credentials> => {
    const own = `arn:${partition}:iam::${accountId}:role/${CREATED_WITH_ACCOUNT}`;
    const role = roles.get(accountId) ?? (accountId === management.accountId ? undefined : own);
    return role === undefined ? managementUser : assumeRole(aws.url, managementUser, role);
  };
  for (const accountId of accountIds) await makeServiceLinkedRole(aws.url, await of(accountId));
  await makeStateBucket(aws.url, topology, managementUser, of);
  return {
    management: managementUser,
    of,
    administrator: (accountId) => makeOperator(aws.motoUrl, partition, accountId),
  };
}

/** A role that may do everything and that the management account may assume. */
export async function makeAdministratorRole(motoUrl: string, roleArn: string, trustedAccount: string): Promise<void> {
  const { accountId = '', partition = '', resource = '' } = parseArn(roleArn) ?? {};
  const [, path = '/', name = ''] = /^role(\/(?:.*\/)?)([^/]+)$/.exec(resource) ?? [];
  const iam = actAs(accountId, new IAMClient({ region: 'us-east-1', endpoint: motoUrl, credentials: ANY_CREDENTIALS }));
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${trustedAccount}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  await iam.send(
    new CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
  iam.destroy();
}

/** Trusted access and policy types. */
export async function letServicesIn(endpoint: string, credentials: Credentials, topology: Topology): Promise<void> {
  const client = new OrganizationsClient({ region: 'us-east-1', endpoint, credentials });
  const services = ['backup.amazonaws.com', ...(topology.management.needsVaultSharing ? ['ram.amazonaws.com'] : [])];
  for (const ServicePrincipal of services) await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  const RootId = organizationOf(topology).rootId;
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'BACKUP_POLICY'] as const)
    await client.send(new EnablePolicyTypeCommand({ RootId, PolicyType }));
  client.destroy();
}

async function makeServiceLinkedRole(endpoint: string, credentials: Credentials): Promise<void> {
  const iam = new IAMClient({ region: 'us-east-1', endpoint, credentials });
  const isThere = await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForBackup' })).then(
    () => true,
    () => false,
  );
  if (!isThere) await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
  iam.destroy();
}

/** The bucket of the states: versioned, encrypted, not public. */
async function makeStateBucket(
  endpoint: string,
  { state }: Topology,
  managementUser: Credentials,
  of: (accountId: string) => Promise<Credentials>,
): Promise<void> {
  if (state.backend !== 's3') return;
  const { bucket: Bucket, region, accountId } = state;
  const credentials = accountId === undefined ? managementUser : await of(accountId);
  const s3 = new S3Client({ region, endpoint, credentials, forcePathStyle: true });
  const place = { LocationConstraint: region } as NonNullable<CreateBucketCommandInput['CreateBucketConfiguration']>;
  await s3.send(
    new CreateBucketCommand({ Bucket, ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: place }) }),
  );
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  );
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  s3.destroy();
}
