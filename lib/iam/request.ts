/** Who makes a request. */
export interface Caller {
  readonly kind: 'role' | 'user' | 'root' | 'service';
  /**
   * The IAM ARN of a role, a user or an account's root user; for a role session, the ARN of its role. Of a service, its
   * principal, such as `backup.amazonaws.com`.
   */
  readonly id: string;
  /** The caller's account; undefined for a service, which is in none. */
  readonly accountId: string | undefined;
}

/** One question: may this caller do this to that? */
export interface AccessRequest {
  readonly caller: Caller;
  /** One action with its service, such as `backup:CopyIntoBackupVault`; no wildcards. */
  readonly action: string;
  readonly resource: {
    /** One ARN, or `*` for an action that AWS does not authorize by resource. */
    readonly arn: string;
    /** The account that owns the resource, which not every ARN says. */
    readonly accountId: string;
  };
  /**
   * Condition keys, in any case, and their values. A list is a multivalued key however long it is; an empty one is a key
   * that is not there. `aws:PrincipalArn` and `aws:PrincipalAccount` come from the caller, whatever is written here.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}
