import type { Place } from '../aws/arn';
import type { OptInType } from '../aws/regions';
import type { StateConfig } from '../config/state-config';

/** Everything that follows from a config: all sites, their names and ARNs, and who copies to whom. */
export interface Topology {
  readonly organization: OrganizationIds;
  readonly state: StateConfig;
  /** Tags of everything that is made. */
  readonly tags: Readonly<Record<string, string>>;
  readonly management: ManagementSite;
  readonly destinations: readonly DestinationSite[];
  readonly sources: readonly SourceSite[];
}

export interface OrganizationIds {
  readonly id: string;
  /** Undefined when the operator did not say it; then nothing checks it. */
  readonly rootId: string | undefined;
}

/** One account in one Region: one stack, one provider alias, one state. */
export interface Site extends Place {
  readonly role: 'management' | 'destination' | 'source';
  /** The account's name in the config. */
  readonly name: string;
  /** The name of its stack, by which other stacks find its state. */
  readonly stackName: string;
  readonly providerAlias: string;
  /** The role Terraform assumes; undefined where the ambient identity is of the account. */
  readonly deployRoleArn: string | undefined;
}

export interface ManagementSite extends Site {
  readonly role: 'management';
  readonly globalSettings: GlobalSettings;
  /** The account that becomes delegated administrator of AWS Backup, if any. */
  readonly delegatedAdministratorId: string | undefined;
  /** Regions whose opt-ins the management account sets for itself. */
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

export interface RoleNames {
  readonly name: string;
  readonly arn: string;
}

/** Accounts that may copy into a vault. */
export type VaultAccess =
  | { readonly by: 'accounts'; readonly accountIds: readonly string[] }
  | { readonly by: 'ouPaths'; readonly ouPaths: readonly string[] }
  | { readonly by: 'organization' };

export interface DestinationSite extends Site {
  readonly role: 'destination';
  readonly vault: VaultNames;
  readonly restoreRole: RoleNames;
  readonly vaultAccess: VaultAccess;
  /** Names of the sources' backup roles that copy here; nothing may copy in when there are none. */
  readonly copyingRoleNames: readonly string[];
  /** Sources that take recovery points back from here. */
  readonly copyBacks: readonly CopyBack[];
}

/** A source's side of a copy back. */
export interface CopyBack {
  readonly stackName: string;
  readonly accountId: string;
  readonly vaultArn: string;
  readonly keyPolicy: 'strict' | 'compat';
}

export interface SourceSite extends Site {
  readonly role: 'source';
  readonly vault: VaultNames;
  readonly backupRole: RoleNames;
  readonly restoreRole: RoleNames;
  /** The alias of the key made for resources; undefined when none is. */
  readonly resourceKeyAlias: string | undefined;
  /** Keys that encrypt resources and that somebody else manages. */
  readonly existingResourceKeyArns: readonly string[];
  readonly keyPolicy: 'strict' | 'compat';
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

export interface Plan {
  readonly name: string;
  readonly physicalName: string;
  readonly windowsVss: boolean;
  readonly rules: readonly Rule[];
  readonly selections: readonly Selection[];
}

export interface Lifecycle {
  readonly deleteAfterDays: number;
  /** Undefined when recovery points stay warm. */
  readonly moveToColdStorageAfterDays: number | undefined;
  readonly optInToArchive: boolean;
}

export interface Rule extends Lifecycle {
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  readonly enableContinuousBackup: boolean;
  readonly recoveryPointTags: Readonly<Record<string, string>>;
  readonly copies: readonly Copy[];
}

/** A copy goes to a destination, whose vault ARN its state tells, or to a vault known by its ARN alone. */
export type Copy = Lifecycle & ({ readonly destinationStack: string } | { readonly outsideVaultArn: string });

/** A selection in AWS Backup's own terms: (ListOfTags or Resources) and Conditions, without NotResources. */
export interface Selection {
  readonly name: string;
  readonly listOfTags: readonly Tag[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: Conditions;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Keys carry the prefix `aws:ResourceTag/`; all entries must hold. */
export interface Conditions {
  readonly stringEquals: readonly Tag[];
  readonly stringNotEquals: readonly Tag[];
  readonly stringLike: readonly Tag[];
  readonly stringNotLike: readonly Tag[];
}
