import type { Directory, Member } from './directory';
import { refused, targetNotFound } from './errors';
import type { Call, Handlers } from './operations';
import { page } from './page';

/** Who is in the organization, and where. */
export const memberHandlers = {
  DescribeOrganization: (_, { directory }) => {
    const { id, managementAccountId } = directory.setup;
    return {
      Organization: {
        Id: id,
        Arn: directory.arn(`organization/${id}`),
        FeatureSet: 'ALL',
        MasterAccountId: managementAccountId,
        MasterAccountArn: directory.arn(`account/${id}/${managementAccountId}`),
        MasterAccountEmail: account(directory, managementAccountId)?.Email,
      },
    };
  },

  ListRoots: (_, { directory }) => ({
    Roots: [
      {
        Id: directory.setup.rootId,
        Name: 'Root',
        Arn: directory.arn(`root/${directory.setup.id}/${directory.setup.rootId}`),
        PolicyTypes: [...directory.enabledTypes].map((Type) => ({ Type, Status: 'ENABLED' as const })),
      },
    ],
  }),

  ListAccounts: (given, { directory }) => {
    const { items, NextToken } = page(directory.setup.accounts, given);
    return { Accounts: items.map(({ id }) => account(directory, id)).filter((it) => it !== undefined), NextToken };
  },

  ListAccountsForParent: ({ ParentId, ...given }, call) => {
    const below = call.directory.setup.accounts.filter(({ parentId }) => parentId === memberOf(call, ParentId).id);
    const { items, NextToken } = page(below, given);
    return { Accounts: items.map(({ id }) => account(call.directory, id)).filter((it) => it !== undefined), NextToken };
  },

  DescribeAccount: ({ AccountId }, { directory }) => {
    const Account = account(directory, AccountId);
    if (!Account) throw refused('AccountNotFoundException', "You specified an account that doesn't exist.");
    return { Account };
  },

  ListParents: ({ ChildId }, call) => {
    const { parentId } = memberOf(call, ChildId, 'ChildNotFoundException');
    if (parentId === undefined) return { Parents: [] };
    return { Parents: [{ Id: parentId, Type: parentId.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
  },

  ListChildren: ({ ParentId, ChildType, ...given }, call) => {
    const { id } = memberOf(call, ParentId);
    const { units, accounts } = call.directory.setup;
    const below = (ChildType === 'ACCOUNT' ? accounts : units).filter(({ parentId }) => parentId === id);
    const { items, NextToken } = page(below, given);
    return { Children: items.map((child) => ({ Id: child.id, Type: ChildType })), NextToken };
  },

  ListOrganizationalUnitsForParent: ({ ParentId, ...given }, call) => {
    const { id } = memberOf(call, ParentId);
    const below = call.directory.setup.units.filter(({ parentId }) => parentId === id);
    const { items, NextToken } = page(below, given);
    return { OrganizationalUnits: items.map((unit) => unitOf(call.directory, unit)), NextToken };
  },

  DescribeOrganizationalUnit: ({ OrganizationalUnitId }, { directory }) => {
    const unit = directory.setup.units.find(({ id }) => id === OrganizationalUnitId);
    if (!unit) throw refused('OrganizationalUnitNotFoundException', "We can't find an OU with that id.");
    return { OrganizationalUnit: unitOf(directory, unit) };
  },

  MoveAccount: ({ AccountId, SourceParentId, DestinationParentId }, { directory }) => {
    const moved = directory.setup.accounts.find(({ id }) => id === AccountId);
    if (!moved) throw refused('AccountNotFoundException', "You specified an account that doesn't exist.");
    if (moved.parentId !== SourceParentId)
      throw refused(
        'SourceParentNotFoundException',
        "We can't find a source root or OU with the ParentId that you specified.",
      );
    const destination = directory.member(DestinationParentId);
    if (!destination || /^\d/.test(DestinationParentId))
      throw refused('DestinationParentNotFoundException', "We can't find the destination container with that ID.");
    directory.move(AccountId, DestinationParentId);
    return {};
  },

  LeaveOrganization: (_, { caller, directory }) => {
    leave(directory, caller.accountId);
    return {};
  },

  RemoveAccountFromOrganization: ({ AccountId }, { directory }) => {
    if (!account(directory, AccountId))
      throw refused('AccountNotFoundException', "You specified an account that doesn't exist.");
    leave(directory, AccountId);
    return {};
  },
} satisfies Handlers;

function leave(directory: Directory, accountId: string): void {
  if (accountId === directory.managementAccountId)
    throw refused('MasterCannotLeaveOrganizationException', 'The management account cannot leave the organization.');
  directory.remove(accountId);
}

const unitOf = (directory: Directory, unit: Member) => ({
  Id: unit.id,
  Name: unit.name,
  Arn: directory.memberArn(unit),
});

function account(directory: Directory, accountId: string) {
  const found = directory.setup.accounts.find(({ id }) => id === accountId);
  return (
    found && {
      Id: found.id,
      Arn: directory.memberArn(found),
      Name: found.name,
      Email: found.email,
      State: found.state ?? ('ACTIVE' as const),
      JoinedMethod: 'CREATED' as const,
      JoinedTimestamp: directory.created,
    }
  );
}

function memberOf({ directory }: Call, id: string, shape?: string): Member {
  const member = directory.member(id);
  if (member) return member;
  throw shape === undefined ? targetNotFound() : refused(shape, "We can't find an OU or account with that id.");
}
