import {
  DisableAllowedImagesSettingsCommand,
  EC2Client,
  EnableAllowedImagesSettingsCommand,
} from '@aws-sdk/client-ec2';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DeleteResourcePolicyCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribeResourcePolicyCommand,
  DetachPolicyCommand,
  ListPoliciesCommand,
  PutResourcePolicyCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import type { Finding } from '../../lib/audit/finding';
import { motoIsMissing } from '../../sandbox/tools/moto';
import { iamOf } from '../../sandbox/trial/found-organization';
import { aPlan } from '../support/a-config';
import { aRolloutConfig, ROOT } from '../support/a-rollout';
import { describeWhere } from '../support/describe-where';
import { aRolledOutOrganization, type RolledOut } from './a-rolled-out-organization';
import type { Instance } from './stack-instances';

const UNIT = 'ou-abc1-workload';
const TEAM = 'ou-abc1-teamteam';
const [IN_UNIT, IN_TEAM, ALONE] = ['555555555555', '666666666666', '444444444444'];
const REGIONS = ['us-east-1', 'us-east-2'];
const UNITS_STACK_SET = 'cab-baseline-units';

const current = (...accounts: string[]): Instance[] =>
  accounts.flatMap((account) => REGIONS.map((region) => ({ account, region, status: 'CURRENT' as const })));

/** As the StackSets should be. */
const CLEAN = { [UNITS_STACK_SET]: current(IN_UNIT, IN_TEAM), 'cab-baseline-accounts': current(ALONE) };

jest.setTimeout(120_000);

