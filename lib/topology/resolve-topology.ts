import type { Config } from '../config/config';
import { policyRegions } from '../config/rollouts';
import { grouped } from './collections';
import { copyEdges, outsideVaults } from './copy-edges';
import { regionSettings } from './region-settings';
import { rolloutNeeds } from './resolve-delegation';
import { resolveDestination } from './resolve-destination';
import { resolveGuardrails } from './resolve-guardrails';
import { resolveRollouts } from './resolve-rollouts';
import { resolveSource } from './resolve-source';
import { type DestinationSeed, destinationSeeds, managementSite, type SourceSeed, sourceSeeds } from './site';
import type { ManagementSite, Topology } from './topology';

/** Derives all sites from a config that has passed its checks; asserts nothing and reads nothing else. */
export function resolveTopology(config: Config): Topology {
  const sources = sourceSeeds(config);
  const destinations = destinationSeeds(config);
  const edges = copyEdges(config, sources, destinations);
  const incoming = grouped(edges, ({ destination }) => destination.stackName);
  const outgoing = grouped(edges, ({ source }) => source.stackName);
  const organizationPolicies = resolveRollouts(config, destinations);
  const rollouts = organizationPolicies?.rollouts ?? [];
  const destinationSites = destinations.map((seed) =>
    resolveDestination(seed, incoming.get(seed.stackName) ?? [], rollouts),
  );
  const sourceSites = sources.map((seed) =>
    resolveSource(config, seed, outgoing.get(seed.stackName) ?? [], outsideVaults(config, seed)),
  );
  return {
    organization: { id: config.organization.id, rootId: config.organization.rootId },
    state: config.state,
    tags: config.tags,
    management: {
      ...resolveManagement(config, sources, destinations),
      rollouts: rolloutNeeds(config, organizationPolicies, destinationSites),
    },
    destinations: destinationSites,
    sources: sourceSites,
    guardrails: resolveGuardrails(config, destinationSites, sourceSites, rollouts),
    organizationPolicies,
  };
}

function resolveManagement(
  config: Config,
  sources: readonly SourceSeed[],
  destinations: readonly DestinationSeed[],
): Omit<ManagementSite, 'rollouts'> {
  const { globalSettings, delegatedAdministrator } = config.management;
  return {
    ...managementSite(config),
    globalSettings: {
      isCrossAccountBackupEnabled: globalSettings.crossAccountBackup,
      isMpaEnabled: globalSettings.multiPartyApproval,
      isDelegatedAdministratorEnabled: globalSettings.delegatedAdministrator,
    },
    delegatedAdministratorId:
      delegatedAdministrator === undefined ? undefined : config.destinations[delegatedAdministrator]?.accountId,
    needsVaultSharing: [...destinations, ...sources].some(({ airGapped }) => airGapped?.sharedWith.length),
    regionSettings: managementRegions(config, sources),
  };
}

/** Regions of organization policies, and those in which the management account is a source. */
function managementRegions(config: Config, sources: readonly SourceSeed[]): ManagementSite['regionSettings'] {
  const own = new Map(
    sources
      .filter(({ accountId }) => accountId === config.management.accountId)
      .map(({ region, given }) => [region, given.site]),
  );
  const regions = new Set([...policyRegions(config), ...own.keys()]);
  return [...regions]
    .filter((region) => own.get(region)?.regionSettings !== 'leave')
    .map((region) => ({
      region,
      ...regionSettings(region, own.get(region)?.optIn ?? {}, own.get(region)?.managementPreference),
    }));
}
