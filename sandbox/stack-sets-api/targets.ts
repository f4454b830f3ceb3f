import type { DeploymentTargets } from '@aws-sdk/client-cloudformation';
import type { Directory } from '../organizations-api/directory';
import type { Given } from '../wire/typed';
import { invalid } from './errors';

/** An account, and the unit or root that it was asked for by. */
export interface TargetAccount {
  readonly accountId: string;
  readonly unitId: string;
}

/**
 * The accounts that targets come to: all below a unit, or those among them that a filter lets pass. The management
 * account is never one.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html
 */
export function accountsIn(directory: Directory, targets: Given<DeploymentTargets> | undefined): TargetAccount[] {
  const { OrganizationalUnitIds: unitIds = [], Accounts = [], AccountFilterType: filter = 'NONE' } = targets ?? {};
  if (unitIds.length === 0)
    throw invalid('OrganizationalUnitIds are required for stack sets with SERVICE_MANAGED permissions');
  if (targets?.AccountsUrl !== undefined || filter === 'UNION')
    throw invalid('the sandbox serves targets by units, and accounts among them by INTERSECTION or DIFFERENCE');
  if ((filter === 'NONE') !== (Accounts.length === 0))
    throw invalid('Accounts and AccountFilterType go together in DeploymentTargets');
  const wrong = unitIds.find((id) => !/^(ou|r)-/.test(id) || !directory.member(id));
  if (wrong !== undefined) throw invalid(`Invalid organizational unit: ${wrong}`);
  const passes = (id: string) =>
    filter === 'INTERSECTION' ? Accounts.includes(id) : filter === 'DIFFERENCE' ? !Accounts.includes(id) : true;
  return membersBelow(directory, unitIds).filter(({ accountId }) => passes(accountId));
}

/** Each member account that is below one of the units, with the first that it is below. */
export function membersBelow(directory: Directory, unitIds: readonly string[]): TargetAccount[] {
  return directory.setup.accounts.flatMap(({ id }) => {
    const line = directory.lineOf(id).map((member) => member.id);
    const unitId = unitIds.find((unit) => line.includes(unit));
    return unitId === undefined || id === directory.managementAccountId ? [] : [{ accountId: id, unitId }];
  });
}
