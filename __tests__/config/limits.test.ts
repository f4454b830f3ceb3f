import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();
const times = (count: number, textOf: (index: number) => string) => Array.from({ length: count }, (_, i) => textOf(i));
const PLAN = '    plans: [daily, weekly]\n';
const RULE = '      - { name: weekly, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }\n';
const WEEKLY = '      - { name: any, anyTag: [{ key: Tier, value: gold }] }\n';
const LISTED = '["arn:aws:ec2:us-east-1:111111111111:volume/*"]';

const weeklyWith = (copies: string): Edit => [
  '(0 5 ? * 1 *), deleteAfterDays: 90',
  `(0 5 ? * 1 *), deleteAfterDays: 90, copies: [${copies}]`,
];
const copiesTo = (count: number) =>
  weeklyWith(
    times(
      count,
      (index) => `{ to: "arn:aws:backup:eu-west-1:444444444444:backup-vault:v${index}", deleteAfterDays: 90 }`,
    ).join(', '),
  );
const pairs = (count: number) => times(count, (index) => `k${index}: v`).join(', ');
const volumes = (count: number, end = '') =>
  times(count, (index) => `"arn:aws:ec2:us-east-1:111111111111:volume/v-${index}${end}"`).join(', ');

interface Limit {
  readonly limit: string;
  readonly edit: (count: number) => Edit;
  readonly most: number;
  /** What the operator is told of one more than the most. */
  readonly problem: string;
}

const LIMITS: readonly Limit[] = [
  {
    limit: 'rules in a plan',
    edit: (count) => [
      RULE,
      times(count, (i) => `      - { name: r${i}, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }\n`).join(''),
    ],
    most: 10,
    problem:
      '44:5 plans.weekly.rules must have entries, at most 10, got [{"name":"r0","schedule":"cron(0 5 ? * 1 *)","deleteAfterDays":90},{"name":"r1",…',
  },
  {
    limit: 'copies of a rule',
    edit: copiesTo,
    most: 5,
    problem:
      '45:75 plans.weekly.rules[0].copies must have entries, at most 5, got [{"to":"arn:aws:backup:eu-west-1:444444444444:backup-vault:v0","deleteAfterDays"…',
  },
  {
    limit: 'selections of a plan',
    edit: (count) => [WEEKLY, times(count, (i) => `      - { name: s${i}, resourceTypes: [EBS] }\n`).join('')],
    most: 100,
    problem:
      '46:5 plans.weekly.selections must have entries, at most 100, got [{"name":"s0","resourceTypes":["EBS"]},{"name":"s1","resourceTypes":["EBS"]},{"n…',
  },
  {
    limit: 'selections of a plan by tags',
    edit: (count) => [WEEKLY, times(count, (i) => `      - { name: s${i}, tags: { Tier: gold } }\n`).join('')],
    most: 10,
    problem: '46:5 plans.weekly.selections must have at most 10 selections with tags, got 11',
  },
  {
    limit: 'selections of a plan by any of their tags',
    edit: (count) => [
      WEEKLY,
      times(count, (i) => `      - { name: s${i}, anyTag: [{ key: Tier, value: gold }] }\n`).join(''),
    ],
    most: 10,
    problem: '46:5 plans.weekly.selections must have at most 10 selections with tags, got 11',
  },
  {
    limit: 'selections of a plan by conditions',
    edit: (count) => [
      WEEKLY,
      times(count, (i) => `      - { name: s${i}, conditions: { notLike: { Tier: g* } } }\n`).join(''),
    ],
    most: 10,
    problem: '46:5 plans.weekly.selections must have at most 10 selections with tags, got 11',
  },
  {
    limit: 'tags of a selection',
    edit: (count) => ['tags: { Backup: "true" }', `tags: { ${pairs(count)} }`],
    most: 30,
    problem: '38:9 plans.daily.selections[0] must have at most 30 tags and conditions, got 31',
  },
  {
    limit: 'tags of a selection by any of them',
    edit: (count) => [
      '[{ key: Tier, value: gold }]',
      `[${times(count, (i) => `{ key: k${i}, value: v }`).join(', ')}]`,
    ],
    most: 30,
    problem: '47:9 plans.weekly.selections[0] must have at most 30 tags and conditions, got 31',
  },
  {
    limit: 'values of the conditions of a selection',
    edit: (count) => [
      'tags: { Backup: "true" }',
      `conditions: { notEquals: { Tier: [${times(count, (i) => `v${i}`).join(', ')}] } }`,
    ],
    most: 30,
    problem: '38:9 plans.daily.selections[0] must have at most 30 tags and conditions, got 31',
  },
  {
    limit: 'tags and conditions of a selection together',
    edit: (count) => [
      'tags: { Backup: "true" }',
      `tags: { ${pairs(count - 1)} }\n        conditions: { like: { a: b* } }`,
    ],
    most: 30,
    problem: '38:9 plans.daily.selections[0] must have at most 30 tags and conditions, got 31',
  },
  {
    limit: 'tags of a recovery point',
    edit: (count) => [
      '(0 5 ? * 1 *), deleteAfterDays: 90',
      `(0 5 ? * 1 *), deleteAfterDays: 90, recoveryPointTags: { ${pairs(count)} }`,
    ],
    most: 10,
    problem:
      '45:75 plans.weekly.rules[0].recoveryPointTags must have at most 10 tags, got {"k0":"v","k1":"v","k2":"v","k3":"v","k4":"v","k5":"v","k6":"v","k7":"v","k8":"v…',
  },
  {
    limit: 'ARNs of a selection',
    edit: (count) => [LISTED, `[${volumes(count)}]`],
    most: 500,
    problem: '41:9 plans.daily.selections[1] must have at most 500 ARNs and types, got 501',
  },
  {
    limit: 'ARNs of a selection, those left out among them',
    edit: (count) => [LISTED, `[${volumes(count - 1)}]\n        notResources: ["arn:aws:s3:::logs"]`],
    most: 500,
    problem: '41:9 plans.daily.selections[1] must have at most 500 ARNs and types, got 501',
  },
  {
    limit: 'ARNs of a selection that have a wildcard',
    edit: (count) => [LISTED, `[${volumes(count, '*')}]`],
    most: 30,
    problem: '41:9 plans.daily.selections[1] must have at most 30 ARNs with * and types, got 31',
  },
  {
    limit: 'wildcards and types left out of a selection',
    edit: (count) => [LISTED, `[${volumes(count - 1, '*')}]\n        notResourceTypes: [S3]`],
    most: 30,
    problem: '41:9 plans.daily.selections[1] must have at most 30 ARNs with * and types, got 31',
  },
];

