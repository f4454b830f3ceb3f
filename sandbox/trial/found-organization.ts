import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Site, Topology } from '../../lib/topology/topology';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';
import { type Credentials, makeOperator } from './identities';
import { accountsOf, outsideAccounts } from './organization';

/** The role that AWS Organizations makes in each account it creates. */
export const CREATED_WITH_ACCOUNT = 'OrganizationAccountAccessRole';

/**
 * Makes what a real organization comes with, at moto itself: a user in the management account, who is returned, a role in
 * each other account, and the role that the states are read and written by.
 */
export async function foundOrganization(motoUrl: string, topology: Topology): Promise<Credentials> {
  const { management, state } = topology;
  for (const accountId of accountsOf(topology).keys())
    if (accountId !== management.accountId)
      await makeAdministratorRole(motoUrl, accountId, CREATED_WITH_ACCOUNT, management);
  if (state.backend === 's3' && state.accountId !== undefined && state.role !== undefined)
    await makeAdministratorRole(motoUrl, state.accountId, state.role, management);
  for (const accountId of outsideAccounts(topology)) await makeServiceLinkedRole(motoUrl, accountId);
  return makeOperator(motoUrl, management.partition, management.accountId);
}

/** A role like the one that AWS Organizations makes: it may do everything, and the management account may assume it. */
export async function makeAdministratorRole(
  motoUrl: string,
  accountId: string,
  nameWithPath: string,
  { partition, ...trusted }: Site,
): Promise<void> {
  const iam = iamOf(motoUrl, accountId);
  const [, Path = '/', RoleName = ''] = /^(.*\/)?(.*)$/.exec(`/${nameWithPath}`) ?? [];
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${trusted.accountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  await iam.send(new CreateRoleCommand({ Path, RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  iam.destroy();
}

/** What the owner of a vault outside of the config has seen to. */
async function makeServiceLinkedRole(motoUrl: string, accountId: string): Promise<void> {
  const iam = iamOf(motoUrl, accountId);
  await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
  iam.destroy();
}

/** IAM of an account, past every policy. */
export const iamOf = (motoUrl: string, accountId: string): IAMClient =>
  actAs(accountId, new IAMClient({ region: 'us-east-1', endpoint: motoUrl, credentials: ANY_CREDENTIALS }));
