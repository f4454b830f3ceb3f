import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aConfigInput, aPlan, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';

const resolve = (overrides: object = {}) => resolveTopology(aConfig(overrides));
const source = (fields: object) => ({ accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], ...fields });
const vault = (fields: object) => ({ accountId: DESTINATION_ID, regions: ['eu-west-1'], ...fields });
const roleOf = (accountId: string, name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const stackSets = (accountId: string) => roleOf(accountId, 'stacksets-exec-*');
const DEFAULT = 'OrganizationAccountAccessRole';

describe('exemptions', () => {
  const deployersOf = (overrides: object) => resolve(overrides).sources[0]?.exemptions.deployers;

  test('are the deploy role, the administrators and the roles of StackSets', () => {
    const administrators = [roleOf(SOURCE_ID, 'Platform'), roleOf(SOURCE_ID, 'path/Other')];
    expect(deployersOf({ sources: { production: source({ administrators }) } })).toEqual([
      roleOf(SOURCE_ID, DEFAULT),
      ...administrators,
      stackSets(SOURCE_ID),
    ]);
  });

  test('name a role once, whatever it is called besides', () => {
    const deployRole = roleOf(SOURCE_ID, DEFAULT);
    const glass = roleOf(SOURCE_ID, 'Glass');
    const sources = { production: source({ administrators: [deployRole, deployRole] }) };
    expect(resolve({ sources, breakGlassRoles: [glass, deployRole, glass] }).sources[0]?.exemptions).toEqual({
      deployers: [deployRole, stackSets(SOURCE_ID)],
      breakGlass: [glass],
    });
  });

  test('are the administrators where there is no deploy role', () => {
    const administrators = [roleOf(SOURCE_ID, 'Platform')];
    expect(deployersOf({ sources: { production: source({ deployRole: null, administrators }) } })).toEqual([
      ...administrators,
      stackSets(SOURCE_ID),
    ]);
  });

  test('are the break-glass roles of the own account only', () => {
    const breakGlassRoles = [SOURCE_ID, DESTINATION_ID].map((accountId) => roleOf(accountId, 'BreakGlass'));
    const { sources, destinations } = resolve({ breakGlassRoles });
    expect(sources[0]?.exemptions.breakGlass).toEqual([roleOf(SOURCE_ID, 'BreakGlass')]);
    expect(destinations[0]?.exemptions.breakGlass).toEqual([roleOf(DESTINATION_ID, 'BreakGlass')]);
    expect(destinations[0]?.exemptions.deployers).toEqual([roleOf(DESTINATION_ID, DEFAULT), stackSets(DESTINATION_ID)]);
  });
});

describe('guardrails', () => {
  const guardrailsOf = (overrides: object) => resolve(overrides).guardrails;

  test('follow from every source and destination', () => {
    expect(guardrailsOf({})).toEqual({
      partition: 'aws',
      name: 'cab-guardrails',
      targetIds: [SOURCE_ID, DESTINATION_ID],
      deployers: [roleOf('*', DEFAULT), stackSets('*')],
      breakGlass: [],
      vaultNames: ['cab-destination', 'cab-source'],
      hasAirGappedVaults: false,
      backupRoleNames: ['cab-backup-us-east-1'],
      restoreRoleNames: ['cab-restore-eu-west-1', 'cab-restore-us-east-1'],
      copyBackRoleNames: [],
      scannerRoleNames: [],
      copyTargets: ['arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination'],
    });
  });

  test('are undefined when the operator wants none', () => {
    expect(guardrailsOf({ guardrails: { enabled: false } })).toBeUndefined();
  });

  test('are undefined when there is nobody to bind, since AWS refuses lists without entries', () => {
    const own = source({ accountId: MANAGEMENT_ID, plans: [] });
    expect(guardrailsOf({ destinations: {}, sources: { own } })).toBeUndefined();
  });

  test.each([
    ['accounts', [SOURCE_ID, DESTINATION_ID]],
    [
      ['ou-abc1-22222222', 'ou-abc1-11111111', 'ou-abc1-22222222'],
      ['ou-abc1-11111111', 'ou-abc1-22222222'],
    ],
    [['r-abc1'], ['r-abc1']],
  ])('are attached to %j', (attachTo, targetIds) => {
    expect(guardrailsOf({ guardrails: { attachTo, acknowledgeRoot: 'r-abc1' } })?.targetIds).toEqual(targetIds);
  });

  test('leave out the management account as a source, which they never bind', () => {
    const management = { ...aConfigInput().management, deployRole: 'Elsewhere' };
    const sources = { production: source({}), own: source({ accountId: MANAGEMENT_ID, regions: ['us-east-2'] }) };
    expect(guardrailsOf({ management, sources })).toEqual(guardrailsOf({}));
  });

  test('say a role of one account with its account, and one of all accounts once', () => {
    const inBoth = (name: string) => [SOURCE_ID, DESTINATION_ID].map((accountId) => roleOf(accountId, name));
    const everywhere = inBoth('path/Both');
    const guardrails = guardrailsOf({
      sources: { production: source({ administrators: [everywhere[0], roleOf(SOURCE_ID, 'One')] }) },
      destinations: { vault: vault({ administrators: [everywhere[1]] }) },
      breakGlassRoles: [...inBoth('AllGlass'), roleOf(DESTINATION_ID, 'Glass')],
    });
    expect(guardrails?.deployers.toSorted()).toEqual([
      roleOf('*', DEFAULT),
      roleOf('*', 'path/Both'),
      stackSets('*'),
      roleOf(SOURCE_ID, 'One'),
    ]);
    expect(guardrails?.breakGlass).toEqual([roleOf('*', 'AllGlass'), roleOf(DESTINATION_ID, 'Glass')]);
  });

  test('say a deploy role of its own with its account, and then the usual one too', () => {
    const { deployers } = guardrailsOf({ destinations: { vault: vault({ deployRole: 'Own' }) } }) ?? {};
    expect(deployers).toEqual([roleOf(SOURCE_ID, DEFAULT), stackSets('*'), roleOf(DESTINATION_ID, 'Own')]);
  });

  test('know the restore roles of destinations that copy back', () => {
    const sources = { production: source({ copyBack: true }) };
    expect(guardrailsOf({ sources })?.copyBackRoleNames).toEqual(['cab-restore-eu-west-1']);
  });

  test('let copies go to vaults outside, and back to sources that take them', () => {
    const to = 'arn:aws:backup:eu-west-3:444444444444:backup-vault:theirs';
    const copies = [to, 'vault/eu-west-1'].map((target) => ({ to: target, deleteAfterDays: 90 }));
    const rules = [{ name: 'r', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35, copies }];
    const plans = { daily: aPlan({ rules }) };
    expect(guardrailsOf({ plans, sources: { production: source({ copyBack: true }) } })?.copyTargets).toEqual([
      'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
      to,
      'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source',
    ]);
  });
});

describe('copy targets of a source', () => {
  test('are every vault that its own plans copy to, outside ones too, each once', () => {
    const outside = 'arn:aws:backup:us-west-2:111111111111:backup-vault:near';
    const rule = { schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35 };
    const copyTo = (to: string) => ({ to, deleteAfterDays: 90 });
    const copying = aPlan({
      rules: ['a', 'b'].map((name) => ({ ...rule, name, copies: [copyTo(outside), copyTo('vault/eu-west-1')] })),
    });
    const plans = { daily: copying, local: aPlan({ rules: [{ ...rule, name: 'a' }] }) };
    const regions = { 'us-east-1': null, 'us-east-2': { plans: ['local'] } };
    expect(
      resolve({ plans, sources: { production: source({ regions }) } }).sources.map((site) => site.copyTargets),
    ).toEqual([['arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination', outside], []]);
  });
});
