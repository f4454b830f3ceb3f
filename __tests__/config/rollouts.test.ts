import { aRolloutOperator, at } from '../support/a-rollout-operator';

const told = aRolloutOperator();
const WORKLOADS = 'organizationPolicies\\.rollouts\\[0\\]';
const OTHERS = 'organizationPolicies\\.rollouts\\[1\\]';

describe('rollouts', () => {
  test('are accepted as they are', () => {
    expect(told()).toEqual({ problems: [], warnings: [] });
  });

  test.each([
    [
      'a plan that is not there',
      'plans: [daily]',
      'plans: [dayly]',
      [at(19, `${WORKLOADS}\\.plans\\[0\\] must name a plan .* got "dayly": did you mean daily\\?`)],
    ],
    [
      'a name twice',
      'name: others',
      'name: Workloads',
      [at(23, `${OTHERS}\\.name must be unique, upper and lower case apart`)],
    ],
    [
      'a Region twice',
      '[us-east-1, us-east-2]',
      '[us-east-1, us-east-1]',
      [at(20, `${WORKLOADS}\\.regions\\[1\\] must be unique`)],
    ],
    [
      'a Region of another partition',
      '[us-east-1, us-east-2]',
      '[us-gov-west-1]',
      [at(20, `${WORKLOADS}\\.regions\\[0\\] must be a Region of partition aws,`)],
    ],
    [
      'nobody',
      '      ous: [o-abc1234567/r-abc1/ou-abc1-platform/]\n',
      '',
      [at(23, `${OTHERS} must reach somebody, got neither ous nor accounts`)],
    ],
    [
      'a unit of another organization',
      'ous: [o-abc1234567/r-abc1/ou-abc1-platform/]',
      'ous: [o-zzz1234567/r-abc1/ou-abc1-platform/]',
      [at(26, `${OTHERS}\\.ous\\[0\\] must be a path in organization o-abc1234567/r-abc1,`)],
    ],
    [
      'a unit below another',
      'ous: [o-abc1234567/r-abc1/ou-abc1-platform/]',
      'ous: [o-abc1234567/r-abc1/ou-abc1-platform/, o-abc1234567/r-abc1/ou-abc1-platform/ou-abc1-inner000/]',
      [at(26, `${OTHERS}\\.ous\\[1\\] must not be below another unit`)],
    ],
    [
      'the root without a word',
      'ous: [o-abc1234567/r-abc1/ou-abc1-platform/]',
      'ous: [o-abc1234567/r-abc1/]',
      [at(23, `${OTHERS}\\.acknowledgeRoot must be "r-abc1" when ous names the root, got nothing`)],
    ],
    [
      'the management account',
      '["444444444444"]',
      '["999999999999"]',
      [at(22, `${WORKLOADS}\\.accounts\\[0\\] must not be the management account`)],
    ],
    [
      'a destination',
      '["444444444444"]',
      '["222222222222"]',
      [at(22, `${WORKLOADS}\\.accounts\\[0\\] must not be the account of destination vault`)],
    ],
    [
      'a plan in two rollouts',
      'plans: [weekly]',
      'plans: [daily]',
      [
        at(
          24,
          `${OTHERS}\\.plans\\[0\\] must be rolled out once in a Region, got "daily" in us-east-1 after rollout workloads`,
        ),
      ],
    ],
    [
      'a source that is backed up by the plan already',
      'plans: [monthly]',
      'plans: [daily]',
      [
        at(
          12,
          'sources\\.ledger\\.regions\\.us-east-1 must not be backed up by daily again, which rollout workloads brings',
        ),
      ],
    ],
    [
      'a stranger to run from',
      'runFrom: management',
      'runFrom: valt',
      [at(15, 'organizationPolicies\\.runFrom must be management or name a destination .*did you mean vault')],
    ],
    [
      'a delegation to the management account',
      'runFrom: management',
      'delegation: { existing: none }',
      [at(15, 'organizationPolicies\\.delegation must not be given with runFrom: management')],
    ],
    [
      'copies between accounts that are off',
      'crossAccountBackup: true',
      'crossAccountBackup: false',
      [
        at(
          5,
          'management\\.globalSettings\\.crossAccountBackup must be true, got false: the plans of rollout workloads',
        ),
      ],
    ],
    [
      'a baseline lock that fits nothing',
      'createResourceKey: true }\n  rollouts',
      'createResourceKey: true, lock: { mode: governance, minRetentionDays: 50, maxRetentionDays: 40 } }\n  rollouts',
      [at(16, 'organizationPolicies\\.baseline\\.lock\\.maxRetentionDays must be at least minRetentionDays \\(50\\)')],
    ],
    [
      'a retention outside the baseline lock',
      'createResourceKey: true }\n  rollouts',
      'createResourceKey: true, lock: { mode: governance, minRetentionDays: 50 } }\n  rollouts',
      [
        at(
          33,
          'plans\\.daily\\.rules\\[0\\]\\.deleteAfterDays must be 50 to 36500, as the lock of members of workloads',
        ),
      ],
    ],
    [
      'another time zone',
      'timezone: Etc/UTC',
      'timezone: Europe/Paris',
      [
        at(
          32,
          'plans\\.daily\\.rules\\[0\\]\\.timezone must be Etc/UTC, got "Europe/Paris": rollout workloads uses the plan',
        ),
      ],
    ],
    [
      'an air-gapped target',
      'timezone: Etc/UTC',
      'targetAirGapped: true',
      [at(32, 'plans\\.daily\\.rules\\[0\\]\\.targetAirGapped must be false')],
    ],
    [
      'tags that differ in case',
      '{ Owner: platform }',
      '{ Owner: platform, owner: x }',
      [at(34, 'plans\\.daily\\.rules\\[0\\]\\.recoveryPointTags\\.owner must differ')],
    ],
    [
      'rules that differ in case',
      'rules: [{ name: weekly, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }]',
      'rules: [{ name: a, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }, { name: A, schedule: cron(0 6 ? * 1 *), deleteAfterDays: 90 }]',
      [at(38, 'plans\\.weekly\\.rules\\[1\\]\\.name must differ from "a"')],
    ],
    [
      'a resource by its ARN',
      '[{ name: tagged, tags: { Backup: "true" }, resourceTypes: [EBS] }]',
      '[{ name: tagged, resources: ["arn:aws:ec2:*:*:volume/*"] }]',
      [at(36, 'plans\\.daily\\.selections\\[0\\]\\.resources\\[0\\] must be said by resourceTypes')],
    ],
    [
      'several tag keys',
      '[{ key: Tier, value: gold }]',
      '[{ key: Tier, value: gold }, { key: Team, value: a }]',
      [at(39, 'plans\\.weekly\\.selections\\[0\\]\\.anyTag must have one tag key, got Tier, Team')],
    ],
    [
      'types that are only left out',
      'anyTag: [{ key: Tier, value: gold }]',
      'tags: { Tier: gold }, notResourceTypes: [S3]',
      [at(39, 'plans\\.weekly\\.selections\\[0\\]\\.notResourceTypes must stand beside resourceTypes')],
    ],
    [
      'no tag and no type',
      'anyTag: [{ key: Tier, value: gold }]',
      'conditions: { like: { Tier: "g*" } }',
      [at(39, 'plans\\.weekly\\.selections\\[0\\] must have tags or resourceTypes')],
    ],
    [
      'selections by tags and by types',
      '[{ name: gold,',
      '[{ name: other, resourceTypes: [S3] }, { name: gold,',
      [at(39, 'plans\\.weekly\\.selections must all have resourceTypes, or none of them')],
    ],
  ])('fail when they have %s', (_, replaced, by, problems) => {
    expect(told([replaced, by]).problems).toEqual(problems);
  });

  test('fail when names of plans grow too long', () => {
    const name = 'a'.repeat(29);
    const edits = [
      ['plans: [daily]', `plans: [${name}]`],
      ['  daily:\n', `  ${name}:\n`],
      ['management:\n', 'prefix: abcdefghij\nmanagement:\n'],
    ] as const;
    expect(told(...edits).problems).toEqual([at(20, `${WORKLOADS}\\.plans must make names of at most 50 characters`)]);
  });

  test('fail when one plan does not fit a policy', () => {
    const rules = Array.from({ length: 10 }, (_, index) => {
      const tags = Array.from({ length: 9 }, (_unused, tag) => `key-${tag}: "${'x'.repeat(60)}"`).join(', ');
      return `{ name: r${index}, schedule: "cron(0 ${index} ? * * *)", deleteAfterDays: 90, recoveryPointTags: { ${tags} } }`;
    });
    const given = 'rules: [{ name: weekly, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }]';
    expect(told([given, `rules: [${rules.join(', ')}]`]).problems).toEqual([
      at(37, 'plans\\.weekly must fit a backup policy of 10000 characters, got \\d+ in us-east-1'),
    ]);
  });

  test.each([
    [
      'the root',
      'ous: [o-abc1234567/r-abc1/ou-abc1-platform/]',
      'ous: [o-abc1234567/r-abc1/]\n      acknowledgeRoot: r-abc1',
      [
        at(26, `${OTHERS}\\.ous\\[0\\] reaches the management account too`),
        at(26, `${OTHERS}\\.ous reach the account of destination vault too`),
      ],
    ],
    [
      'an opt-in Region',
      '[us-east-1, us-east-2]',
      '[us-east-1, eu-south-1]',
      [at(20, `${WORKLOADS}\\.regions\\[1\\] is an opt-in Region: every account`)],
    ],
    [
      'keys that nobody shares',
      'baseline: { createResourceKey: true }',
      'baseline: {}',
      [
        at(
          16,
          'organizationPolicies\\.baseline copies EBS, which keep the key of the resource: .*give theirs the statements',
        ),
      ],
    ],
  ])('warn of %s', (_, replaced, by, warnings) => {
    expect(told([replaced, by])).toEqual({ problems: [], warnings: expect.arrayContaining(warnings) });
  });

  test('fail when more policies stand on one unit than AWS takes', () => {
    const regions = ['us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'];
    const tags = Array.from({ length: 9 }, (_, tag) => `key-${tag}: "${'x'.repeat(60)}"`).join(', ');
    const rules = Array.from(
      { length: 6 },
      (_, index) =>
        `{ name: r${index}, schedule: "cron(0 ${index} ? * * *)", deleteAfterDays: 90, recoveryPointTags: { ${tags} } }`,
    );
    const others = ['ca-central-1', 'sa-east-1', 'ap-south-1', 'ap-northeast-1'];
    const given = 'rules: [{ name: weekly, schedule: cron(0 5 ? * 1 *), deleteAfterDays: 90 }]';
    const { problems } = told(
      [given, `rules: [${rules.join(', ')}]`],
      ['regions: [us-east-1]', `regions: [${[...regions, ...others].join(', ')}]`],
    );
    expect(problems).toEqual([at(23, `${OTHERS} must put at most 10 backup policies on one target, got 11`)]);
  });

  test('warn of a source that may be in a unit, with a plan of the rollout', () => {
    const unit = '    ouPath: o-abc1234567/r-abc1/ou-abc1-workload/\n';
    const { problems, warnings } = told([unit, ''], ['plans: [monthly]', 'plans: [daily]']);
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(at(9, 'sources\\.ledger has no ouPath: nothing tells whether rollout workloads'));
  });

  const statement = (fields: string) => `{ Sid: Kept, Effect: Allow, Principal: "*", Action: "a:b", ${fields} }`;
  const keeping = (statements: string) =>
    told([
      'runFrom: management',
      `runFrom: vault\n  delegation: { existing: { id: rp-abc12345, statements: [${statements}] } }`,
    ]);

  test('fail when the delegation would keep its own statements, or grow too long', () => {
    expect(keeping(statement('Resource: "*"')).problems).toEqual([]);
    expect(keeping(statement('Resource: "*"').replace('Kept', 'AllowManagingBackupPolicies')).problems).toEqual([
      at(16, 'organizationPolicies\\.delegation\\.existing\\.statements\\[0\\] must be a statement of somebody else'),
    ]);
    expect(keeping(statement(`Resource: "${'x'.repeat(40_000)}"`)).problems).toEqual([
      at(16, 'organizationPolicies\\.delegation\\.existing must fit a resource policy of 40000 characters'),
    ]);
  });
});
