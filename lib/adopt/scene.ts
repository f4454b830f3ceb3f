import type { Path } from '../config/path';
import { renderPath, valueAt } from '../config/path';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { type FoundPlace, type FoundRole, type Inventory, placeIn } from './inventory';

/** A site of the config, and what exists where it is to be. */
export interface Scene {
  readonly site: DestinationSite | SourceSite;
  readonly place: FoundPlace;
  /** Roles of the account. */
  readonly roles: readonly FoundRole[];
  /** `production/us-east-1` */
  readonly label: string;
  /** Where the config speaks of the site. */
  readonly path: Path;
  /** Whether the operator wrote a setting of the site. */
  readonly says: (...setting: readonly string[]) => boolean;
}

/** @param written - the config as it stands in the file, without defaults */
export function sceneOf(site: DestinationSite | SourceSite, inventory: Inventory, written: unknown): Scene {
  const path = [site.role === 'destination' ? 'destinations' : 'sources', site.name, 'regions', site.region];
  return {
    site,
    place: placeIn(inventory, site),
    roles: inventory.roles[site.accountId] ?? [],
    label: `${site.name}/${site.region}`,
    path,
    says: (...setting) => valueAt(written, [...path, ...setting]) !== undefined,
  };
}

/** How the config calls a setting of a site. */
export const settingOf = ({ path }: Scene, ...setting: readonly string[]): string => renderPath([...path, ...setting]);

/** Names of the roles that a site has. */
export const roleNamesOf = (site: DestinationSite | SourceSite): string[] => [
  site.restoreRole.name,
  ...('backupRole' in site ? [site.backupRole.name] : []),
];
