import { type Place, roleArn, vaultArn } from '../aws/arn';
import type { AirGappedConfig } from '../config/air-gapped-config';
import { AIR_GAPPED } from '../config/copy-target';
import type { Generations, LockConfig } from '../config/lock-config';
import { generationsOf } from '../config/vault-generations';
import type { AirGappedVault, RoleNames, VaultLock, VaultNames } from './topology';

/** What the operator may say of a site's vaults and their key. */
interface Given {
  readonly names: { readonly vault?: string | undefined; readonly keyAlias?: string | undefined };
  readonly keyArn?: string | undefined;
  readonly lock?: LockConfig | undefined;
  readonly generations?: Generations;
  readonly airGapped?: AirGappedConfig;
}

/** The vaults of a site. */
export interface SiteVaults {
  /** The vault in use. */
  readonly vault: VaultNames;
  /** Those before it, in the order they were made. */
  readonly retiredVaults: readonly VaultNames[];
  /** Undefined where the site has none. */
  readonly airGapped: AirGappedVault | undefined;
}

/** Every physical name that the config does not give is made here. */
export function siteVaults(
  prefix: string,
  role: 'destination' | 'source',
  place: Place,
  { airGapped, ...given }: Given,
): SiteVaults {
  const { names, keyArn } = given;
  const usual = `${prefix}-${role}`;
  const key = keyArn === undefined ? { alias: names.keyAlias ?? `alias/${usual}` } : { existingKeyArn: keyArn };
  const vaults = generationsOf(given, role).map(({ lock, vaultName: givenName }, index): VaultNames => {
    const vaultName = givenName ?? (index === 0 ? usual : `${usual}-${index + 1}`);
    return {
      vaultName,
      vaultArn: vaultArn(place, vaultName),
      key,
      lock: lock.mode === 'none' ? undefined : vaultLock(lock),
    };
  });
  return {
    vault: vaults.reduce((_, later) => later),
    retiredVaults: vaults.slice(0, -1),
    airGapped: airGapped && airGappedVault(`${usual}-${AIR_GAPPED}`, place, airGapped),
  };
}

function airGappedVault(usual: string, place: Place, given: NonNullable<AirGappedConfig>): AirGappedVault {
  const vaultName = given.names.vault ?? usual;
  return {
    vaultName,
    vaultArn: vaultArn(place, vaultName),
    keyAlias: given.key === 'own' ? `alias/${usual}` : undefined,
    // Its lock date is that of its creation.
    lock: { minRetentionDays: given.minRetentionDays, maxRetentionDays: given.maxRetentionDays, changeableForDays: 0 },
    sharedWith: given.shareWith,
  };
}

const vaultLock = (lock: Exclude<LockConfig, { mode: 'none' }>): VaultLock => ({
  minRetentionDays: lock.minRetentionDays,
  maxRetentionDays: lock.maxRetentionDays,
  changeableForDays: lock.mode === 'compliance' ? lock.changeableForDays : undefined,
});

/** A role's name carries the Region: IAM has none, and a stack must not need another Region's. */
export function roleNames(
  prefix: string,
  purpose: 'backup' | 'restore' | 'scan',
  place: Place,
  given: string | undefined,
): RoleNames {
  const name = given ?? `${prefix}-${purpose}-${place.region}`;
  return { name, arn: roleArn(place.partition, place.accountId, name) };
}

export const planName = (prefix: string, plan: string) => `${prefix}-${plan}`;

export const resourceKeyAlias = (prefix: string) => `alias/${prefix}-resource`;

/** Stack names are what other stacks and workspaces find a state by. */
export const destinationStackName = (destination: string, region: string) => `destination-${destination}-${region}`;

export const sourceStackName = (source: string, region: string) => `source-${source}-${region}`;

export const ORGANIZATION_POLICIES_STACK = 'organization-policies';

export const MANAGEMENT_STACK = 'management';

/** Every name that could be a stack's, in this config or another, in the patterns of IAM. */
export const STACK_NAME_PATTERNS = [
  MANAGEMENT_STACK,
  ORGANIZATION_POLICIES_STACK,
  'destination-*-*',
  'source-*-*',
] as const;

const STACK_NAMES = new RegExp(`^(?:${STACK_NAME_PATTERNS.join('|').replaceAll('*', '.+')})$`);

/** Whether a stack could be called so. */
export const isStackName = (name: string): boolean => STACK_NAMES.test(name);

/** The construct by which a stack reads the outputs of another. */
export const remoteStateId = (stackName: string) => `State-${stackName}`;

/** What the names of everything end in that StackSets make, so that a source stack fits beside it. */
const OF_ORGANIZATION = '-org';

/** Names of what StackSets make in an account and Region, as a source's are given. */
export const baselineNames = (prefix: string, region: string) => ({
  vault: `${prefix}-source${OF_ORGANIZATION}`,
  keyAlias: `alias/${prefix}-source${OF_ORGANIZATION}`,
  resourceKeyAlias: `${resourceKeyAlias(prefix)}${OF_ORGANIZATION}`,
  backupRole: `${prefix}-backup-${region}${OF_ORGANIZATION}`,
  restoreRole: `${prefix}-restore-${region}${OF_ORGANIZATION}`,
  scannerRole: `${prefix}-scan-${region}${OF_ORGANIZATION}`,
});

/** The key of a plan in backup policies, which AWS puts into lower case; the Region keeps plans of two Regions apart. */
export const policyPlanName = (prefix: string, plan: string, region: string) =>
  `${planName(prefix, plan)}-${region}${OF_ORGANIZATION}`.toLowerCase();

/** The name of the policies of a rollout; a number follows. */
export const backupPolicyName = (prefix: string, rollout: string) => `${prefix}-${rollout}`;

/** The name of the StackSet of a baseline: for units, which accounts join, or for single accounts. */
export const stackSetName = (prefix: string, targets: 'units' | 'accounts') => `${prefix}-baseline-${targets}`;

/** The name of the policies that guard the organization's accounts; a number follows. */
export const guardrailsName = (prefix: string) => `${prefix}-guardrails`;

/** What vaults, keys and plans carry that guardrails protect: by name they could not tell keys and plans apart. */
export const PROTECTION_TAG = { key: 'cross-account-backup', value: 'protected' } as const;
