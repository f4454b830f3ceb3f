import type { CompiledPolicy } from '../iam/policy';
import type { Tag } from '../topology/plan';
import type { VaultLock } from '../topology/topology';
import type { WrittenPolicy } from './exemption-complaints';
import type { DeployedBackupPolicy } from './read-backup-policies';
import type { DeployedStackSet } from './read-stack-sets';
import type { DeployedShare } from './share-complaints';

/** Whose a resource is, and where. */
interface Owned {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
}

/** A vault as it will be, standard or air-gapped. */
export interface DeployedVault extends Owned {
  readonly policy: CompiledPolicy | undefined;
  readonly tags: Tags;
  /** The key that encrypts it; undefined when it is AWS's own. */
  readonly keyArn: string | undefined;
  /** Its lock; undefined when it has none. */
  readonly lock: VaultLock | undefined;
}

/** A key as it will be; of one that exists already, what its policy is asked to say. */
export interface DeployedKey extends Owned {
  readonly policy: CompiledPolicy;
  readonly tags: Tags;
}

/** A role as it will be. */
export interface DeployedRole extends Owned {
  readonly trust: CompiledPolicy;
  readonly identity: readonly CompiledPolicy[];
}

/** A plan as it will be. */
export interface DeployedPlan extends Owned {
  readonly tags: Tags;
  readonly stack: string;
  readonly name: string;
  readonly rules: readonly PlannedRule[];
  /** What its rules scan, and with which role; none where nothing is scanned. */
  readonly scanSettings: readonly PlannedScanSetting[];
  readonly selections: readonly PlannedSelection[];
  /** Every vault that its rules copy to. */
  readonly copyTargets: readonly string[];
}

/** A rule in Terraform's words. */
export interface PlannedRule {
  readonly rule_name: string;
  readonly schedule?: string;
  readonly schedule_expression_timezone?: string;
  readonly target_vault_name?: string;
  readonly target_logically_air_gapped_backup_vault_arn?: string;
  readonly lifecycle?: unknown;
  readonly copy_action?: readonly PlannedCopy[];
  readonly scan_action?: readonly { readonly malware_scanner: string; readonly scan_mode: string }[];
  /** Types that are indexed, for which Terraform has no word. */
  readonly index_resource_types?: readonly string[];
}

/** A scan setting in Terraform's words. */
export interface PlannedScanSetting {
  readonly malware_scanner: string;
  readonly resource_types: readonly string[];
  readonly scanner_role_arn: string;
}

/** A copy action in Terraform's words. */
export interface PlannedCopy {
  readonly destination_vault_arn: string;
  readonly lifecycle?: unknown;
}

/** A selection in Terraform's words. */
export interface PlannedSelection {
  readonly name: string;
  readonly iam_role_arn: string;
  readonly resources?: readonly string[];
  readonly not_resources?: readonly string[];
  readonly selection_tag?: readonly Tag[];
  readonly condition?: readonly Readonly<Record<string, readonly Tag[]>>[];
}

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Everything in the stacks that decides who may do what, by ARN. */
export interface Deployed {
  readonly vaults: ReadonlyMap<string, DeployedVault>;
  readonly keys: ReadonlyMap<string, DeployedKey>;
  readonly roles: ReadonlyMap<string, DeployedRole>;
  readonly plans: readonly DeployedPlan[];
  /** Service control policies, by what they are attached to. */
  readonly serviceControl: ReadonlyMap<string, readonly CompiledPolicy[]>;
  readonly isCrossAccountBackupEnabled: boolean;
  readonly shares: readonly DeployedShare[];
  /** Addresses of vaults and keys that Terraform may destroy, by ARN. */
  readonly destructible: ReadonlyMap<string, string>;
  /** What reaches accounts without a stack: backup policies, and StackSets. */
  readonly backupPolicies: readonly DeployedBackupPolicy[];
  readonly stackSets: readonly DeployedStackSet[];
  /** Keys that StackSets make, by account, Region and alias. */
  readonly memberKeys: ReadonlyMap<string, string>;
  /** The organization's resource policy; undefined when no stack sets it. */
  readonly resourcePolicy: CompiledPolicy | undefined;
  /** All policies, as they were written. */
  readonly policies: readonly WrittenPolicy[];
  /** An output of a stack, with its references followed. */
  readonly output: (stack: string, name: string) => unknown;
}

/** By what a key of a StackSet is found. */
export const memberKey = ({ accountId, region }: Pick<Owned, 'accountId' | 'region'>, alias: string): string =>
  [accountId, region, alias].join(' ');
