import type { Partition, Place } from '../aws/arn';
import type { OptInType } from '../aws/regions';
import type { StateConfig } from '../config/state-config';
import type { CopyAccess } from './copy-access';
import type { Plan } from './plan';
import type { OrganizationPolicies, RolloutNeeds } from './rollout';

/** Everything that follows from a config: all sites, their names and ARNs, and who copies to whom. */
export interface Topology {
  readonly organization: OrganizationIds;
  readonly state: StateConfig;
  /** Tags of everything that is made. */
  readonly tags: Readonly<Record<string, string>>;
  readonly management: ManagementSite;
  readonly destinations: readonly DestinationSite[];
  readonly sources: readonly SourceSite[];
  /** Undefined when the operator wants none. */
  readonly guardrails: Guardrails | undefined;
  /** Undefined where nothing is rolled out. */
  readonly organizationPolicies: OrganizationPolicies | undefined;
}

/** Whom the denies of an account leave alone, as ARNs or ARN patterns. */
export interface Exemptions {
  /** Who makes and changes what the stacks hold: the deploy role, further administrators, StackSets' own roles. */
  readonly deployers: readonly string[];
  /** Who may besides do everything else that is denied, in an emergency. */
  readonly breakGlass: readonly string[];
}

/** What the organization itself forbids in the accounts of its sources and destinations. */
export interface Guardrails extends Exemptions {
  readonly partition: Partition;
  /** What the names of the policies start with. */
  readonly name: string;
  /** What the policies are attached to: accounts, organizational units, or the root. */
  readonly targetIds: readonly string[];
  readonly vaultNames: readonly string[];
  /** Whether there are vaults that can be shared, which others must not be. */
  readonly hasAirGappedVaults: boolean;
  /** Names of the roles that AWS Backup works under in sources: they expire recovery points and share them. */
  readonly backupRoleNames: readonly string[];
  /** Names of the roles that AWS Backup restores with. */
  readonly restoreRoleNames: readonly string[];
  /** Those among them that copy recovery points back, and share them for it. */
  readonly copyBackRoleNames: readonly string[];
  /** Names of the roles that GuardDuty scans with: they open recovery points, and share snapshots with it. */
  readonly scannerRoleNames: readonly string[];
  /** Every vault that a copy of the config goes to, and those that take recovery points back. */
  readonly copyTargets: readonly string[];
}

export interface OrganizationIds {
  readonly id: string;
  /** Undefined when the operator did not say it; then nothing checks it. */
  readonly rootId: string | undefined;
}

/** One account in one Region: one stack, one provider alias, one state. */
export interface Site extends Place {
  readonly role: 'management' | 'destination' | 'source' | 'organization-policies';
  /** The account's name in the config. */
  readonly name: string;
  /** The name of its stack, by which other stacks find its state. */
  readonly stackName: string;
  readonly providerAlias: string;
  /** The role Terraform assumes; undefined where the ambient identity is of the account. */
  readonly deployRoleArn: string | undefined;
}

/** A site that holds recovery points, which only some may touch. */
export interface ProtectedSite extends Site {
  /** The unit the account is in, as a whole path; undefined when the config does not tell. */
  readonly ouPath: string | undefined;
  readonly exemptions: Exemptions;
  /** Whether Terraform refuses to destroy or replace its vaults and keys. */
  readonly isDestroyPrevented: boolean;
}

export interface ManagementSite extends Site {
  readonly role: 'management';
  readonly globalSettings: GlobalSettings;
  /** The account that becomes delegated administrator of AWS Backup, if any. */
  readonly delegatedAdministratorId: string | undefined;
  /** Whether AWS RAM has to be allowed to share within the organization. */
  readonly needsVaultSharing: boolean;
  /** What the organization must allow for the rollouts; undefined where nothing is rolled out. */
  readonly rollouts: RolloutNeeds | undefined;
  /** Regions whose opt-ins the management account sets for itself, which plans of backup policies obey. */
  readonly regionSettings: readonly (RegionSettings & { readonly region: string })[];
}