describeWhere({ missing: motoIsMissing(), what: 'the audit of rollouts' }, 'the audit of rollouts', () => {
  let world: RolledOut;
  /** What the destination has, another test shows. */
  const look = async () => (await world.audit()).findings.filter(({ where }) => where.accountId !== '222222222222');
  const linesOf = (findings: readonly Finding[]) =>
    findings.map(({ severity, where: { accountId, region = '' }, what, found }) =>
      [severity, `${accountId} ${region}`.trim(), what, found].join(' | '),
    );

  beforeAll(async () => {
    const config = aRolloutConfig({
      rollouts: [
        { name: 'workloads', plans: ['daily'], regions: REGIONS, ous: [`${ROOT}${UNIT}/`], accounts: [ALONE] },
      ],
      policies: { runFrom: 'vault', delegation: { existing: 'none' }, baseline: { createResourceKey: true } },
      plans: { daily: aPlan() },
      others: { guardrails: { enabled: false } },
    });
    const units = [
      { id: UNIT, name: 'workload', parentId: 'r-abc1' },
      { id: TEAM, name: 'team', parentId: UNIT },
    ];
    const joined = [
      { accountId: IN_UNIT, unit: UNIT },
      { accountId: IN_TEAM, unit: TEAM },
      { accountId: ALONE, unit: 'r-abc1' },
    ];
    world = await aRolledOutOrganization(config, units, joined);
  });
  beforeEach(() => {
    for (const [name, instances] of Object.entries(CLEAN)) world.instances.set(name, [...instances]);
  });
  afterAll(() => world?.stop());

  test('finds accounts of units, of units below them and single ones, and nothing wrong in them', async () => {
    const { findings: _, ...counts } = await world.audit();
    expect(linesOf(await look())).toEqual([]);
    expect(counts).toMatchObject({ accounts: 5, places: 7 });
  });

  test.each([
    [
      'is not up to date',
      { account: IN_TEAM, region: 'us-east-2', status: 'OUTDATED', detail: 'FAILED', reason: 'Vault exists' },
      `error | ${IN_TEAM} us-east-2 | stack of ${UNITS_STACK_SET} | OUTDATED, FAILED, Vault exists`,
    ],
    [
      'cannot be worked on',
      { account: IN_TEAM, region: 'us-east-2', status: 'INOPERABLE', detail: 'INOPERABLE' },
      `error | ${IN_TEAM} us-east-2 | stack of ${UNITS_STACK_SET} | INOPERABLE, INOPERABLE`,
    ],
    [
      'is worked on',
      { account: IN_TEAM, region: 'us-east-2', status: 'OUTDATED', detail: 'RUNNING' },
      `warning | ${IN_TEAM} us-east-2 | stack of ${UNITS_STACK_SET} | OUTDATED, RUNNING`,
    ],
    ['is not there', undefined, `error | ${IN_TEAM} us-east-2 | stack of ${UNITS_STACK_SET} | not there`],
  ] as const)('finds a stack that %s', async (_, instance, line) => {
    world.instances.set(UNITS_STACK_SET, [...CLEAN[UNITS_STACK_SET].slice(0, -1), ...(instance ? [instance] : [])]);
    expect(linesOf(await look())).toEqual([line]);
  });

  test('finds that a StackSet is not there', async () => {
    world.instances.delete('cab-baseline-accounts');
    expect(linesOf(await look())).toEqual(['error | 999999999999 | StackSet cab-baseline-accounts | not there']);
  });

  test('finds an account that joined a unit and has nothing yet', async () => {
    world.aws.organizations.directory.add({ id: '888888888888', name: 'new', parentId: TEAM, email: 'a@example.com' });
    const lines = linesOf(await look());
    world.aws.organizations.directory.remove('888888888888');
    expect(lines).toEqual([
      ...REGIONS.map((region) => `error | 888888888888 ${region} | stack of ${UNITS_STACK_SET} | not there`),
      expect.stringMatching(/^error \| 888888888888 \| account \| no role of the account can be assumed; /),
    ]);
  });

  test('finds an account that is reached by its id and by a unit', async () => {
    const { directory } = world.aws.organizations;
    const before = directory.setup.accounts;
    directory.setup.accounts = before.map((account) =>
      account.id === ALONE ? { ...account, parentId: TEAM } : account,
    );
    world.instances.set(UNITS_STACK_SET, current(IN_UNIT, IN_TEAM, ALONE));
    const lines = linesOf(await look());
    directory.setup.accounts = before;
    expect(lines).toEqual([
      `error | ${ALONE} | rollouts | reached twice in us-east-1, us-east-2: by its id (workloads) and by a unit (workloads)`,
    ]);
  });

  const policyId = async () => {
    const { Policies: [policy] = [] } = await world.organizations.send(
      new ListPoliciesCommand({ Filter: 'BACKUP_POLICY' }),
    );
    return policy?.Id;
  };

  test('finds that somebody merges into a plan', async () => {
    const merged = {
      plans: {
        'cab-daily-us-east-1-org': {
          rules: { 'daily-kept-35-days': { lifecycle: { delete_after_days: { '@@assign': '3' } } } },
        },
      },
    };
    const order = {
      Name: 'intruder',
      Description: '',
      Type: 'BACKUP_POLICY',
      Content: JSON.stringify(merged),
    } as const;
    const PolicyId = (await world.organizations.send(new CreatePolicyCommand(order))).Policy?.PolicySummary?.Id;
    await world.organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: IN_TEAM }));
    const lines = linesOf(await look());
    await world.organizations.send(new DetachPolicyCommand({ PolicyId, TargetId: IN_TEAM }));
    await world.organizations.send(new DeletePolicyCommand({ PolicyId }));
    expect(lines).toEqual([
      `error | ${IN_TEAM} | plan cab-daily-us-east-1-org of the effective policy | rules.daily-kept-35-days.lifecycle.delete_after_days 3 instead of 35`,
    ]);
  });

  test('finds that a policy is not attached', async () => {
    const which = { PolicyId: await policyId(), TargetId: ALONE };
    await world.organizations.send(new DetachPolicyCommand(which));
    const lines = linesOf(await look());
    await world.organizations.send(new AttachPolicyCommand(which));
    expect(lines).toEqual(
      REGIONS.map((region) => `error | ${ALONE} | plan cab-daily-${region}-org of the effective policy | not there`),
    );
  });

  test('finds what somebody has written into a role, which the config does not have', async () => {
    const iam = iamOf(world.aws.motoUrl, IN_UNIT);
    const which = { RoleName: 'cab-restore-us-east-2-org', PolicyName: 'Everything' };
    const Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ ...which, PolicyDocument }));
    const lines = linesOf(await look());
    await iam.send(new DeleteRolePolicyCommand(which));
    iam.destroy();
    expect(lines).toEqual([
      `warning | ${IN_UNIT} us-east-2 | policies of restore role cab-restore-us-east-2-org | has Everything besides`,
    ]);
  });

  test('finds that nobody may administer, and that the resource policy is gone or another', async () => {
    const { organizations } = world;
    const administrator = {
      AccountId: '222222222222',
      ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com',
    };
    const { ResourcePolicy } = await organizations.send(new DescribeResourcePolicyCommand({}));
    await organizations.send(new DeregisterDelegatedAdministratorCommand(administrator));
    await organizations.send(new DeleteResourcePolicyCommand({}));
    const lines = linesOf(await look());
    const open = ResourcePolicy?.Content?.replace('"organizations:DetachPolicy"', '"organizations:DisablePolicyType"');
    await organizations.send(new PutResourcePolicyCommand({ Content: open }));
    const changed = linesOf(await look());
    await organizations.send(new PutResourcePolicyCommand({ Content: ResourcePolicy?.Content }));
    await organizations.send(new RegisterDelegatedAdministratorCommand(administrator));
    const lost = `error | 999999999999 | delegated administrator of ${administrator.ServicePrincipal} | none`;
    const policy = 'error | 999999999999 | resource policy of the organization';
    expect(lines).toEqual([lost, `${policy} | none`]);
    expect(changed).toEqual([
      lost,
      `${policy} | changed: AllowManagingBackupPolicies (without Action organizations:detachpolicy, with Action organizations:disablepolicytype)`,
    ]);
  });

  test('knows who copies to a destination, though that alone is looked at', async () => {
    const [DESTINATION, region] = ['222222222222', 'eu-west-1'];
    const credentials = await world.enter(DESTINATION);
    const ec2 = new EC2Client({ region, endpoint: world.aws.url, credentials });
    await ec2.send(new EnableAllowedImagesSettingsCommand({ AllowedImagesSettingsState: 'enabled' }));
    const { findings } = await world.audit({ accountIds: [DESTINATION] });
    await ec2.send(new DisableAllowedImagesSettingsCommand({}));
    ec2.destroy();
    expect(linesOf(findings)).toContain(
      `error | ${DESTINATION} ${region} | allowed AMIs of EC2 | enabled, and no criterion takes all images of ${[ALONE, IN_UNIT, IN_TEAM].join(', ')}`,
    );
  });

  test('looks at some accounts and Regions alone', async () => {
    const { accounts, places, findings } = await world.audit({ accountIds: [IN_UNIT], regions: ['us-east-1'] });
    expect({ accounts, places, findings }).toEqual({ accounts: 1, places: 1, findings: [] });
  });

  test('looks at nothing where an account is asked for that is not there', async () => {
    await expect(world.audit({ accountIds: ['555555555556'] })).rejects.toThrow(
      /^there is no account 555555555556 in /,
    );
  });
});
