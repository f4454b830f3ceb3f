import { type Place, roleArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { DestinationConfig } from '../config/account-config';
import type { Config } from '../config/config';
import { type SourceSiteConfig, sourceSites } from '../config/config-sites';
import { deployRoleOf } from '../config/deploy-role';
import { runFromDestination } from '../config/rollouts';
import { exemptions } from './exemptions';
import {
  destinationStackName,
  MANAGEMENT_STACK,
  ORGANIZATION_POLICIES_STACK,
  roleNames,
  type SiteVaults,
  siteVaults,
  sourceStackName,
} from './names';
import type { ProtectedSite, RoleNames, Site } from './topology';

/** A destination site as far as it stands by itself, before anything copies to it. */
export interface DestinationSeed extends ProtectedSite, SiteVaults {
  readonly role: 'destination';
  readonly restoreRole: RoleNames;
  readonly destination: DestinationConfig;
}

/** A source site as far as it stands by itself, before it copies anywhere. */
export interface SourceSeed extends ProtectedSite, SiteVaults {
  readonly role: 'source';
  readonly backupRole: RoleNames;
  readonly restoreRole: RoleNames;
  readonly given: SourceSiteConfig;
}

/** Every destination account × Region of a config. */
export function destinationSeeds(config: Config): DestinationSeed[] {
  return Object.entries(config.destinations).flatMap(([name, destination]) =>
    Object.entries(destination.regions).map(([region, given]) => {
      const stackName = destinationStackName(name, region);
      const place = placeOf(destination.accountId, region);
      const deployer = deployRoleArn(place, deployRoleOf(config, destination));
      return {
        ...place,
        role: 'destination' as const,
        name,
        stackName,
        providerAlias: stackName,
        deployRoleArn: deployer,
        ouPath: destination.ouPath,
        exemptions: exemptions(place, deployer, destination.administrators, config.breakGlassRoles),
        isDestroyPrevented: given.preventDestroy,
        ...siteVaults(config.prefix, 'destination', place, given),
        restoreRole: roleNames(config.prefix, 'restore', place, given.names.restoreRole),
        destination,
      };
    }),
  );
}

/** Every source account × Region of a config. */
export const sourceSeeds = (config: Config): SourceSeed[] =>
  sourceSites(config).map((given) => sourceSeed(config, given, placeOf(given.accountId, given.region)));

/** One source account in one Region, whoever says that it is one. */
export function sourceSeed(config: Config, given: SourceSiteConfig, place: Place): SourceSeed {
  const { name, region, site } = given;
  const stackName = sourceStackName(name, region);
  const deployer = deployRoleArn(place, deployRoleOf(config, given.source));
  return {
    ...place,
    role: 'source',
    name,
    stackName,
    providerAlias: stackName,
    deployRoleArn: deployer,
    ouPath: given.source.ouPath,
    exemptions: exemptions(place, deployer, given.source.administrators, config.breakGlassRoles),
    isDestroyPrevented: site.preventDestroy,
    ...siteVaults(config.prefix, 'source', place, site),
    backupRole: roleNames(config.prefix, 'backup', place, site.names.backupRole),
    restoreRole: roleNames(config.prefix, 'restore', place, site.names.restoreRole),
    given,
  };
}

/** The management account in the Region of the organization-wide settings. */
export function managementSite(config: Config): Site & { readonly role: 'management' } {
  const { management } = config;
  const place = placeOf(management.accountId, management.region);
  return {
    ...place,
    role: 'management',
    name: 'management',
    stackName: MANAGEMENT_STACK,
    providerAlias: `management-${management.region}`,
    deployRoleArn: deployRoleArn(place, deployRoleOf(config, management)),
  };
}

const placeOf = (accountId: string, region: string): Place => ({ accountId, region, partition: partitionOf(region) });

const deployRoleArn = ({ partition, accountId }: Place, name: string | null): string | undefined =>
  name === null ? undefined : roleArn(partition, accountId, name);

/** The stack of the rollouts, in the management account or in the one that it was delegated to. */
export function organizationPoliciesSite(config: Config): Site & { readonly role: 'organization-policies' } {
  const { management } = config;
  const destination = config.destinations[runFromDestination(config) ?? ''];
  const account = destination ?? management;
  const place = placeOf(account.accountId, management.region);
  return {
    ...place,
    role: 'organization-policies',
    name: ORGANIZATION_POLICIES_STACK,
    stackName: ORGANIZATION_POLICIES_STACK,
    providerAlias: ORGANIZATION_POLICIES_STACK,
    deployRoleArn: deployRoleArn(place, deployRoleOf(config, account)),
  };
}
