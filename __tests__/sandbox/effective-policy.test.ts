import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DescribeEffectivePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';
import { createOrganizationsApi } from '../../sandbox/organizations-api/organizations-api';
import { aSetup } from './a-directory';
import { administratorOf, DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';

const ROOT = 'r-abc1';
const WORKLOADS = 'ou-abc1-workloads';

let gateway: Gateway;
let client: OrganizationsClient;
let made = 0;
const clients: OrganizationsClient[] = [];
const clientOf = (accessKeyId: string) => {
  const credentials = { accessKeyId, secretAccessKey: 'none' };
  const one = new OrganizationsClient({ region: 'us-east-1', endpoint: gateway.url, credentials, maxAttempts: 1 });
  clients.push(one);
  return one;
};

beforeEach(async () => {
  const api = createOrganizationsApi({ setup: aSetup(MANAGEMENT) });
  const identify = async (accessKeyId: string) => administratorOf(accessKeyId);
  gateway = await startGateway({ services: { organizations: api.serve }, identify });
  client = clientOf(MANAGEMENT);
  await client.send(new EnablePolicyTypeCommand({ RootId: ROOT, PolicyType: 'BACKUP_POLICY' }));
});
afterEach(async () => {
  for (const one of clients.splice(0)) one.destroy();
  await gateway.close();
});

const attach = async (TargetId: string, plans: object) => {
  const given = { Type: 'BACKUP_POLICY', Description: '', Content: JSON.stringify({ plans }) } as const;
  made += 1;
  const Name = `policy-${made}`;
  const { Policy } = await client.send(new CreatePolicyCommand({ ...given, Name }));
  await client.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId }));
};
const effective = async (TargetId?: string, as = client) => {
  const asked = new DescribeEffectivePolicyCommand({ PolicyType: 'BACKUP_POLICY', TargetId });
  const { EffectivePolicy } = await as.send(asked);
  return JSON.parse(EffectivePolicy?.PolicyContent ?? '{}');
};
const assign = (value: unknown) => ({ '@@assign': value });
const append = (...values: string[]) => ({ '@@append': values });
const allow = (...operators: string[]) => ({ '@@operators_allowed_for_child_policies': operators });

const SELECTIONS = {
  tags: {
    datatype: {
      iam_role_arn: assign('arn:aws:iam::$account:role/MyIamRole'),
      tag_key: assign('dataType'),
      tag_value: assign(['PII', 'RED']),
    },
  },
};
const SHOWN_SELECTIONS = {
  tags: {
    datatype: {
      iam_role_arn: 'arn:aws:iam::$account:role/MyIamRole',
      tag_key: 'dataType',
      tag_value: ['PII', 'RED'],
    },
  },
};
const PARENT = {
  PII_Backup_Plan: {
    regions: append('us-east-1', 'ap-northeast-3', 'eu-north-1'),
    rules: {
      Hourly: {
        schedule_expression: assign('cron(0 0/1 ? * * *)'),
        start_backup_window_minutes: assign('60'),
        target_backup_vault_name: assign('FortKnox'),
        lifecycle: { delete_after_days: assign('270'), move_to_cold_storage_after_days: assign('180') },
      },
    },
    selections: SELECTIONS,
  },
};
const SHOWN_PARENT = {
  regions: ['us-east-1', 'ap-northeast-3', 'eu-north-1'],
  rules: {
    hourly: {
      schedule_expression: 'cron(0 0/1 ? * * *)',
      start_backup_window_minutes: '60',
      target_backup_vault_name: 'FortKnox',
      lifecycle: { delete_after_days: '270', move_to_cold_storage_after_days: '180' },
    },
  },
  selections: SHOWN_SELECTIONS,
};

