import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DeleteResourcePolicyCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  DetachPolicyCommand,
  DisableAWSServiceAccessCommand,
  DisablePolicyTypeCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListChildrenCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
  MoveAccountCommand,
  OrganizationsClient,
  PutResourcePolicyCommand,
  RegisterDelegatedAdministratorCommand,
  RemoveAccountFromOrganizationCommand,
  TagResourceCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';
import { createOrganizationsApi, type OrganizationsApi } from '../../sandbox/organizations-api/organizations-api';
import { aSetup } from './a-directory';
import { administratorOf, DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';

const ROOT = 'r-abc1';
const WORKLOADS = 'ou-abc1-workloads';
const BACKUP = 'backup.amazonaws.com';
const SCP = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'backup:*', Resource: '*' }],
});

let api: OrganizationsApi;
let gateway: Gateway;
let client: OrganizationsClient;
const clients: OrganizationsClient[] = [];
const clientOf = (accessKeyId: string) => {
  const credentials = { accessKeyId, secretAccessKey: 'none' };
  const made = new OrganizationsClient({ region: 'us-east-1', endpoint: gateway.url, credentials, maxAttempts: 1 });
  clients.push(made);
  return made;
};

beforeEach(async () => {
  api = createOrganizationsApi({ setup: aSetup(MANAGEMENT) });
  gateway = await startGateway({
    services: { organizations: api.serve },
    identify: async (accessKeyId) => administratorOf(accessKeyId),
  });
  client = clientOf(MANAGEMENT);
});
afterEach(async () => {
  for (const made of clients.splice(0)) made.destroy();
  await gateway.close();
});

const enable = (PolicyType: 'SERVICE_CONTROL_POLICY' | 'BACKUP_POLICY' = 'SERVICE_CONTROL_POLICY') =>
  client.send(new EnablePolicyTypeCommand({ RootId: ROOT, PolicyType }));
const create = async (
  Name = 'guard',
  Content = SCP,
  Type: 'SERVICE_CONTROL_POLICY' | 'BACKUP_POLICY' = 'SERVICE_CONTROL_POLICY',
) =>
  (await client.send(new CreatePolicyCommand({ Name, Content, Type, Description: '' }))).Policy?.PolicySummary?.Id ??
  '';

