import type { CompiledPolicy } from '../iam/policy';
import type { DeployedRole } from './deployed';
import { managedPolicy } from './managed-policy';
import { type Placed, type PlacedResources, policyAt, policyOf, roleArnOf } from './placed';
import { ProofError } from './proof-error';

/**
 * Every role of the stacks with all that its policies allow, wherever they stand.
 * @throws ProofError for a policy that is attached and not known here: what it allows decides
 */
export function readRoles(resources: PlacedResources): DeployedRole[] {
  const own = new Map(
    resources
      .all('aws_iam_policy')
      .map((placed) => [`${placed.stack}.${placed.id}`, policyOf(placed, placed.block.policy)]),
  );
  const policyNamed = (arn: string, placed: Placed): CompiledPolicy => {
    const policy = own.get(arn) ?? managedPolicy(placed.partition, arn.replace(/^.*:policy\//, ''));
    if (!policy)
      throw new ProofError(`${placed.stack}.${placed.id} attaches ${arn}, and the proof does not know what it allows`);
    return policy;
  };
  const beside = [
    ...resources
      .all('aws_iam_role_policy')
      .map((placed) => ({ placed, policy: policyOf(placed, placed.block.policy) })),
    ...resources
      .all('aws_iam_role_policy_attachment')
      .map((placed) => ({ placed, policy: policyNamed(String(placed.block.policy_arn), placed) })),
  ];
  return resources.all('aws_iam_role').map((placed): DeployedRole => {
    const { accountId, region, block, stack, id } = placed;
    const within = (block.inline_policy ?? []) as readonly { readonly policy: unknown }[];
    return {
      arn: roleArnOf(block, placed),
      accountId,
      region,
      trust: policyOf(placed, block.assume_role_policy),
      identity: [
        ...beside
          .filter((other) => other.placed.accountId === accountId && other.placed.block.role === block.name)
          .map(({ policy }) => policy),
        ...within.map(({ policy }) => policyAt(`${stack}.${id}`, policy)),
        ...((block.managed_policy_arns ?? []) as string[]).map((arn) => policyNamed(arn, placed)),
      ],
    };
  });
}