export interface GlobalSettings {
  readonly isCrossAccountBackupEnabled: boolean;
  readonly isMpaEnabled: boolean;
  readonly isDelegatedAdministratorEnabled: boolean;
}

export interface RegionSettings {
  readonly optIn: Readonly<Partial<Record<OptInType, boolean>>>;
  readonly managementPreference: Readonly<Partial<Record<OptInType, boolean>>>;
}

/** A vault and its key, before they exist. */
export interface VaultNames {
  readonly vaultName: string;
  readonly vaultArn: string;
  /** The alias of a key to make, or a key that exists already. */
  readonly key: { readonly alias: string } | { readonly existingKeyArn: string };
  /** Undefined when the vault has no lock. */
  readonly lock: VaultLock | undefined;
}

/** Retention bounds of a vault, in days. */
export interface VaultLock {
  readonly minRetentionDays: number;
  readonly maxRetentionDays: number;
  /** Days until nobody can take the lock off; undefined for governance, where those with the permission always can. */
  readonly changeableForDays: number | undefined;
}

/** A logically air-gapped vault, before it exists. */
export interface AirGappedVault {
  readonly vaultName: string;
  readonly vaultArn: string;
  /** The alias of a key to make; undefined where the key is AWS's. */
  readonly keyAlias: string | undefined;
  readonly lock: VaultLock;
  /** Accounts that may restore from it. */
  readonly sharedWith: readonly string[];
}

export interface RoleNames {
  readonly name: string;
  readonly arn: string;
}

export interface DestinationSite extends ProtectedSite, CopyAccess {
  readonly role: 'destination';
  /** The vault that copies go to. */
  readonly vault: VaultNames;
  /** Vaults that copies went to before, oldest first: they take nothing in, and are still read. */
  readonly retiredVaults: readonly VaultNames[];
  readonly airGapped: (AirGappedVault & CopyAccess) | undefined;
  readonly restoreRole: RoleNames;
  /** Sources that take recovery points back from here, which is all that may leave the vaults. */
  readonly copyBacks: readonly CopyBack[];
}

/** A source's side of a copy back. */
export interface CopyBack {
  readonly stackName: string;
  readonly accountId: string;
  readonly vaultArn: string;
  readonly keyPolicy: 'strict' | 'compat';
}

export interface SourceSite extends ProtectedSite {
  readonly role: 'source';
  /** The vault that backups land in. */
  readonly vault: VaultNames;
  /** Vaults that backups landed in before, oldest first. */
  readonly retiredVaults: readonly VaultNames[];
  readonly airGapped: AirGappedVault | undefined;
  readonly backupRole: RoleNames;
  readonly restoreRole: RoleNames;
  /** The role that GuardDuty scans with; undefined when no plan scans. */
  readonly scannerRole: RoleNames | undefined;
  /** The alias of the key made for resources; undefined when none is. */
  readonly resourceKeyAlias: string | undefined;
  /** Keys that encrypt resources and that somebody else manages. */
  readonly existingResourceKeyArns: readonly string[];
  readonly keyPolicy: 'strict' | 'compat';
  /** Every vault that its plans copy to; recovery points go nowhere else. */
  readonly copyTargets: readonly string[];
  /** Accounts that keep copies from here, and therefore read its keys. */
  readonly copyAccountIds: readonly string[];
  /** Undefined when the Region's settings are left alone, or are the management stack's. */
  readonly regionSettings: RegionSettings | undefined;
  readonly plans: readonly Plan[];
  /** Destinations that may copy recovery points back here. */
  readonly copyBackFrom: readonly CopyBackOrigin[];
}

/** A destination's side of a copy back. */
export interface CopyBackOrigin {
  readonly stackName: string;
  readonly accountId: string;
  readonly restoreRoleArn: string;
}
