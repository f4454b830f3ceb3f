import type { CallerIdentity } from './exchange';

/** May this caller do this? Asked of every operation, and of what an operation does besides, such as `iam:PassRole`. */
export interface AuthorizationRequest {
  readonly caller: CallerIdentity;
  /** Such as `backup:DeleteRecoveryPoint`. */
  readonly action: string;
  readonly resource: { readonly arn: string; readonly accountId: string };
  /** The policy of the resource, or of the vault that holds it, as it was put; undefined when there is none. */
  readonly resourcePolicy: string | undefined;
  readonly region: string;
  /** Condition keys, such as `backup:CopyTargets` and `aws:PrincipalOrgID`; who calls is the evaluator's to add. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Nothing when it may; otherwise why not, as AWS words it after the resource: `because no identity-based policy …`. */
export type Authorize = (request: AuthorizationRequest) => Promise<string | undefined> | string | undefined;
