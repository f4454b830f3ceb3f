import type { BackupRule, BackupSelection } from '@aws-sdk/client-backup';

/** A vault as it exists. */
export interface FoundVault {
  readonly name: string;
  readonly arn: string;
  readonly isAirGapped: boolean;
  readonly keyArn: string | undefined;
  readonly recoveryPoints: number;
  /** Undefined where it has none. */
  readonly lock: FoundLock | undefined;
  /** The access policy as JSON; undefined where it has none. */
  readonly policy: string | undefined;
  readonly tags: Tags;
}

/** Days, as AWS tells them. */
export interface FoundLock {
  readonly minRetentionDays: number | undefined;
  readonly maxRetentionDays: number | undefined;
  /** From when on nobody can take it off; undefined of governance. */
  readonly lockDate: Date | undefined;
}

export type Tags = Readonly<Record<string, string>>;

/** A backup plan as it exists. */
export interface FoundPlan {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly BackupRule[];
  readonly selections: readonly FoundSelection[];
  readonly windowsVss: boolean;
}

export interface FoundSelection {
  readonly id: string;
  readonly content: BackupSelection;
}

/** A key of KMS that vaults use, or that an alias of the config names. */
export interface FoundKey {
  readonly arn: string;
  readonly id: string;
  /** Whether AWS's own, whose policy nobody changes; undefined where nobody may look. */
  readonly isOfAws: boolean | undefined;
  readonly description: string;
  /** Undefined where nobody may look. */
  readonly policy: string | undefined;
  readonly tags: Tags;
}

/** A role of IAM that AWS Backup may take, or that has a name of the config. */
export interface FoundRole {
  readonly name: string;
  readonly arn: string;
  /** `/`, or more. */
  readonly path: string;
  readonly trust: string;
  readonly isForBackup: boolean;
  readonly description: string;
  /** ARNs of the policies that are attached. */
  readonly attached: readonly string[];
  /** Its own policies as JSON, by name. */
  readonly inline: Readonly<Record<string, string>>;
}

/** What an account has in a Region. */
export interface FoundPlace {
  readonly vaults: readonly FoundVault[];
  readonly plans: readonly FoundPlan[];
  /** Ids of keys by their aliases. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly keys: readonly FoundKey[];
  readonly optIn: Readonly<Record<string, boolean>>;
  readonly managementPreference: Readonly<Record<string, boolean>>;
}

/** A policy of the organization by a name of the config. */
export interface FoundPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly targetIds: readonly string[];
}

export interface FoundOrganization {
  readonly globalSettings: Readonly<Record<string, string>>;
  readonly delegatedAdministrators: readonly { readonly accountId: string; readonly service: string }[];
  readonly policies: readonly FoundPolicy[];
  readonly resourcePolicy: { readonly id: string; readonly content: string } | undefined;
}

/** Everything that exists where the config has something. */
export interface Inventory {
  readonly organization: FoundOrganization;
  /** By account id. */
  readonly roles: Readonly<Record<string, readonly FoundRole[]>>;
  /** By {@link placeKey}. */
  readonly places: Readonly<Record<string, FoundPlace>>;
}

/** How an inventory calls an account in a Region. */
export const placeKey = ({ accountId, region }: { readonly accountId: string; readonly region: string }): string =>
  `${accountId}/${region}`;

const NOTHING: FoundPlace = { vaults: [], plans: [], aliases: {}, keys: [], optIn: {}, managementPreference: {} };

/** What there is in a place; nothing where nobody looked. */
export const placeIn = (
  { places }: Inventory,
  place: { readonly accountId: string; readonly region: string },
): FoundPlace => places[placeKey(place)] ?? NOTHING;

/** The key that an alias leads to. */
export function keyOfAlias({ aliases, keys }: FoundPlace, alias: string): FoundKey | undefined {
  const id = aliases[alias];
  return keys.find((key) => key.id === id);
}
