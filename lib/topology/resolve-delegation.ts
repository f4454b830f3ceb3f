import { organizationsArn, parseArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { Config } from '../config/config';
import { sortedUnique } from './collections';
import type { OrganizationPolicies, PolicyDelegation, RolloutNeeds } from './rollout';
import type { DestinationSite } from './topology';

/** What the management account has to allow for the rollouts of a config; undefined when there are none. */
export function rolloutNeeds(
  config: Config,
  organizationPolicies: OrganizationPolicies | undefined,
  destinations: readonly DestinationSite[],
): RolloutNeeds | undefined {
  if (!organizationPolicies) return undefined;
  const { isDelegated, site } = organizationPolicies;
  return {
    stackSetsAdministratorId: isDelegated ? site.accountId : undefined,
    delegation: isDelegated ? delegation(config, organizationPolicies, destinations) : undefined,
  };
}

function delegation(
  config: Config,
  { site, rollouts }: OrganizationPolicies,
  destinations: readonly DestinationSite[],
): PolicyDelegation | undefined {
  const given = config.organizationPolicies.delegation;
  if (given === undefined) return undefined;
  const partition = partitionOf(config.management.region);
  const { id: organizationId } = config.organization;
  const own = destinations.filter(({ accountId }) => accountId === site.accountId);
  const arn = (kind: string, id: string) =>
    organizationsArn(partition, config.management.accountId, `${kind}/${organizationId}/${id}`);
  return {
    delegateId: site.accountId,
    // StackSets deploy in the account, and have no business with policies.
    roleArns: sortedUnique(own.flatMap(({ exemptions }) => exemptions.deployers)).filter(isRole),
    targetArns: sortedUnique(rollouts.flatMap(({ targetIds }) => targetIds)).map((id) => arn(kindOf(id), id)),
    // With nothing before the wildcard, as in AWS's example: nobody knows what stands for a policy that is not there yet.
    policyArn: arn('policy', 'backup_policy/*'),
    existing: given.existing === 'none' ? undefined : given.existing,
  };
}

const isRole = (arn: string) => !parseArn(arn)?.resource.includes('*');

/** What Organizations calls the thing of an id, in its ARN. */
function kindOf(id: string): 'root' | 'ou' | 'account' {
  if (id.startsWith('r-')) return 'root';
  return id.startsWith('ou-') ? 'ou' : 'account';
}
