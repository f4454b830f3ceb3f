import type { Account } from '../accounts/accounts';
import type { Member } from '../accounts/paced-organization';
import type { Rollout } from '../topology/rollout';
import type { DestinationSite, SourceSite } from '../topology/topology';

/** A place that recovery points are in. */
export type VaultSite = DestinationSite | SourceSite;

/** A rollout that reaches an account. */
export interface Reach {
  readonly rollout: Rollout;
  /** Whether by a unit that it is in, by its own id, or by both. */
  readonly by: 'unit' | 'account' | 'both';
}

/** An account to audit, with all that should be in it. */
export interface Auditee extends Pick<Account, 'accountId' | 'partition' | 'name' | 'management' | 'deployRoles'> {
  /** Whether the config names it itself, and not only a unit that it is in. */
  readonly isNamed: boolean;
  /** What stacks of its own make there, and what StackSets do. */
  readonly sites: readonly VaultSite[];
  readonly reaches: readonly Reach[];
  /** What the organization knows of it; undefined where it is no member. */
  readonly member: Member | undefined;
}

/** Whether StackSets make stacks in an account: never in the management account. */
export const hasBaseline = ({ reaches, management }: Auditee): boolean => reaches.length > 0 && !management;
