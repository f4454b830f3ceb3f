import fc from 'fast-check';
import { OTHER_UNIT, UNIT } from './a-rollout';

const TYPES = ['EBS', 'EFS', 'S3', 'RDS', 'DynamoDB', 'Aurora', 'FSx Windows', 'SAP HANA', 'EKS'];
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-northeast-1', 'sa-east-1'];

const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,7}$/);
const tagKey = fc.constantFrom('Backup', 'Stage', 'a key', 'team:name', 'ÄÖ"\\');
const value = fc.constantFrom('true', '', 'a "quoted" value', 'x'.repeat(60), 'ja/nein', '\\');
const tagMap = fc.dictionary(tagKey, value, { maxKeys: 3 });
const named = <Fields>(fields: fc.Arbitrary<Fields>) =>
  fc
    .uniqueArray(fc.record({ name: word, fields }), {
      selector: ({ name }) => name.toLowerCase(),
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => all.map(({ name, fields: given }) => ({ name, ...given })));

const copy = (longest: number) =>
  fc.record({
    to: fc.constant('vault/eu-west-1'),
    deleteAfterDays: fc.integer({ min: 1, max: longest }),
  });

const rule = fc.record(
  {
    schedule: fc.constantFrom('cron(0 3 ? * * *)', 'cron(15 0/6 ? * MON-FRI *)', 'cron(0 5 1 * ? *)'),
    deleteAfterDays: fc.integer({ min: 1, max: 35 }),
    startWindowMinutes: fc.constantFrom(60, 480),
    completionWindowMinutes: fc.constantFrom(480, 52_560_000),
    enableContinuousBackup: fc.boolean(),
    recoveryPointTags: tagMap,
    timezone: fc.constantFrom('Etc/UTC', 'Etc/UTC', 'Etc/UTC', 'Europe/Paris'),
    index: fc.constantFrom(['EBS'], ['S3', 'EBS']),
    scan: fc.constantFrom('full', 'incremental'),
    copies: fc.array(copy(36_500), { maxLength: 1 }),
  },
  { requiredKeys: ['schedule', 'deleteAfterDays'] },
);

const conditions = fc.record(
  { equals: tagMap, notEquals: tagMap, like: tagMap, notLike: tagMap },
  { requiredKeys: [] },
);
const byType = fc.record(
  {
    resourceTypes: fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 }),
    notResourceTypes: fc.constantFrom([], ['Redshift']),
    tags: tagMap,
    conditions,
  },
  { requiredKeys: ['resourceTypes'] },
);
const byTag = fc.oneof(
  fc.record({ tags: tagMap, conditions }, { requiredKeys: ['tags'] }),
  fc.record({ anyTag: fc.array(fc.record({ key: fc.constant('Tier'), value }), { minLength: 1, maxLength: 3 }) }),
);

const plan = fc.record(
  {
    rules: named(rule),
    selections: fc.oneof(named(byType), named(byTag)),
    windowsVss: fc.boolean(),
    scanTypes: fc.constantFrom(['S3'], ['EC2', 'EBS']),
  },
  { requiredKeys: ['rules', 'selections'] },
);

/** Plans and rollouts of all shapes, most of which can be rolled out. */
export const rolloutInput = fc
  .record({
    plans: fc.dictionary(word, plan, { minKeys: 1, maxKeys: 4 }),
    regions: fc.uniqueArray(fc.constantFrom(...REGIONS), { minLength: 1 }),
    ous: fc.uniqueArray(fc.constantFrom(UNIT, OTHER_UNIT), { minLength: 1 }),
    accounts: fc.constantFrom([], ['444444444444']),
    createResourceKey: fc.boolean(),
    lock: fc.constantFrom({ mode: 'none' }, { mode: 'governance', minRetentionDays: 1 }),
  })
  .map(({ plans, regions, ous, accounts, ...baseline }) => ({
    plans,
    rollouts: [{ name: 'all', plans: Object.keys(plans), regions, ous, accounts }],
    policies: { baseline },
  }));
