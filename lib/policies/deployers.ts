import { grouped } from '../topology/collections';
import type { DestinationSite, SourceSite, Topology } from '../topology/topology';
import type { Deployer, DeployRole } from './deploy-role';

/** The identities that Terraform works under. */
export interface Deployers {
  /** The roles that it assumes, those of the management account first. */
  readonly roles: readonly DeployRole[];
  /** What it does in the management account as the identity that it is started with; undefined where that only assumes. */
  readonly ambient: Deployer | undefined;
}

/** Who deploys which of the sites. Those of other accounts that have no deploy role are nobody's here. */
export function deployersOf(topology: Topology): Deployers {
  const { management, destinations, sources, guardrails, organizationPolicies } = topology;
  const { partition } = management;
  const organization = { partition, managementId: management.accountId, id: topology.organization.id };
  const sites = grouped<DestinationSite | SourceSite>([...destinations, ...sources], ({ accountId }) => accountId);
  const deployer = (accountId: string, arn: string | undefined): Deployer => ({
    accountId,
    partition,
    sites: (sites.get(accountId) ?? []).filter(({ deployRoleArn }) => deployRoleArn === arn),
    management: accountId === management.accountId && management.deployRoleArn === arn ? management : undefined,
    guardrailTargetIds: guardrails?.targetIds,
    organization,
    organizationPolicies:
      organizationPolicies?.site.accountId === accountId && organizationPolicies.site.deployRoleArn === arn
        ? organizationPolicies
        : undefined,
  });
  const roles = [...new Set([management.accountId, ...sites.keys()])].flatMap((accountId) => {
    const own = accountId === management.accountId ? [management] : [];
    const arns = [...own, ...(sites.get(accountId) ?? [])].flatMap(({ deployRoleArn }) => deployRoleArn ?? []);
    return [...new Set(arns)].map((arn) => ({ arn, ...deployer(accountId, arn) }));
  });
  const ambient = deployer(management.accountId, undefined);
  const isBusy = ambient.sites.length > 0 || ambient.management || ambient.organizationPolicies;
  return { roles, ambient: isBusy ? ambient : undefined };
}
