import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { parseArn } from '../../lib/aws/arn';
import { everySite } from '../../lib/topology/every-site';
import type { EmulatedAws } from '../emulated-aws';
import { runBootstrap } from './bootstrap-command';
import { CREATED_WITH_ACCOUNT, foundOrganization, iamOf } from './found-organization';
import { assumeRole, type Credentials, makeOperator } from './identities';
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

/** An organization that is ready for its first deploy. */
export interface Prepared {
  readonly operators: Operators;
  /** How much `npm run bootstrap` had to do. */
  readonly bootstrapped: string;
}

/**
 * Makes what a real organization comes with, and does what an operator does before the first deploy: `npm run bootstrap`.
 * @throws TrialError when that fails
 */
export async function prepare(aws: EmulatedAws, { folder, configFile, topology }: Project): Promise<Prepared> {
  const { management } = topology;
  const { partition } = management;
  const managementUser = await foundOrganization(aws.motoUrl, topology);
  const created = (accountId: string) => `arn:${partition}:iam::${accountId}:role/${CREATED_WITH_ACCOUNT}`;
  const identity = { credentials: managementUser, region: management.region };
  const bootstrapped = await runBootstrap({ ...identity, endpoint: aws.url, folder, configFile });
  const roles = new Map<string, string>();
  for (const { accountId, deployRoleArn } of everySite(topology))
    if (deployRoleArn !== undefined) roles.set(accountId, deployRoleArn);
  for (const [accountId, roleArn] of roles) if (roleArn !== created(accountId)) await letOperate(aws.motoUrl, roleArn);
  const operators: Operators = {
    management: managementUser,
    of: async (accountId) => {
      const role = roles.get(accountId) ?? (accountId === management.accountId ? undefined : created(accountId));
      return role === undefined ? managementUser : assumeRole(aws.url, managementUser, role);
    },
    administrator: (accountId) => makeOperator(aws.motoUrl, partition, accountId),
  };
  return { operators, bootstrapped };
}

/** What only a trial does with a deploy role: it empties vaults at the end, and looks at what is left. */
const OPERATING = ['backup:DeleteRecoveryPoint', 'kms:ListKeys'];

/** Lets a deploy role that bootstrap has made also do these. */
async function letOperate(motoUrl: string, roleArn: string): Promise<void> {
  const { accountId = '', resource = '' } = parseArn(roleArn) ?? {};
  const iam = iamOf(motoUrl, accountId);
  const statement = { Effect: 'Allow', Action: OPERATING, Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(
    new PutRolePolicyCommand({ RoleName: resource.replace(/^.*\//, ''), PolicyName: 'operate', PolicyDocument }),
  );
  iam.destroy();
}