describe('the organization', () => {
  test('is there with its root, units and accounts', async () => {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ Id: 'o-abc1234567', MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' });
    expect((await client.send(new ListRootsCommand({}))).Roots).toMatchObject([{ Id: ROOT, PolicyTypes: [] }]);
    const { OrganizationalUnits } = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: ROOT }));
    expect(OrganizationalUnits).toMatchObject([{ Id: WORKLOADS, Name: 'Workloads' }]);
    const { Parents } = await client.send(new ListParentsCommand({ ChildId: SOURCE }));
    expect(Parents).toEqual([{ Id: WORKLOADS, Type: 'ORGANIZATIONAL_UNIT' }]);
    const first = await client.send(new ListAccountsCommand({ MaxResults: 2 }));
    const last = await client.send(new ListAccountsCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect([first, last].map(({ Accounts }) => Accounts?.length)).toEqual([2, 1]);
    const { Account } = await client.send(new DescribeAccountCommand({ AccountId: SOURCE }));
    expect(Account).toMatchObject({ Name: 'source', State: 'ACTIVE' });
    const below = await client.send(new ListAccountsForParentCommand({ ParentId: WORKLOADS }));
    expect(below.Accounts).toMatchObject([{ Id: SOURCE }]);
    const children = await client.send(new ListChildrenCommand({ ParentId: ROOT, ChildType: 'ORGANIZATIONAL_UNIT' }));
    expect(children.Children).toEqual([{ Id: WORKLOADS, Type: 'ORGANIZATIONAL_UNIT' }]);
    const unit = await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: WORKLOADS }));
    expect(unit.OrganizationalUnit?.Name).toBe('Workloads');
    expect(api.directory.pathOf(SOURCE)).toBe(`o-abc1234567/${ROOT}/${WORKLOADS}/`);
  });

  test('tells members who they are, and outsiders nothing', async () => {
    await expect(clientOf(SOURCE).send(new DescribeOrganizationCommand({}))).resolves.toBeDefined();
    await expect(clientOf(SOURCE).send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(clientOf(OUTSIDER).send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });

  test('lets the management account remove members, and not itself', async () => {
    const remove = (AccountId: string) =>
      clientOf(MANAGEMENT).send(new RemoveAccountFromOrganizationCommand({ AccountId }));
    await remove(DESTINATION);
    await expect(clientOf(DESTINATION).send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
    await expect(remove(DESTINATION)).rejects.toMatchObject({ name: 'AccountNotFoundException' });
    await expect(remove(MANAGEMENT)).rejects.toMatchObject({ name: 'MasterCannotLeaveOrganizationException' });
  });

  test('lets the management account move members to where they are not', async () => {
    const move = (SourceParentId: string, DestinationParentId: string, AccountId = SOURCE) =>
      client.send(new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }));
    await move(WORKLOADS, ROOT);
    const { Parents } = await client.send(new ListParentsCommand({ ChildId: SOURCE }));
    expect(Parents).toEqual([{ Id: ROOT, Type: 'ROOT' }]);
    await expect(move(WORKLOADS, ROOT)).rejects.toMatchObject({ name: 'SourceParentNotFoundException' });
    await expect(move(ROOT, 'ou-abc1-unknown0')).rejects.toMatchObject({
      name: 'DestinationParentNotFoundException',
    });
    await expect(move(ROOT, WORKLOADS, OUTSIDER)).rejects.toMatchObject({ name: 'AccountNotFoundException' });
  });

  test('lets an account that joins do what it may, as AWS does', async () => {
    await enable();
    api.directory.add({ id: OUTSIDER, name: 'newcomer', parentId: ROOT, email: 'newcomer@example.com' });
    const asked = new ListPoliciesForTargetCommand({ TargetId: OUTSIDER, Filter: 'SERVICE_CONTROL_POLICY' });
    const { Policies } = await client.send(asked);
    expect(Policies?.map(({ Name }) => Name)).toEqual(['FullAWSAccess']);
  });

  test('refuses by name what the sandbox does not serve', async () => {
    await expect(
      clientOf(MANAGEMENT).send(new CreateAccountCommand({ Email: 'a@example.com', AccountName: 'a' })),
    ).rejects.toMatchObject({
      name: 'OperationNotInSandbox',
      message: expect.stringContaining('organizations:CreateAccount'),
    });
  });
});

describe('a policy', () => {
  test('is made, changed, attached, detached and deleted', async () => {
    await enable();
    const PolicyId = await create();
    await client.send(new UpdatePolicyCommand({ PolicyId, Name: 'guards' }));
    await client.send(new TagResourceCommand({ ResourceId: PolicyId, Tags: [{ Key: 'Owner', Value: 'backup' }] }));
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: WORKLOADS }));

    expect((await client.send(new DescribePolicyCommand({ PolicyId }))).Policy).toMatchObject({
      Content: SCP,
      PolicySummary: {
        Name: 'guards',
        Arn: `arn:aws:organizations::${MANAGEMENT}:policy/o-abc1234567/service_control_policy/${PolicyId}`,
      },
    });
    const { Targets } = await client.send(new ListTargetsForPolicyCommand({ PolicyId }));
    expect(Targets).toMatchObject([{ TargetId: WORKLOADS, Type: 'ORGANIZATIONAL_UNIT' }]);
    const tags = await client.send(new ListTagsForResourceCommand({ ResourceId: PolicyId }));
    expect(tags.Tags).toEqual([{ Key: 'Owner', Value: 'backup' }]);
    const names = api.directory.serviceControlPolicies(SOURCE).map((level) => level.map(({ name }) => name));
    expect(names).toEqual([['FullAWSAccess'], ['FullAWSAccess', 'guards'], ['FullAWSAccess']]);
    expect(api.directory.serviceControlPolicies(MANAGEMENT)).toEqual([]);

    await expect(client.send(new DeletePolicyCommand({ PolicyId }))).rejects.toMatchObject({
      name: 'PolicyInUseException',
    });
    await client.send(new DetachPolicyCommand({ PolicyId, TargetId: WORKLOADS }));
    await client.send(new DeletePolicyCommand({ PolicyId }));
    const left = await client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }));
    expect(left.Policies?.map(({ Name }) => Name)).toEqual(['FullAWSAccess']);
  });

  test('of backups has its own type', async () => {
    await enable('BACKUP_POLICY');
    const content = JSON.stringify({ plans: {} });
    const PolicyId = await create('daily', content, 'BACKUP_POLICY');
    await client.send(new AttachPolicyCommand({ PolicyId, TargetId: SOURCE }));
    const given = { TargetId: SOURCE, Filter: 'BACKUP_POLICY' as const };
    expect((await client.send(new ListPoliciesForTargetCommand(given))).Policies).toMatchObject([{ Id: PolicyId }]);
    await client.send(new DisablePolicyTypeCommand({ RootId: ROOT, PolicyType: 'BACKUP_POLICY' }));
    expect((await client.send(new ListPoliciesForTargetCommand(given))).Policies).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['its type is not enabled', async () => attach(await create()), 'PolicyTypeNotEnabledException'],
    ['its name is taken', async () => [await create(), await create()], 'DuplicatePolicyException'],
    ['it is too long', () => create('long', SCP + ' '.repeat(10_240)), 'ConstraintViolationException'],
    ['it is of another grammar', () => create('odd', '{"plans":{}}'), 'MalformedPolicyDocumentException'],
    [
      'it names principals',
      () => create('odd', SCP.replace('"Effect"', '"Principal":"*","Effect"')),
      'MalformedPolicyDocumentException',
    ],
    ['it is attached twice', async () => twice(await create()), 'DuplicatePolicyAttachmentException'],
    ['its target is not there', async () => attach(await create(), '000000000000'), 'TargetNotFoundException'],
    ['it is not there', () => attach('p-00000000'), 'PolicyNotFoundException'],
    ['it is the last of its target', () => detachLast(), 'ConstraintViolationException'],
    ['its type is enabled already', async () => [await enable(), await enable()], 'PolicyTypeAlreadyEnabledException'],
  ])('is refused when %s', async (_, attempt, name) => {
    await expect(attempt()).rejects.toMatchObject({ name });
  });

  const attach = (PolicyId: string, TargetId = WORKLOADS) =>
    client.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  const twice = async (PolicyId: string) => [await enable(), await attach(PolicyId), await attach(PolicyId)];
  const detachLast = async () => {
    await enable();
    await client.send(new DetachPolicyCommand({ PolicyId: 'p-FullAWSAccess', TargetId: WORKLOADS }));
  };
});

