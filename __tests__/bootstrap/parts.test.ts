import { accountsOf, waysInto } from '../../lib/accounts/accounts';
import { renderBootstrap } from '../../lib/bootstrap/render-bootstrap';
import { requirementsOf } from '../../lib/bootstrap/requirements';
import type { Row, Step } from '../../lib/bootstrap/step';
import { takeSteps } from '../../lib/bootstrap/take-steps';
import { LiveError } from '../../lib/live/live-error';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';

describe('requirementsOf', () => {
  const of = (overrides: object) => {
    const config = aConfig(overrides);
    return requirementsOf(config, resolveTopology(config));
  };

  test.each([
    ['with guardrails, which are usual', {}, ['SERVICE_CONTROL_POLICY']],
    ['without guardrails', { guardrails: { enabled: false } }, []],
    [
      'with organization policies',
      { organizationPolicies: { regions: ['us-east-1'] } },
      ['SERVICE_CONTROL_POLICY', 'BACKUP_POLICY'],
    ],
  ])('%s', (_, overrides, policyTypes) => {
    expect(of(overrides)).toEqual({ services: ['backup'], policyTypes });
  });
});

describe('accountsOf and waysInto', () => {
  const accounts = accountsOf(
    resolveTopology(
      aConfig({
        deployRole: 'Deployer',
        destinations: { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1', 'eu-west-2'] } },
        sources: {
          production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'] },
          own: { accountId: MANAGEMENT_ID, regions: ['us-east-1'], deployRole: 'Own' },
        },
      }),
    ),
  );
  const roleIn = (accountId: string, name: string) => `arn:aws:iam::${accountId}:role/${name}`;

  test('name each account once, with its sites and its deploy roles', () => {
    expect(
      accounts.map(({ name, accountId, sites, deployRoles }) => [name, accountId, sites.length, deployRoles.length]),
    ).toEqual([
      ['management', MANAGEMENT_ID, 1, 1],
      ['vault', DESTINATION_ID, 2, 1],
      ['production', SOURCE_ID, 1, 1],
    ]);
    expect(accounts[0]?.deployRoles[0]).toMatchObject({ arn: roleIn(MANAGEMENT_ID, 'Own'), management: undefined });
  });

  test('try the narrower role first, and the administrator first for what only that one may do', () => {
    const [, vault] = accounts;
    const usual = roleIn(DESTINATION_ID, 'OrganizationAccountAccessRole');
    const deployer = roleIn(DESTINATION_ID, 'Deployer');
    expect(vault && waysInto(vault, undefined)).toEqual({
      deployer: [deployer, usual],
      administrator: [usual, deployer],
    });
  });

  test('know no role but the one that the operator names', () => {
    const named = [roleIn(DESTINATION_ID, 'security/Bootstrap')];
    const [, vault] = accounts;
    expect(vault && waysInto(vault, 'security/Bootstrap')).toEqual({ deployer: named, administrator: named });
  });
});

describe('takeSteps', () => {
  const where = { name: 'somewhere' };
  const step = (what: string, look: Step['look'], isNeededByNext = false): Step => ({
    what,
    where,
    look,
    isNeededByNext,
  });
  const right = async () => ({ was: 'right', is: 'right', calls: [] });
  const broken = async () => Promise.reject(new LiveError('it broke'));
  const walk = { isDryRun: false, onRow: () => {} };
  const chain = (...steps: Step[]) => ({ what: 'chain', where, steps: async () => steps });
  const told = (rows: readonly Row[]) => rows.map(({ what, result, reason }) => [what, result, reason]);

  test('goes on after a failure, unless what comes next needs it', async () => {
    const chains = [
      chain(step('a', broken), step('b', right)),
      chain(step('c', broken, true), step('d', right)),
      { what: 'chain', where, steps: broken },
    ];
    expect(told(await takeSteps(chains, walk))).toEqual([
      ['a', 'failed', 'it broke'],
      ['b', 'already', undefined],
      ['c', 'failed', 'it broke'],
      ['chain', 'failed', 'it broke'],
    ]);
  });

  test('does not hide a mistake of its own', async () => {
    const mistaken = async () => Promise.reject(new TypeError('undefined is not a function'));
    await expect(takeSteps([chain(step('a', mistaken))], walk)).rejects.toThrow(TypeError);
  });

  test('tells of each row as it comes', async () => {
    const heard: string[] = [];
    await takeSteps([chain(step('a', right), step('b', right))], { ...walk, onRow: ({ what }) => heard.push(what) });
    expect(heard).toEqual(['a', 'b']);
  });
});

describe('renderBootstrap', () => {
  const row = (index: number, more: Partial<Row> = {}): Row => ({
    what: 'service-linked role',
    where: { name: `account-${index}`, accountId: String(index).padStart(12, '1') },
    was: 'there',
    is: 'there',
    result: 'already',
    calls: [],
    ...more,
  });

  test('names six of a thousand accounts that are alike, and each reason once', () => {
    const alike = Array.from({ length: 1000 }, (_, index) => row(index));
    const failed = Array.from({ length: 2 }, (_, index) =>
      row(index, { result: 'failed', was: '?', reason: 'denied' }),
    );
    const text = renderBootstrap({ by: 'me', rows: [...alike, ...failed], globalSettings: undefined });
    expect(text.split('\n').length).toBeLessThan(20);
    expect(text).toContain('and 994 more');
    expect(text).toContain('failed: service-linked role: denied (account-0 111111111110, account-1 111111111111)');
    expect(text).toMatch(/1000 already right, 2 failed\.$/);
  });
});