/** @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html */
describe('a backup policy, as in the examples of its syntax', () => {
  test('1: holds for the accounts below what it is attached to, and for no other', async () => {
    await attach(WORKLOADS, PARENT);
    expect(await effective(SOURCE)).toEqual({ plans: { pii_backup_plan: SHOWN_PARENT } });
    await expect(effective(DESTINATION)).rejects.toMatchObject({ name: 'EffectivePolicyNotFoundException' });
  });

  test('2: has the plans of a child policy besides its own', async () => {
    await attach(ROOT, PARENT);
    await attach(SOURCE, {
      Monthly_Backup_Plan: { regions: append('us-east-1', 'eu-central-1'), selections: SELECTIONS },
    });
    expect(await effective(SOURCE)).toEqual({
      plans: {
        pii_backup_plan: SHOWN_PARENT,
        monthly_backup_plan: { regions: ['us-east-1', 'eu-central-1'], selections: SHOWN_SELECTIONS },
      },
    });
    expect(await effective(DESTINATION)).toEqual({ plans: { pii_backup_plan: SHOWN_PARENT } });
  });

  test('3: prevents any change by a child policy', async () => {
    const none = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : {
            ...allow('@@none'),
            ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, none(inner)])),
          };
    await attach(ROOT, none(PARENT) as object);
    await attach(WORKLOADS, { Other: { regions: assign(['us-west-2']) } });
    await attach(SOURCE, { PII_Backup_Plan: { regions: assign(['us-west-2']), rules: { Hourly: { lifecycle: {} } } } });
    expect(await effective(SOURCE)).toEqual({ plans: { pii_backup_plan: SHOWN_PARENT } });
  });

  test('4: lets a child policy add plans, and change none', async () => {
    const closed = {
      ...PARENT.PII_Backup_Plan,
      ...allow('@@none'),
      regions: { ...assign(['us-east-1']), ...allow('@@none') },
    };
    await attach(ROOT, { ...allow('@@append'), PII_Backup_Plan: closed });
    const regions = assign(['us-west-2']);
    await attach(SOURCE, {
      MonthlyBackupPlan: { regions },
      PII_Backup_Plan: { regions, backup_plan_tags: { a: { tag_key: assign('a') } } },
    });
    expect(await effective(SOURCE)).toEqual({
      plans: {
        pii_backup_plan: { ...SHOWN_PARENT, regions: ['us-east-1'] },
        monthlybackupplan: { regions: ['us-west-2'] },
      },
    });
  });

  test('5: is overridden where a child policy says so', async () => {
    await attach(ROOT, PARENT);
    const lifecycle = { move_to_cold_storage_after_days: assign('30'), delete_after_days: assign('365') };
    const Hourly = {
      schedule_expression: assign('cron(0 0/2 ? * * *)'),
      target_backup_vault_name: assign('Default'),
      lifecycle,
    };
    await attach(SOURCE, { PII_Backup_Plan: { regions: assign(['us-west-2', 'eu-central-1']), rules: { Hourly } } });
    expect(await effective(SOURCE)).toEqual({
      plans: {
        pii_backup_plan: {
          regions: ['us-west-2', 'eu-central-1'],
          rules: {
            hourly: {
              schedule_expression: 'cron(0 0/2 ? * * *)',
              start_backup_window_minutes: '60',
              target_backup_vault_name: 'Default',
              lifecycle: { move_to_cold_storage_after_days: '30', delete_after_days: '365' },
            },
          },
          selections: SHOWN_SELECTIONS,
        },
      },
    });
  });
});

/** The examples are of tag policies, whose operators are those of backup policies; `regions` stands for their values. */
describe('inheritance, as in https://docs.aws.amazon.com/organizations/latest/userguide/inheritance-examples.html', () => {
  type Level = readonly [target: string, regions: object];
  const A: Level = [ROOT, assign(['Development', 'Support'])];
  const C: Level = [WORKLOADS, append('Marketing')];

  test.each<[string, Level[], string[]]>([
    ['1: a child overwrites', [A, [WORKLOADS, assign(['Sandbox'])]], ['Sandbox']],
    ['2: a child appends', [A, C], ['Development', 'Support', 'Marketing']],
    ['3: an account removes', [A, C, [SOURCE, { '@@remove': ['Development', 'Marketing'] }]], ['Support']],
    [
      '4: what is not allowed is ignored',
      [
        [ROOT, { ...allow('@@append'), ...assign(['Maintenance', 'Escalations']) }],
        [WORKLOADS, { ...append('Escalations - research'), '@@remove': ['Maintenance'] }],
        [SOURCE, assign(['None'])],
      ],
      ['Maintenance', 'Escalations', 'Escalations - research'],
    ],
    [
      '5: of what two policies of one level allow, the intersection counts',
      [
        [ROOT, { ...allow('@@append'), ...assign(['Maintenance']) }],
        [ROOT, allow('@@append', '@@remove')],
        [SOURCE, { ...append('Operations'), '@@remove': ['Maintenance'] }],
      ],
      ['Maintenance', 'Operations'],
    ],
    [
      '6: of two that assign at one level, the first attached counts',
      [
        [ROOT, assign(['PROJECT'])],
        [ROOT, assign(['project'])],
        [ROOT, append('Maintenance')],
      ],
      ['PROJECT', 'Maintenance'],
    ],
    [
      'a child cannot allow again what its parent does not',
      [
        [ROOT, { ...allow('@@none'), ...assign(['a']) }],
        [WORKLOADS, allow('@@all')],
        [SOURCE, append('b')],
      ],
      ['a'],
    ],
  ])('%s', async (_, levels, regions) => {
    for (const [target, given] of levels) await attach(target, { Daily: { regions: given } });
    expect(await effective(SOURCE)).toEqual({ plans: { daily: { regions } } });
  });
});

describe('an effective policy', () => {
  test('is told to every member of itself, and to the management account of all', async () => {
    await attach(ROOT, PARENT);
    const expected = { plans: { pii_backup_plan: SHOWN_PARENT } };
    expect(await effective(undefined, clientOf(SOURCE))).toEqual(expected);
    expect(await effective(MANAGEMENT)).toEqual(expected);
    await expect(effective(DESTINATION, clientOf(SOURCE))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(effective(OUTSIDER)).rejects.toMatchObject({ name: 'TargetNotFoundException' });
  });

  test.each([
    ['a value outside of every operator', { Daily: { regions: ['us-east-1'] } }],
    ['an operator that there is not', { Daily: { regions: { '@@prepend': ['us-east-1'] } } }],
    ['an object for a value', { Daily: { regions: assign({ one: 'us-east-1' }) } }],
    ['a control that there is not', { Daily: { regions: allow('@@some') } }],
  ])('cannot come of a policy with %s', async (_, plans) => {
    await expect(attach(ROOT, plans)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });
});
