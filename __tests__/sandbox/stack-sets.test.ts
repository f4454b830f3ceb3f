import {
  ActivateOrganizationsAccessCommand,
  CreateStackInstancesCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeOrganizationsAccessCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DetectStackSetDriftCommand,
  ListStackSetAutoDeploymentTargetsCommand,
  ListStackSetOperationsCommand,
  ListStackSetsCommand,
  UpdateStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  anAccount,
  aStackSetWorld,
  aTemplate,
  DELEGATE,
  IN_INNER,
  IN_OUTER,
  INNER,
  type NamedSet,
  OUTER,
  REGION,
  ROOT,
  type StackSetWorld,
} from './a-stack-set-world';
import { MANAGEMENT } from './backup-client';
import { describeWithMoto } from './policed';

const SERVICE = 'member.org.stacksets.cloudformation.amazonaws.com';
/** Joined by nobody. */
const MANUAL = { AutoDeployment: { Enabled: false } };

describeWithMoto('StackSets', () => {
  let world: StackSetWorld;
  beforeAll(async () => {
    world = await aStackSetWorld();
  });
  afterAll(() => world.stop());

  test('are made, told of and taken away', async () => {
    const { id, which } = await world.create('told', {
      Description: 'a <baseline> & more',
      Tags: [{ Key: 'owner', Value: 'us' }],
    });
    const { StackSet } = await world.client.send(new DescribeStackSetCommand(which));
    expect(StackSet).toMatchObject({
      StackSetId: id,
      StackSetARN: `arn:aws:cloudformation:us-east-1:${MANAGEMENT}:stackset/${id}`,
      Status: 'ACTIVE',
      Description: 'a <baseline> & more',
      TemplateBody: aTemplate('told'),
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      ManagedExecution: { Active: true },
      Tags: [{ Key: 'owner', Value: 'us' }],
    });
    await expect(world.create('told')).rejects.toMatchObject({ name: 'NameAlreadyExistsException' });
    const { Summaries } = await world.client.send(new ListStackSetsCommand({ Status: 'ACTIVE' }));
    expect(Summaries?.map(({ StackSetName }) => StackSetName)).toEqual(['told']);
    await world.client.send(new DeleteStackSetCommand(which));
    await expect(world.client.send(new DescribeStackSetCommand(which))).rejects.toMatchObject({
      name: 'StackSetNotFoundException',
    });
  });

  test('have stacks in every account below a unit, and never in the management account', async () => {
    const set = await world.create('everywhere', MANUAL);
    expect(await set.deploy({ OrganizationalUnitIds: [ROOT] })).toEqual({
      status: 'SUCCEEDED',
      results: [DELEGATE, IN_OUTER, IN_INNER].map((id) => `${id} ${REGION} SUCCEEDED`),
    });
    const which = { ...set.which, StackInstanceAccount: IN_INNER, StackInstanceRegion: REGION };
    const { StackInstance } = await world.client.send(new DescribeStackInstanceCommand(which));
    expect(StackInstance).toMatchObject({ Status: 'CURRENT', OrganizationalUnitId: ROOT });
    await expect(
      world.client.send(new DescribeStackInstanceCommand({ ...which, StackInstanceAccount: MANAGEMENT })),
    ).rejects.toMatchObject({ name: 'StackInstanceNotFoundException' });
  });

  test('have stacks in single accounts by a filter, which nobody joins', async () => {
    const set = await world.create('single', MANUAL);
    await set.deploy({ OrganizationalUnitIds: [ROOT], AccountFilterType: 'INTERSECTION', Accounts: [IN_INNER] });
    expect(await set.instances()).toEqual([`${IN_INNER} ${REGION} CURRENT`]);
    const { Summaries } = await world.client.send(new ListStackSetAutoDeploymentTargetsCommand(set.which));
    expect(Summaries ?? []).toEqual([]);
    await expect(set.deploy({ Accounts: [IN_INNER] })).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('are not deleted with stacks in them, which stay when that is asked for', async () => {
    const set = await world.create('left', MANUAL);
    await set.deploy({ OrganizationalUnitIds: [INNER] });
    await expect(world.client.send(new DeleteStackSetCommand(set.which))).rejects.toMatchObject({
      name: 'StackSetNotEmptyException',
    });
    const { OperationId } = await world.client.send(
      new DeleteStackInstancesCommand({
        ...set.which,
        DeploymentTargets: { OrganizationalUnitIds: [INNER] },
        Regions: [REGION],
        RetainStacks: true,
      }),
    );
    expect(await set.outcomeOf(OperationId)).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.aws.stackSets.stackSets.leftBehind).toContainEqual({
      accountId: IN_INNER,
      region: REGION,
      physicalId: `left-${REGION}`,
    });
    const { Summaries } = await world.client.send(new ListStackSetOperationsCommand(set.which));
    expect(Summaries?.map(({ Action }) => Action)).toEqual(['DELETE', 'CREATE']);
    await world.client.send(new DeleteStackSetCommand(set.which));
  });

  test('work on one thing at a time: what comes meanwhile queues, or is refused', async () => {
    const queueing = await world.create('queueing', MANUAL);
    const refusing = await world.create('refusing', { ...MANUAL, ManagedExecution: { Active: false } });
    const ask = ({ which }: NamedSet, region: string, OperationId?: string) => {
      const DeploymentTargets = { OrganizationalUnitIds: [INNER] };
      return world.client.send(
        new CreateStackInstancesCommand({ ...which, DeploymentTargets, Regions: [region], OperationId }),
      );
    };
    await ask(queueing, 'us-east-2', 'first');
    const { OperationId } = await ask(queueing, 'us-west-2');
    await expect(ask(queueing, 'us-east-2', 'first')).rejects.toMatchObject({
      name: 'OperationIdAlreadyExistsException',
    });
    await ask(refusing, 'us-east-2');
    await expect(ask(refusing, 'us-west-2')).rejects.toMatchObject({ name: 'OperationInProgressException' });
    expect(await queueing.outcomeOf(OperationId)).toEqual({
      status: 'SUCCEEDED',
      results: [`${IN_INNER} us-west-2 SUCCEEDED`],
    });
  });

  test('come to an account that joins a unit or is moved there, and stay when it goes', async () => {
    const { directory } = world.aws.organizations;
    const set = await world.create('following');
    await set.deploy({ OrganizationalUnitIds: [OUTER] });
    directory.add(anAccount('444444444444', INNER));
    directory.add(anAccount('555555555555', ROOT));
    const before = [`${IN_OUTER} ${REGION} CURRENT`, `${IN_INNER} ${REGION} CURRENT`];
    expect(await set.instances()).toEqual([...before, `444444444444 ${REGION} CURRENT`]);

    directory.move('555555555555', INNER);
    directory.remove('444444444444');
    expect(await set.instances()).toEqual([...before, `555555555555 ${REGION} CURRENT`]);
    expect(world.aws.stackSets.stackSets.leftBehind).toContainEqual({
      accountId: '444444444444',
      region: REGION,
      physicalId: `following-${REGION}`,
    });
  });

  test('are a delegated administrator’s too, once the organization has let them in and named it', async () => {
    const delegate = await world.clientOf(DELEGATE);
    const list = (CallAs: 'SELF' | 'DELEGATED_ADMIN', client = delegate) =>
      client.send(new ListStackSetsCommand({ CallAs }));
    await expect(list('DELEGATED_ADMIN')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Account used is not a delegated administrator',
    });
    await expect(list('SELF')).rejects.toMatchObject({ name: 'ValidationError' });
    const { services, delegations } = world.aws.organizations.directory;
    delegations.set(SERVICE, new Map([[DELEGATE, new Date()]]));
    await world.create('shared');
    const { Summaries } = await list('DELEGATED_ADMIN');
    expect(Summaries?.map(({ StackSetName }) => StackSetName)).toContain('shared');

    await expect(delegate.send(new ActivateOrganizationsAccessCommand({}))).rejects.toMatchObject({
      name: 'InvalidOperationException',
    });
    services.delete(SERVICE);
    expect((await world.client.send(new DescribeOrganizationsAccessCommand({}))).Status).toBe('DISABLED');
    await expect(list('SELF', world.client)).rejects.toMatchObject({
      message: 'You must enable organizations access to operate a service managed stack set',
    });
    await world.client.send(new ActivateOrganizationsAccessCommand({}));
  });

  test('refuse what AWS refuses, and name what the sandbox does not serve', async () => {
    const refusals = [
      ['OperationNotInSandbox', { PermissionModel: 'SELF_MANAGED' }],
      ['InsufficientCapabilitiesException', { Capabilities: [] }],
      ['ValidationError', { TemplateBody: 'Resources: {}' }],
      ['ValidationError', { AutoDeployment: { Enabled: false, RetainStacksOnAccountRemoval: true } }],
    ] as const;
    for (const [name, given] of refusals)
      await expect(world.create('refused', given as object)).rejects.toMatchObject({ name });
    const set = await world.create('refused');
    await expect(set.outcomeOf('unknown')).rejects.toMatchObject({ name: 'OperationNotFoundException' });
    await expect(world.client.send(new DetectStackSetDriftCommand(set.which))).rejects.toMatchObject({
      name: 'OperationNotInSandbox',
    });
    const asked = { ...set.which, Regions: [REGION], DeploymentTargets: { OrganizationalUnitIds: [OUTER] } };
    await expect(world.client.send(new UpdateStackInstancesCommand(asked))).rejects.toMatchObject({
      name: 'StackInstanceNotFoundException',
    });
  });
});
