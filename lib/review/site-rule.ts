import type { Config } from '../config/config';
import type { Problem } from '../config/config-error';
import type { Path } from '../config/path';
import { ORGANIZATION_POLICIES_STACK } from '../topology/names';
import type { Site, Topology } from '../topology/topology';

/** A rule that has to know what follows from a config: the sites, their names, and who copies to whom. */
export type SiteRule = (config: Config, topology: Topology) => Problem[];

/** Whether a site is what every account of a rollout is, and not one that the config names. */
export const isMember = ({ stackName }: Pick<Site, 'stackName'>): boolean => stackName === ORGANIZATION_POLICIES_STACK;

/** Where a destination or source site stands in the config; what is true of a member of a rollout, of its baseline. */
export const pathOf = (site: Site): Path =>
  isMember(site) ? ['organizationPolicies', 'baseline'] : [`${site.role}s`, site.name, 'regions', site.region];

/** One rule or copy of a plan, wherever it runs, with its place. */
export interface PlacedLifecycle {
  readonly plan: string;
  readonly rule: string;
  /** Undefined for the rule itself, whose recovery points stay in the vaults of the source. */
  readonly copyTo: string | undefined;
  /** Whether they belong in the air-gapped vault of the source. */
  readonly targetAirGapped: boolean;
  readonly deleteAfterDays: number;
  readonly moveToColdStorageAfterDays: number | undefined;
  readonly optInToArchive: boolean;
  readonly path: Path;
}

/** Every lifecycle of a config: each rule's, and each copy's. */
export function placedLifecycles({ plans }: Config): PlacedLifecycle[] {
  return Object.entries(plans).flatMap(([plan, { rules }]) =>
    rules.flatMap((rule, index) => {
      const path = ['plans', plan, 'rules', index];
      return [
        {
          ...rule,
          plan,
          rule: rule.name,
          copyTo: undefined,
          moveToColdStorageAfterDays: rule.moveToColdStorageAfterDays,
          path,
        },
        ...rule.copies.map((copy, copyIndex) => ({
          ...copy,
          moveToColdStorageAfterDays: copy.moveToColdStorageAfterDays,
          plan,
          rule: rule.name,
          copyTo: copy.to,
          targetAirGapped: false,
          path: [...path, 'copies', copyIndex],
        })),
      ];
    }),
  );
}
