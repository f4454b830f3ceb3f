import { BackupClient, UpdateGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  ListPoliciesCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import type { Trial } from '../../sandbox/trial/trial';
import type { Fault, Undo } from './audit-faults';

const MANAGEMENT = '999999999999';
const DESTINATION = '222222222222';
const SOURCE = '111111111111';
const INTERN = 'arn:aws:iam::111111111111:role/intern';

/** Something done with AWS Organizations, and what takes it back. */
const inOrganization =
  (act: (organizations: OrganizationsClient) => Promise<() => Promise<unknown>>) =>
  async ({ aws, operators }: Trial): Promise<Undo> => {
    const client = new OrganizationsClient({
      region: 'us-east-1',
      endpoint: aws.url,
      credentials: operators.management,
    });
    const back = await act(client);
    return async () => {
      await back();
      client.destroy();
    };
  };

async function guardrail(organizations: OrganizationsClient) {
  const { Policies = [] } = await organizations.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }));
  return Policies.find(({ Name }) => Name === 'cab-guardrails-1')?.Id;
}

const BACKUP = { ServicePrincipal: 'backup.amazonaws.com' };

/** Faults of the organization itself, and of who is in it. */
export const ORGANIZATION_FAULTS: readonly Fault[] = [
  {
    name: 'an organization without copies between accounts',
    plant: async ({ aws, operators }) => {
      const backup = new BackupClient({ region: 'us-east-1', endpoint: aws.url, credentials: operators.management });
      const set = (isOn: boolean) =>
        new UpdateGlobalSettingsCommand({ GlobalSettings: { isCrossAccountBackupEnabled: `${isOn}` } });
      await backup.send(set(false));
      return async () => {
        await backup.send(set(true));
        backup.destroy();
      };
    },
    findings: [`error | ${MANAGEMENT} | global setting isCrossAccountBackupEnabled | false`],
  },
  {
    name: 'an organization that AWS Backup may not work in, nor anybody administer',
    plant: inOrganization(async (organizations) => {
      const administrator = { ...BACKUP, AccountId: DESTINATION };
      await organizations.send(new DeregisterDelegatedAdministratorCommand(administrator));
      await organizations.send(new DisableAWSServiceAccessCommand(BACKUP));
      return async () => {
        await organizations.send(new EnableAWSServiceAccessCommand(BACKUP));
        await organizations.send(new RegisterDelegatedAdministratorCommand(administrator));
      };
    }),
    findings: [
      `error | ${MANAGEMENT} | trusted access of AWS Backup | off`,
      `error | ${MANAGEMENT} | delegated administrator of backup.amazonaws.com | none`,
    ],
  },
  {
    name: 'an account that nobody guards',
    plant: inOrganization(async (organizations) => {
      const which = { PolicyId: await guardrail(organizations), TargetId: SOURCE };
      await organizations.send(new DetachPolicyCommand(which));
      return () => organizations.send(new AttachPolicyCommand(which));
    }),
    findings: [`error | ${MANAGEMENT} | service control policy cab-guardrails-1 | not attached to 111111111111`],
  },
  {
    name: 'a guardrail that lets somebody else through',
    plant: inOrganization(async (organizations) => {
      const PolicyId = await guardrail(organizations);
      const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId }));
      const document = JSON.parse(Policy?.Content ?? '') as { Statement: { Sid: string; Condition: Condition }[] };
      const [statement] = document.Statement;
      statement?.Condition.ArnNotLike?.['aws:PrincipalArn']?.push(INTERN);
      const put = (Content: string | undefined) => new UpdatePolicyCommand({ PolicyId, Content });
      await organizations.send(put(JSON.stringify(document)));
      return () => organizations.send(put(Policy?.Content));
    }),
    findings: [
      `error | ${MANAGEMENT} | service control policy cab-guardrails-1 | changed: DenyTamperingWithVaults (with ArnNotLike aws:principalarn ${INTERN})`,
    ],
  },
  {
    name: 'an account that has left',
    plant: async ({ aws }) => {
      const { directory } = aws.organizations;
      const account = directory.setup.accounts.find(({ id }) => id === SOURCE);
      const attached = directory.attachments.get(SOURCE);
      directory.remove(SOURCE);
      return async () => {
        if (account) directory.add(account);
        if (attached) directory.attachments.set(SOURCE, attached);
      };
    },
    findings: [
      `error | ${SOURCE} | account | not in the organization`,
      `error | ${MANAGEMENT} | service control policy cab-guardrails-1 | not attached to ${SOURCE}`,
    ],
  },
  {
    name: 'an account that nobody can enter',
    plant: async ({ aws, operators }) => {
      // As the role itself, which keeps its rights, and through the gateway, which remembers whom a role trusts.
      const credentials = await operators.of(DESTINATION);
      const iam = new IAMClient({ region: 'us-east-1', endpoint: aws.url, credentials });
      const RoleName = 'OrganizationAccountAccessRole';
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
      const put = (PolicyDocument: string) => new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument });
      await iam.send(put(before.replaceAll(MANAGEMENT, SOURCE)));
      return async () => {
        await iam.send(put(before));
        iam.destroy();
      };
    },
    findings: [`error | ${DESTINATION} | account | no role of the account can be assumed; `],
  },
];

type Condition = { ArnNotLike?: Record<string, string[]> };
