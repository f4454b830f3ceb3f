import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { type ArnFields, parseArn } from '../../lib/aws/arn';
import type { EmulatedAws } from '../emulated-aws';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';
import { runBootstrap } from './bootstrap-command';
import { assumeRole, type Credentials, makeOperator } from './identities';
import { accountsOf, outsideAccounts } from './organization';
import type { Project } from './project';

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
const CREATED_WITH_ACCOUNT = 'OrganizationAccountAccessRole';

/**
 * Makes what a real organization comes with, and does what an operator does before the first deploy: `npm run bootstrap`.
 * @throws TrialError when that fails
 */
export async function prepare(aws: EmulatedAws, { folder, configFile, topology }: Project): Promise<Operators> {
  const { management, destinations, sources } = topology;
  const { partition } = management;
  const managementUser = await makeOperator(aws.motoUrl, partition, management.accountId);
  const created = (accountId: string) => `arn:${partition}:iam::${accountId}:role/${CREATED_WITH_ACCOUNT}`;
  for (const accountId of accountsOf(topology).keys())
    if (accountId !== management.accountId)
      await makeAdministratorRole(aws.motoUrl, created(accountId), management.accountId);
  for (const accountId of outsideAccounts(topology)) await makeServiceLinkedRole(aws.motoUrl, accountId);
  await runBootstrap({ endpoint: aws.url, credentials: managementUser, region: management.region, folder, configFile });
  const roles = new Map<string, string>();
  for (const { accountId, deployRoleArn } of [management, ...destinations, ...sources])
    if (deployRoleArn !== undefined) roles.set(accountId, deployRoleArn);
  for (const [accountId, roleArn] of roles) if (roleArn !== created(accountId)) await letOperate(aws.motoUrl, roleArn);
  return {
    management: managementUser,
    of: async (accountId) => {
      const role = roles.get(accountId) ?? (accountId === management.accountId ? undefined : created(accountId));
      return role === undefined ? managementUser : assumeRole(aws.url, managementUser, role);
    },
    administrator: (accountId) => makeOperator(aws.motoUrl, partition, accountId),
  };
}

/** A role as AWS Organizations makes it: it may do everything, and the management account may assume it. */
async function makeAdministratorRole(motoUrl: string, roleArn: string, trustedAccount: string): Promise<void> {
  const { iam, partition, RoleName } = iamOf(motoUrl, roleArn);
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
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  iam.destroy();
}

/** What the owner of a vault outside of the config has seen to. */
async function makeServiceLinkedRole(motoUrl: string, accountId: string): Promise<void> {
  const client = new IAMClient({ region: 'us-east-1', endpoint: motoUrl, credentials: ANY_CREDENTIALS });
  const iam = actAs(accountId, client);
  await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
  iam.destroy();
}

/** What operators of a trial do besides deploying: they look at copies, copy back, and empty vaults at the end. */
const OPERATING = [
  'backup:DeleteRecoveryPoint',
  'backup:DescribeRecoveryPoint',
  'backup:ListBackupVaults',
  'backup:ListCopyJobs',
  'backup:ListRecoveryPointsByBackupVault',
  'backup:StartCopyJob',
  'kms:ListKeys',
];

/** Lets a deploy role that may only deploy also do these. */
async function letOperate(motoUrl: string, roleArn: string): Promise<void> {
  const { iam, RoleName } = iamOf(motoUrl, roleArn);
  const statement = { Effect: 'Allow', Action: OPERATING, Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'operate', PolicyDocument }));
  iam.destroy();
}

/** IAM of a role's account, past every policy. */
function iamOf(motoUrl: string, roleArn: string): { iam: IAMClient; RoleName: string } & Pick<ArnFields, 'partition'> {
  const { accountId = '', partition = '', resource = '' } = parseArn(roleArn) ?? {};
  const client = new IAMClient({ region: 'us-east-1', endpoint: motoUrl, credentials: ANY_CREDENTIALS });
  return { iam: actAs(accountId, client), partition, RoleName: resource.replace(/^.*\//, '') };
}
