import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanJson } from '../../lib/drift/plan-json';
import { readPlan } from '../../lib/drift/read-plan';

const load = (name: string): PlanJson => JSON.parse(readFileSync(join(__dirname, 'plans', `${name}.json`), 'utf8'));
const nameOf = (address: string) => address.replace(/^\w+\./, '').replace(/_[0-9A-F]{8}$/, '');
const source = () => load('source-production-us-east-1');
const read = (plan: PlanJson) => readPlan(plan, nameOf);
const brief = (plan: PlanJson) => read(plan).changedOutside.map(({ resource, change }) => [resource, change]);

describe('what a plan found', () => {
  test('is by attribute, and by statement of a policy', () => {
    const { changedOutside, notApplied } = read(load('destination-vault-eu-west-1'));
    expect(changedOutside).toMatchObject([
      { resource: 'Vault', differences: [{ path: 'tags_all.owner', before: 'platform', after: 'somebody' }] },
      { resource: 'Vault_Lock', differences: [{ path: 'min_retention_days', before: 7, after: 1 }] },
      { resource: 'Vault_AccessPolicy', differences: [{ path: 'policy.Statement[AllowSourcesToCopyIn]' }] },
    ]);
    expect(notApplied).toEqual([]);
  });

  test('leaves out what differs from the state and asks for nothing, such as the policies that a role tells of', () => {
    expect(source().resource_drift?.map(({ address }) => nameOf(address))).toContain('RestoreRole');
    expect(brief(source())).toEqual([
      ['Plan-daily', 'changed'],
      ['Plan-daily_Selection-tagged', 'deleted'],
      ['BackupRole', 'changed'],
      ['RestoreRole_Restores', 'deleted'],
      ['Vault_Key_Alias', 'deleted'],
    ]);
  });

  test('parts a resource that was changed outside from what the config says new of it', () => {
    const { changedOutside, notApplied } = read(source());
    expect(changedOutside[0]?.differences).toEqual([
      { path: 'rule[daily].schedule', before: 'cron(0 3 ? * * *)', after: 'cron(0 4 ? * * *)' },
    ]);
    expect(notApplied).toEqual([
      {
        resource: 'Plan-daily',
        address: 'aws_backup_plan.Plan-daily_AB7844E1',
        change: 'changed',
        differences: [{ path: 'rule[daily].lifecycle.delete_after', before: 35, after: 42 }],
      },
    ]);
  });

  test('is both where somebody else changed the very attribute that the config changes', () => {
    const plan = JSON.parse(JSON.stringify(source()).replaceAll('"delete_after":42', '"delete_after":35')) as PlanJson;
    const [wanted] = (plan.resource_changes ?? []).filter(({ type }) => type === 'aws_backup_plan');
    const after = wanted?.change.after as { readonly rule: { rule_name: string; schedule: string }[] } | undefined;
    for (const rule of after?.rule ?? []) if (rule.rule_name === 'daily') rule.schedule = 'cron(0 9 ? * * *)';
    const { changedOutside, notApplied } = read(plan);
    const path = 'rule[daily].schedule';
    expect(changedOutside[0]?.differences).toEqual([{ path, before: 'cron(0 3 ? * * *)', after: 'cron(0 4 ? * * *)' }]);
    expect(notApplied[0]?.differences).toEqual([{ path, before: 'cron(0 3 ? * * *)', after: 'cron(0 9 ? * * *)' }]);
  });

  test('is nothing where what was changed outside is what the config says by now', () => {
    const plan = source();
    const { resource_changes = [] } = plan;
    expect(
      read({ ...plan, resource_changes: resource_changes.filter(({ type }) => type !== 'aws_backup_plan') }),
    ).toEqual(expect.objectContaining({ notApplied: [] }));
  });

  test('shows no secret, and that it changed', () => {
    const { notApplied } = read(load('secret'));
    expect(JSON.parse(JSON.stringify(notApplied))).toEqual([
      {
        resource: 'Login',
        address: 'terraform_data.Login',
        change: 'changed',
        differences: [
          { path: 'input.password', before: '(secret)', after: '(secret)' },
          { path: 'input.url', before: '(secret)', after: '(secret)' },
        ],
      },
    ]);
  });

  test('is new where everything is to be added, and nothing was ever there', () => {
    const { resource_changes = [] } = load('secret');
    const added = resource_changes.map((one) => ({
      ...one,
      change: { ...one.change, actions: ['create'], before: null },
    }));
    const plan = { resource_changes: added } as unknown as PlanJson;
    expect(read(plan)).toMatchObject({ isNew: true, notApplied: [{ change: 'added', differences: [] }] });
    expect(read(source()).isNew).toBe(false);
  });

  describe('of what refers to a resource that was deleted outside', () => {
    const deleted = { mode: 'managed', type: 'aws_iam_role', address: 'aws_iam_role.Role' } as const;
    const follower = { mode: 'managed', type: 'aws_backup_selection', address: 'aws_backup_selection.One' } as const;
    const plan = (references: string[]): PlanJson => ({
      resource_drift: [{ ...deleted, change: { actions: ['delete'], before: { name: 'role' }, after: null } }],
      resource_changes: [
        { ...deleted, change: { actions: ['create'], before: null, after: { name: 'role' } } },
        {
          ...follower,
          change: {
            actions: ['delete', 'create'],
            before: { iam_role_arn: 'arn', name: 'one' },
            after: { name: 'one' },
            after_unknown: { iam_role_arn: true },
          },
        },
      ],
      configuration: {
        root_module: { resources: [{ address: follower.address, expressions: { any: { references } } }] },
      },
    });

    test('follows from it, and is no change of the config', () => {
      const { changedOutside, notApplied } = read(plan(['aws_iam_role.Role.arn', 'aws_iam_role.Role']));
      expect(changedOutside).toMatchObject([
        { address: deleted.address, change: 'deleted' },
        { address: follower.address, change: 'replaced', followsFrom: deleted.address },
      ]);
      expect(notApplied).toEqual([]);
    });

    test('stays a change of the config where it refers to something else', () => {
      expect(read(plan(['aws_iam_role.Other']))).toMatchObject({
        changedOutside: [{ address: deleted.address }],
        notApplied: [{ address: follower.address, change: 'replaced' }],
      });
    });
  });

  test('tells of outputs only where no resource does', () => {
    const output_changes = { vault_arn: { actions: ['update'], before: 'one', after: 'two' } } as const;
    expect(read({ output_changes }).notApplied).toMatchObject([
      { address: 'output.vault_arn', differences: [{ path: '', before: 'one', after: 'two' }] },
    ]);
    expect(read({ ...source(), output_changes }).notApplied).toHaveLength(1);
  });
});