describe('each limit', () => {
  test.each(LIMITS)('accepts as many as there may be: $limit ($most)', ({ edit, most }) => {
    expect(toldOf(edited(edit(most))).problems).toEqual([]);
  });

  test.each(LIMITS)('fails when there is one more: $limit ($most)', ({ edit, most, problem }) => {
    expect(toldOf(edited(edit(most + 1))).problems).toEqual([problem]);
  });

  const plansIn = (count: number) =>
    edited(
      [PLAN, `    plans: [${times(count, (index) => `p${index}`).join(', ')}]\n`],
      [', plans: [daily] }', ' }'],
      [
        'plans:\n  daily:',
        `plans:\n${times(count, (index) => `  p${index}: { rules: [{ name: r, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }] }\n`).join('')}  daily:`,
      ],
    );

  test('accepts 300 plans in a Region', () => {
    expect(toldOf(plansIn(300)).problems).toEqual([]);
  });

  test('fails when a Region has 301 plans', () => {
    expect(toldOf(plansIn(301)).problems).toEqual([
      '25:7 sources.production.regions.us-east-1 must have at most 300 plans, got 301',
      '26:7 sources.production.regions.us-east-2 must have at most 300 plans, got 301',
    ]);
  });

  test('fails when patterns crossed with types are more ARNs with a wildcard than AWS takes', () => {
    const patterns = times(16, (index) => `"arn:aws:ec2:${index % 2 ? 'us-*' : '*'}:${'1'.repeat(index >> 1)}*:*"`);

    const { problems } = toldOf(edited([LISTED, `[${patterns.join(', ')}]\n        resourceTypes: [EC2, EBS]`]));

    // Sixteen patterns and two types become 32 ARNs with a wildcard in each plan.
    expect(problems).not.toEqual([]);
  });
});
