import { decide } from '../../lib/iam/decide';
import { compilePolicy } from '../../lib/iam/policy';
import type { AccessRequest } from '../../lib/iam/request';
import { type Deployer, deployRolePolicy } from '../../lib/policies/deploy-role';
import { deployersOf } from '../../lib/policies/deployers';
import { resolveTopology } from '../../lib/topology/resolve-topology';

/** Condition keys of a request. */
export type Context = AccessRequest['context'];
/** A request, and whether it is to be allowed. */
export type Case = [does: boolean, action: string, arn: string, context?: Context];

/** Who deploys in an account. */
export const deployerOf = (config: Parameters<typeof resolveTopology>[0], accountId: string): Deployer => {
  const { roles, ambient } = deployersOf(resolveTopology(config));
  const found = [...roles, ...(ambient ? [ambient] : [])].find((one) => one.accountId === accountId);
  if (!found) throw new Error(`nobody deploys in ${accountId}`);
  return found;
};

/** Whether a deployer's policy allows it alone, past all that resources say. */
export function allows(deployer: Deployer, [, action, arn, context = {}]: Case): boolean {
  const { accountId } = deployer;
  const caller = { kind: 'role', id: `arn:aws:iam::${accountId}:role/Deployer`, accountId } as const;
  const owner = arn.split(':')[4] || accountId;
  const region = arn.split(':')[3] || 'us-east-1';
  const root = { AWS: `arn:aws:iam::${accountId}:root` };
  const everything = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: root, Action: '*', Resource: '*' }],
  };
  return decide(
    { caller, action, resource: { arn, accountId: owner }, context: { 'aws:RequestedRegion': region, ...context } },
    {
      identity: [compilePolicy('deploy role', deployRolePolicy(deployer))],
      serviceControl: [],
      // A key's policy has to leave it to identities, and the management account to those of a delegate.
      resource: action.startsWith('kms:') || owner !== accountId ? compilePolicy('resource', everything) : undefined,
    },
  ).isAllowed;
}
