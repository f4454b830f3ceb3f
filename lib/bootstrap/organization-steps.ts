import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  DescribeOrganizationsAccessCommand,
} from '@aws-sdk/client-cloudformation';
import {
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  paginateListAWSServiceAccessForOrganization,
} from '@aws-sdk/client-organizations';
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from '@aws-sdk/client-ram';
import type { OrganizationAccess } from '../accounts/access';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { STACK_SETS_PRINCIPAL } from '../aws/cloudformation';
import { ask } from '../live/ask';
import { listAll } from '../live/list-all';
import type { PolicyType, Requirements, TrustedService } from './requirements';
import type { Call, Step } from './step';

/** What has to be switched on in the organization, as steps. */
export const organizationSteps = (access: OrganizationAccess, { services, policyTypes }: Requirements): Step[] => [
  ...services.map((service) => trustedAccess(access, service)),
  ...policyTypes.map((type) => policyType(access, type)),
];

const SERVICES: Readonly<Record<TrustedService, { what: string; principal: string }>> = {
  backup: { what: 'trusted access of AWS Backup', principal: BACKUP_PRINCIPAL },
  stackSets: { what: 'trusted access of StackSets', principal: STACK_SETS_PRINCIPAL },
  ram: { what: 'trusted access of RAM', principal: 'ram.amazonaws.com' },
};

/** Lets a service into the organization, by its own call where it has one: that makes its role in the same go. */
function trustedAccess(access: OrganizationAccess, service: TrustedService): Step {
  const { what, principal } = SERVICES[service];
  const calls = CALLS[service](access);
  const look = async () => {
    const isOn = service === 'stackSets' ? await isActivated(access) : (await trusted(access)).includes(principal);
    return { was: isOn ? 'on' : 'off', is: 'on', calls: isOn ? [] : [calls] };
  };
  return { what, where: access.where, look };
}

/**
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-ram.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
const CALLS: Readonly<Record<TrustedService, (access: OrganizationAccess) => Call>> = {
  backup: ({ organizations }) => {
    const parameters = { ServicePrincipal: SERVICES.backup.principal };
    return {
      service: 'organizations',
      operation: 'EnableAWSServiceAccess',
      parameters,
      send: () => organizations.send(new EnableAWSServiceAccessCommand(parameters)),
    };
  },
  stackSets: (access) => ({
    service: 'cloudformation',
    operation: 'ActivateOrganizationsAccess',
    parameters: {},
    send: () => cloudFormationOf(access).send(new ActivateOrganizationsAccessCommand({})),
  }),
  ram: ({ sessions, session }) => ({
    service: 'ram',
    operation: 'EnableSharingWithAwsOrganization',
    parameters: {},
    send: () =>
      sessions.client((config) => new RAMClient(config), session).send(new EnableSharingWithAwsOrganizationCommand({})),
  }),
};

const cloudFormationOf = ({ sessions, session }: OrganizationAccess) =>
  sessions.client((config) => new CloudFormationClient(config), session);

/** Organizations alone cannot tell: let in by it, StackSets still refuses to work before it is activated. */
async function isActivated(access: OrganizationAccess): Promise<boolean> {
  const { Status } = await ask('cloudformation:DescribeOrganizationsAccess', () =>
    cloudFormationOf(access).send(new DescribeOrganizationsAccessCommand({})),
  );
  return Status === 'ENABLED';
}

async function trusted({ organizations: client }: OrganizationAccess): Promise<string[]> {
  const services = await listAll(
    'organizations:ListAWSServiceAccessForOrganization',
    () => paginateListAWSServiceAccessForOrganization({ client }, {}),
    ({ EnabledServicePrincipals }) => EnabledServicePrincipals,
  );
  return services.flatMap(({ ServicePrincipal }) => ServicePrincipal ?? []);
}

function policyType({ organizations, rootId, where }: OrganizationAccess, type: PolicyType): Step {
  const parameters = { RootId: rootId, PolicyType: type };
  const enable: Call = {
    service: 'organizations',
    operation: 'EnablePolicyType',
    parameters,
    send: () => organizations.send(new EnablePolicyTypeCommand(parameters)),
  };
  const look = async () => {
    const { Roots = [] } = await ask('organizations:ListRoots', () => organizations.send(new ListRootsCommand({})));
    const types = Roots.find(({ Id }) => Id === rootId)?.PolicyTypes ?? [];
    const status = types.find((one) => one.Type === type)?.Status;
    const isOn = status === 'ENABLED' || status === 'PENDING_ENABLE';
    return { was: isOn ? 'enabled' : 'disabled', is: 'enabled', calls: isOn ? [] : [enable] };
  };
  return { what: `policy type ${type}`, where, look };
}
