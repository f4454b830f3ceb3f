/** Accounts that may copy into a vault. */
export type VaultAccess =
  | { readonly by: 'accounts'; readonly accountIds: readonly string[] }
  | { readonly by: 'ouPaths'; readonly ouPaths: readonly string[] }
  | { readonly by: 'organization' };

/** Who may copy into one vault. */
export interface CopyAccess {
  readonly vaultAccess: VaultAccess;
  /** Names of the sources' backup roles that copy here; none of them may copy in when there are none. */
  readonly copyingRoleNames: readonly string[];
  /** Who copies here because of a rollout: its units, and its single accounts. */
  readonly members: readonly MemberAccess[];
}

/** Accounts of rollouts that may copy into a vault, and the names of their backup roles. */
export interface MemberAccess {
  readonly vaultAccess: Extract<VaultAccess, { readonly by: 'accounts' | 'ouPaths' }>;
  readonly roleNames: readonly string[];
}
