import type { Site, SourceSite } from './topology';

/** Everything that reaches accounts without a stack of their own, from one stack. */
export interface OrganizationPolicies {
  readonly site: Site;
  /** Whether that is not the management account. */
  readonly isDelegated: boolean;
  readonly rollouts: readonly Rollout[];
  readonly baseline: Baseline;
}

/** Plans for units and accounts. */
export interface Rollout {
  readonly name: string;
  /** What the names of its policies start with. */
  readonly policyName: string;
  /** What its policies are attached to: units, the root, accounts. */
  readonly targetIds: readonly string[];
  /** Units as whole paths. */
  readonly ouPaths: readonly string[];
  readonly accountIds: readonly string[];
  /** What every account of it is, Region by Region; the account is `$account`, as a backup policy says it. */
  readonly members: readonly SourceSite[];
  /** The same for accounts that stand for all others: one in the first unit, one of the single accounts. */
  readonly standIns: readonly SourceSite[];
}

/** What StackSets make in every account and Region of the rollouts. */
export interface Baseline {
  /** One account in one Region, both as a CloudFormation template says them; what it copies to is what any rollout does. */
  readonly member: SourceSite;
  readonly units: StackSetTargets;
  readonly accounts: StackSetTargets;
  readonly failureTolerancePercentage: number;
  readonly maxConcurrentPercentage: number;
}

/** A StackSet's name, and where it makes stacks: ids of units or accounts, each in a Region. */
export interface StackSetTargets {
  readonly stackSetName: string;
  readonly targets: readonly { readonly id: string; readonly region: string }[];
}

/** What the management account has to allow so that rollouts work. */
export interface RolloutNeeds {
  /** The account that StackSets are delegated to; undefined where they stay in the management account. */
  readonly stackSetsAdministratorId: string | undefined;
  readonly delegation: PolicyDelegation | undefined;
}

/** The organization's resource policy: who may manage backup policies, and where. */
export interface PolicyDelegation {
  readonly delegateId: string;
  /** Its roles that may, as ARNs. */
  readonly roleArns: readonly string[];
  /** Units, the root and accounts that it may attach policies to, as ARNs of Organizations. */
  readonly targetArns: readonly string[];
  /** Every backup policy of the organization, as an ARN. */
  readonly policyArn: string;
  /** The policy that is there already; undefined when there is none. */
  readonly existing: { readonly id: string; readonly statements: readonly object[] } | undefined;
}