describe('a delegated administrator', () => {
  const register = (AccountId: string) =>
    client.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: BACKUP }));
  const letIn = () => client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: BACKUP }));

  test('is registered once its service is let in, may read, and goes first', async () => {
    await letIn();
    await register(DESTINATION);
    const services = await client.send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(services.EnabledServicePrincipals).toMatchObject([{ ServicePrincipal: BACKUP }]);
    const list = new ListDelegatedAdministratorsCommand({ ServicePrincipal: BACKUP });
    expect((await clientOf(DESTINATION).send(list)).DelegatedAdministrators).toMatchObject([{ Id: DESTINATION }]);

    const ofAccount = new ListDelegatedServicesForAccountCommand({ AccountId: DESTINATION });
    expect((await client.send(ofAccount)).DelegatedServices).toMatchObject([{ ServicePrincipal: BACKUP }]);
    const letOut = () => client.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: BACKUP }));
    await expect(letOut()).rejects.toMatchObject({ name: 'ConstraintViolationException' });
    const given = { AccountId: DESTINATION, ServicePrincipal: BACKUP };
    await client.send(new DeregisterDelegatedAdministratorCommand(given));
    await letOut();
  });

  test('is refused before its service is let in, and in the management account', async () => {
    await expect(register(DESTINATION)).rejects.toMatchObject({ Reason: 'SERVICE_ACCESS_NOT_ENABLED' });
    await letIn();
    await expect(register(MANAGEMENT)).rejects.toMatchObject({
      Reason: 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
    });
    await register(DESTINATION);
    await expect(register(DESTINATION)).rejects.toMatchObject({ name: 'AccountAlreadyRegisteredException' });
  });

  test('may do more where the resource policy names it', async () => {
    const read = new DescribeResourcePolicyCommand({});
    await expect(client.send(read)).rejects.toMatchObject({ name: 'ResourcePolicyNotFoundException' });
    await client.send(
      new PutResourcePolicyCommand({
        Content: SCP.replace('"Effect"', `"Principal":{"AWS":"${DESTINATION}"},"Effect"`),
      }),
    );
    expect((await clientOf(DESTINATION).send(read)).ResourcePolicy?.Content).toContain(DESTINATION);
    await client.send(new DeleteResourcePolicyCommand({}));
    expect(api.directory.resourcePolicy).toBeUndefined();
  });
});
