import type { Directory } from './directory';
import { constraintViolation, refused } from './errors';
import type { Call, Handlers } from './operations';
import { page } from './page';

/** Services that may work in the organization, accounts that administer them, and the organization's own policy. */
export const delegationHandlers = {
  EnableAWSServiceAccess: ({ ServicePrincipal }, { directory, now }) => {
    if (!directory.services.has(ServicePrincipal)) directory.services.set(ServicePrincipal, now);
    return {};
  },

  DisableAWSServiceAccess: ({ ServicePrincipal }, { directory }) => {
    if ((directory.delegations.get(ServicePrincipal)?.size ?? 0) > 0)
      throw constraintViolation(
        'The service still has a delegated administrator.',
        'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE',
      );
    directory.services.delete(ServicePrincipal);
    return {};
  },

  ListAWSServiceAccessForOrganization: (given, { directory }) => {
    const { items, NextToken } = page([...directory.services], given);
    const principals = items.map(([ServicePrincipal, DateEnabled]) => ({ ServicePrincipal, DateEnabled }));
    return { EnabledServicePrincipals: principals, NextToken };
  },

  RegisterDelegatedAdministrator: ({ AccountId, ServicePrincipal }, { directory, now }) => {
    const administrators = directory.delegations.get(ServicePrincipal) ?? new Map();
    if (!directory.isMember(AccountId))
      throw refused('AccountNotFoundException', "You specified an account that doesn't exist.");
    if (AccountId === directory.setup.managementAccountId)
      throw constraintViolation(
        'You cannot register master account/management account as delegated administrator for your organization.',
        'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
      );
    if (!directory.services.has(ServicePrincipal))
      throw constraintViolation(
        'You cannot register a delegated administrator for a service that has no access.',
        'SERVICE_ACCESS_NOT_ENABLED',
      );
    if (administrators.has(AccountId))
      throw refused('AccountAlreadyRegisteredException', 'The specified account is already a delegated administrator.');
    directory.delegations.set(ServicePrincipal, administrators.set(AccountId, now));
    return {};
  },

  DeregisterDelegatedAdministrator: ({ AccountId, ServicePrincipal }, { directory }) => {
    if (!directory.delegations.get(ServicePrincipal)?.delete(AccountId))
      throw refused('AccountNotRegisteredException', 'The specified account is not a delegated administrator.');
    return {};
  },

  ListDelegatedAdministrators: ({ ServicePrincipal, ...given }, { directory }) => {
    const { items, NextToken } = page(administratorsOf(directory, ServicePrincipal), given);
    return { DelegatedAdministrators: items, NextToken };
  },

  ListDelegatedServicesForAccount: ({ AccountId, ...given }, { directory }) => {
    const all = [...directory.delegations].flatMap(([ServicePrincipal, accounts]) => {
      const DelegationEnabledDate = accounts.get(AccountId);
      return DelegationEnabledDate ? [{ ServicePrincipal, DelegationEnabledDate }] : [];
    });
    const { items, NextToken } = page(all, given);
    return { DelegatedServices: items, NextToken };
  },

  PutResourcePolicy: ({ Content }, call) => {
    call.directory.resourcePolicy = Content;
    return { ResourcePolicy: resourcePolicyOf(call, Content) };
  },

  DescribeResourcePolicy: (_, call) => ({ ResourcePolicy: resourcePolicyOf(call, standing(call)) }),

  DeleteResourcePolicy: (_, call) => {
    standing(call);
    call.directory.resourcePolicy = undefined;
    return {};
  },
} satisfies Handlers;

function administratorsOf(directory: Directory, servicePrincipal: string | undefined) {
  const services = [...directory.delegations].filter(
    ([name]) => servicePrincipal === undefined || name === servicePrincipal,
  );
  return directory.setup.accounts.flatMap((account) => {
    const [since] = services.flatMap(([, accounts]) => accounts.get(account.id) ?? []);
    if (!since) return [];
    const { id, name, email } = account;
    return [
      {
        Id: id,
        Arn: directory.memberArn(account),
        Name: name,
        Email: email,
        Status: 'ACTIVE' as const,
        JoinedMethod: 'CREATED' as const,
        JoinedTimestamp: directory.created,
        DelegationEnabledDate: since,
      },
    ];
  });
}

function standing({ directory }: Call): string {
  if (directory.resourcePolicy === undefined)
    throw refused('ResourcePolicyNotFoundException', "We can't find a resource policy of the organization.");
  return directory.resourcePolicy;
}

function resourcePolicyOf({ directory }: Call, Content: string) {
  const { id, resourcePolicy } = directory.setup;
  const Id = resourcePolicy?.id ?? 'rp-sandbox00';
  return { ResourcePolicySummary: { Id, Arn: directory.arn(`resourcepolicy/${id}/${Id}`) }, Content };
}
