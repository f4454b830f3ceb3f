import { MAX_COPY_BACK_SITES, MAX_LISTED_ACCOUNTS } from '../aws/limits';
import { partitionOf } from '../aws/regions';
import type { Check } from './check';
import { otherPartition } from './check-regions';
import type { Problem } from './config-error';
import { placedCopies, type SourceSiteConfig, sourceSites } from './config-sites';
import { type CopyTarget, parseCopyTarget } from './copy-target';

/** Each copy can be made: it goes somewhere else, once, and the vault there may admit every account it comes from. */
export const checkCopies: Check = (config, { standIns }) => [
  ...repeatedCopies(config),
  ...(standIns.has('management') || standIns.has('management.region') ? [] : outsideVaults(config)),
  ...crowdedVaults(config),
  ...crowdedCopyBacks(config),
  ...(standIns.has('organization') || standIns.has('organization.id') ? [] : sourcesOutsideUnits(config)),
  ...crossAccountSwitch(config),
];

type Config = Parameters<Check>[0];

function repeatedCopies({ plans }: Config): Problem[] {
  return Object.entries(plans).flatMap(([plan, { rules }]) =>
    rules.flatMap(({ copies }, rule) =>
      copies.flatMap(({ to }, index) =>
        copies.findIndex((copy) => copy.to === to) === index
          ? []
          : [
              {
                path: ['plans', plan, 'rules', rule, 'copies', index, 'to'],
                message: `must go to another vault than the copies before it, got "${to}" a second time`,
              },
            ],
      ),
    ),
  );
}

function outsideVaults(config: Config): Problem[] {
  const partition = partitionOf(config.management.region);
  return placedCopies(config).flatMap(({ copy: { to }, path }) => {
    const target = parseCopyTarget(to);
    if (target?.kind !== 'outside') return [];
    if (target.vault.partition !== partition) {
      return [
        { path, message: `must be a vault of partition ${partition}, got "${to}": copies never leave their partition` },
      ];
    }
    if (target.vault.partition !== partitionOf(target.vault.region)) {
      return [{ path, message: otherPartition(target.vault.region, to) }];
    }
    if (target.vault.resource.toLowerCase() !== 'backup-vault:default') return [];
    return [
      {
        path,
        message: `must not be the Default vault, got "${to}": its key cannot be shared, so AWS refuses the copy`,
      },
    ];
  });
}

/** The source sites whose plans copy to a destination, in any of its Regions. */
export const copyingTo = (config: Config, destination: string): SourceSiteConfig[] => {
  const plans = new Set(
    placedCopies(config).flatMap(({ plan, copy }) => (goesTo(parseCopyTarget(copy.to), destination) ? [plan] : [])),
  );
  return sourceSites(config).filter((site) => site.plans.some((plan) => plans.has(plan)));
};

const goesTo = (target: CopyTarget | undefined, destination: string) =>
  target?.kind === 'destination' && target.destination === destination;

function crowdedVaults(config: Config): Problem[] {
  return Object.entries(config.destinations).flatMap(([name, { vaultAccess }]) => {
    const accounts = new Set(copyingTo(config, name).map(({ accountId }) => accountId)).size;
    if (vaultAccess !== 'accounts' || accounts <= MAX_LISTED_ACCOUNTS) return [];
    const message = `must be { ouPaths: […] } or organization when more than ${MAX_LISTED_ACCOUNTS} accounts copy in, got accounts for ${accounts}: name the organizational units that hold them`;
    return [{ path: ['destinations', name, 'vaultAccess'], message }];
  });
}

function crowdedCopyBacks(config: Config): Problem[] {
  return Object.keys(config.destinations).flatMap((name) => {
    const sites = copyingTo(config, name).filter(({ source }) => source.copyBack);
    const firstTooMany = sites[MAX_COPY_BACK_SITES];
    if (!firstTooMany) return [];
    const message = `must be true for at most ${MAX_COPY_BACK_SITES} source Regions that copy to destination ${name}, got ${sites.length}: its restore role cannot name more vaults; split them over two destinations, or switch it on when a restore needs it`;
    return [{ path: ['sources', firstTooMany.name, 'copyBack'], message }];
  });
}

function sourcesOutsideUnits(config: Config): Problem[] {
  const inOrganization = `${config.organization.id}/`;
  return Object.entries(config.destinations).flatMap(([name, { vaultAccess }]) => {
    if (typeof vaultAccess === 'string') return [];
    const { ouPaths } = vaultAccess;
    const foreign = ouPaths.flatMap((ouPath, index) =>
      ouPath.startsWith(inOrganization)
        ? []
        : [
            {
              path: ['destinations', name, 'vaultAccess', 'ouPaths', index],
              message: `must be a path in organization ${config.organization.id}, got "${ouPath}"`,
            },
          ],
    );
    const left = new Map(copyingTo(config, name).map((site) => [site.name, site.source.ouPath]));
    const outside = [...left].flatMap(([source, ouPath]) =>
      ouPath === undefined || ouPaths.some((admitted) => ouPath.startsWith(admitted))
        ? []
        : [
            {
              path: ['sources', source, 'ouPath'],
              message: `must be in one of destinations.${name}.vaultAccess.ouPaths (${ouPaths.join(', ')}), got "${ouPath}": its copies would be refused there`,
            },
          ],
    );
    return [...foreign, ...outside];
  });
}

function crossAccountSwitch(config: Config): Problem[] {
  if (config.management.globalSettings.crossAccountBackup) return [];
  const crossing = sourceSites(config).find(({ accountId, plans }) =>
    placedCopies(config).some(({ plan, copy }) => {
      const target = parseCopyTarget(copy.to);
      return plans.includes(plan) && !(target?.kind === 'outside' && target.vault.accountId === accountId);
    }),
  );
  if (!crossing) return [];
  const message = `must be true, got false: the plans of sources.${crossing.name} copy to other accounts, and every such copy would fail`;
  return [{ path: ['management', 'globalSettings', 'crossAccountBackup'], message }];
}
