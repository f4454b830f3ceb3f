import type { Config } from './config';
import { FROM_MANAGEMENT, type RolloutConfig } from './organization-policies-config';
import type { Path } from './path';

/** One rollout, with its place. */
export interface PlacedRollout {
  readonly rollout: RolloutConfig;
  readonly path: Path;
}

/** Every rollout, in the order of the file. */
export const placedRollouts = ({ organizationPolicies }: Config): PlacedRollout[] =>
  organizationPolicies.rollouts.map((rollout, index) => ({
    rollout,
    path: ['organizationPolicies', 'rollouts', index],
  }));

/** The unit or root that a whole path leads to. */
export const lastStepOf = (ouPath: string): string => ouPath.split('/').at(-2) ?? '';

/** Whether a whole path leads to the root, through no unit. */
export const isRootPath = (ouPath: string): boolean => lastStepOf(ouPath).startsWith('r-');

/** Whether an account that is there, as far as it says where, is one of a rollout; undefined when nothing tells. */
export function isReached(
  { ous, accounts }: RolloutConfig,
  account: { readonly accountId: string; readonly ouPath?: string | undefined },
): boolean | undefined {
  if (accounts.includes(account.accountId) || ous.some(isRootPath)) return true;
  if (ous.length === 0) return false;
  return account.ouPath === undefined ? undefined : ous.some((path) => account.ouPath?.startsWith(path));
}

/** The destination that the rollouts run from; undefined for the management account. */
export const runFromDestination = ({ organizationPolicies: { runFrom } }: Config): string | undefined =>
  runFrom === FROM_MANAGEMENT ? undefined : runFrom;

/** Regions in which backup policies make plans: those of the rollouts, and those that the operator names besides. */
export const policyRegions = ({ organizationPolicies: { regions, rollouts } }: Config): string[] => [
  ...new Set([...regions, ...rollouts.flatMap((rollout) => rollout.regions)]),
];
