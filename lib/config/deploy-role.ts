import type { Config } from './config';

/** An account as far as it says who deploys to it. */
interface DeployedTo {
  readonly accountId: string;
  readonly deployRole?: string | null | undefined;
}

/**
 * The role that Terraform assumes in an account, with its path; `null` where it assumes none. An account that says `null`
 * means it: only one that says nothing takes what is usual for it.
 */
export function deployRoleOf({ management, deployRole }: Config, account: DeployedTo): string | null {
  if (account.deployRole !== undefined) return account.deployRole;
  // The deploy role of member accounts does not exist in the management account.
  return account.accountId === management.accountId ? (management.deployRole ?? null) : deployRole;
}
