import type { Authorize } from '../wire/authorize';
import type { RecoveryPoint, Vault } from './place';

/** A copy that is about to run. */
export interface CopyRequest {
  readonly recoveryPoint: RecoveryPoint;
  readonly source: Vault;
  readonly destination: Vault;
  readonly roleArn: string;
}

/** Nothing when AWS would permit the copy; otherwise the message that its job fails with. */
export type PermitCopy = (copy: CopyRequest) => Promise<string | undefined> | string | undefined;

/** Something in an account that plans can back up. */
export interface Resource {
  readonly arn: string;
  /** Its opt-in key, such as `EBS`. */
  readonly type: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sizeInBytes: number;
  /** The key that encrypts it, if one does. */
  readonly keyArn: string | undefined;
}

/** An event as AWS Backup puts it on the account's own bus. */
export interface BackupEvent {
  readonly accountId: string;
  readonly region: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What AWS Backup publishes to the topic of a vault. */
export interface VaultNotification {
  readonly accountId: string;
  readonly region: string;
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What AWS Backup knows of the organization. */
export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  isMember(accountId: string): boolean;
  /** What `aws:PrincipalOrgPaths` holds of an account. */
  pathOf(accountId: string): string;
  /** What the backup policies come to that an account inherits; undefined where there are none. */
  effectiveBackupPolicy(accountId: string): object | undefined;
}

/** All that the emulated service asks of the world around it. */
export interface Seams {
  readonly authorize: Authorize;
  readonly permitCopy: PermitCopy;
  /** Undefined where accounts are in no organization. */
  readonly organization: Organization | undefined;
  /** What an account has in a Region that can be backed up. */
  readonly resources: (accountId: string, region: string) => Promise<readonly Resource[]> | readonly Resource[];
  readonly onEvent: (event: BackupEvent) => Promise<void> | void;
  readonly onNotification: (notification: VaultNotification) => Promise<void> | void;
  /** A mistake of the sandbox itself in a job; a test lets it fail, the sandbox prints it. */
  readonly onFault: (fault: unknown) => void;
  /** How long each step of a job takes. */
  readonly jobDelayMilliseconds: number;
}
