import { parseArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { Config } from '../config/config';
import { sortedUnique } from './collections';
import { anyPolicyArn, targetArn } from './organization-arns';
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
  const organization = {
    partition: partitionOf(config.management.region),
    managementId: config.management.accountId,
    id: config.organization.id,
  };
  const own = destinations.filter(({ accountId }) => accountId === site.accountId);
  return {
    delegateId: site.accountId,
    // StackSets deploy in the account, and have no business with policies.
    roleArns: sortedUnique(own.flatMap(({ exemptions }) => exemptions.deployers)).filter(isRole),
    targetArns: sortedUnique(rollouts.flatMap(({ targetIds }) => targetIds)).map((id) => targetArn(organization, id)),
    policyArn: anyPolicyArn(organization, 'BACKUP_POLICY'),
    existing: given.existing === 'none' ? undefined : given.existing,
  };
}

const isRole = (arn: string) => !parseArn(arn)?.resource.includes('*');
