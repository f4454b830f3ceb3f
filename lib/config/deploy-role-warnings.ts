import type { Config } from './config';
import type { Problem } from './config-error';
import { type PlacedAccount, placedAccounts } from './config-sites';
import { deployRoleOf } from './deploy-role';

/**
 * Roles that may do everything in the account that they are made with: they can change themselves.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
 * @see https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
 */
const ADMINISTRATORS: readonly string[] = ['OrganizationAccountAccessRole', 'AWSControlTowerExecution'];

/** How many accounts a warning names. */
const NAMED = 3;

/**
 * Guardrails let exempted roles alone change a deploy role, and one that bootstrap has made may not change itself: the next
 * Region or plan that asks more of it could not be deployed.
 */
export function deployRoleWarnings(config: Config): Problem[] {
  // No service control policy binds the management account.
  const bound = placedAccounts(config).filter(({ account }) => account.accountId !== config.management.accountId);
  const stuck = bound.filter(({ account }) => {
    const role = deployRoleOf(config, account);
    return role !== null && !ADMINISTRATORS.includes(role) && account.administrators.length === 0;
  });
  if (!config.guardrails.enabled || stuck.length === 0) return [];
  const inheriting = stuck.filter(({ account }) => account.deployRole === undefined);
  const own = stuck.filter(({ account }) => account.deployRole !== undefined);
  return [
    ...(inheriting.length > 0 ? [unchangeable(['deployRole'], inheriting)] : []),
    ...own.map((one) => unchangeable([...one.path, 'deployRole'], [one])),
  ];
}

function unchangeable(path: Problem['path'], accounts: readonly PlacedAccount[]): Problem {
  const names = accounts.slice(0, NAMED).map(({ name }) => name);
  const where = [...names, ...(accounts.length > NAMED ? [`${accounts.length - NAMED} more`] : [])].join(', ');
  return {
    path,
    message: `can be widened by nobody once guardrails are deployed, for there are no administrators in ${where}: name there a role that may do everything, such as OrganizationAccountAccessRole, or this one if it may`,
  };
}
