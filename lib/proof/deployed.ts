import type { CompiledPolicy } from '../iam/policy';
import type { VaultLock } from '../topology/topology';

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
  /** Every vault that its rules copy to. */
  readonly copyTargets: readonly string[];
  /** The roles its selections work under. */
  readonly roleArns: readonly string[];
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
  /** An output of a stack, with its references followed. */
  readonly output: (stack: string, name: string) => unknown;
}
