import { type Partition, roleArn } from '../aws/arn';
import type { DeployRole } from '../policies/deploy-role';
import { grouped } from '../topology/collections';
import type { DestinationSite, ManagementSite, SourceSite, Topology } from '../topology/topology';

/** The role that AWS Organizations makes in each account it creates, and that may do everything there. */
export const CREATED_WITH_ACCOUNT = 'OrganizationAccountAccessRole';

/** An account of the config. */
export interface Account {
  readonly accountId: string;
  readonly partition: Partition;
  /** As the config calls it; the first name of one that has several. */
  readonly name: string;
  /** Its sites, without the management stack. */
  readonly sites: readonly (DestinationSite | SourceSite)[];
  /** Undefined of a member account. */
  readonly management: ManagementSite | undefined;
  /** The roles that Terraform assumes in it; none where it runs as an identity of the account. */
  readonly deployRoles: readonly DeployRole[];
}

/** Every account of the config once, the management account first. */
export function accountsOf(topology: Topology): Account[] {
  const { management, destinations, sources, guardrails, organizationPolicies } = topology;
  const sites = grouped<DestinationSite | SourceSite>([...destinations, ...sources], ({ accountId }) => accountId);
  const ids = new Set([management.accountId, ...sites.keys()]);
  return [...ids].map((accountId) => {
    const own = sites.get(accountId) ?? [];
    const isManagement = accountId === management.accountId;
    const { partition } = management;
    const arns = [...(isManagement ? [management] : []), ...own].flatMap(({ deployRoleArn }) => deployRoleArn ?? []);
    return {
      accountId,
      partition,
      name: isManagement ? management.name : (own[0]?.name ?? accountId),
      sites: own,
      management: isManagement ? management : undefined,
      deployRoles: [...new Set(arns)].map((arn) => ({
        arn,
        accountId,
        partition,
        sites: own.filter(({ deployRoleArn }) => deployRoleArn === arn),
        management: isManagement && management.deployRoleArn === arn ? management : undefined,
        hasGuardrails: guardrails !== undefined,
        organizationPolicies: organizationPolicies?.site.deployRoleArn === arn ? organizationPolicies : undefined,
      })),
    };
  });
}

/** Roles by which an account can be reached, the one to try first in front. */
export interface WaysIn {
  /** What the deploy role may do: it comes first, as the one that is narrower. */
  readonly deployer: readonly string[];
  /** What only an administrator may do, such as making roles and buckets. */
  readonly administrator: readonly string[];
}

/** @param named - the role that the operator names instead, with its path */
export function waysInto(
  { accountId, partition, deployRoles }: Pick<Account, 'accountId' | 'partition' | 'deployRoles'>,
  named: string | undefined,
): WaysIn {
  const arnOf = (name: string) => roleArn(partition, accountId, name);
  if (named !== undefined) return { deployer: [arnOf(named)], administrator: [arnOf(named)] };
  const usual = arnOf(CREATED_WITH_ACCOUNT);
  const arns = deployRoles.map(({ arn }) => arn);
  return { deployer: [...new Set([...arns, usual])], administrator: [...new Set([usual, ...arns])] };
}
