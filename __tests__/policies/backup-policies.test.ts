import { readFileSync } from 'node:fs';
import type { Config } from '../../lib/config/config';
import { loadReviewedConfig } from '../../lib/review/review';
import { aPlan } from '../support/a-config';
import { aRolloutConfig, OTHER_UNIT, UNIT } from '../support/a-rollout';
import { policiesOf } from '../support/backup-policies-of';
import { grammarProblems } from '../support/backup-policy-grammar';
import { CONFIG_FILES } from '../support/config-files';

const only = (config: Config) => JSON.parse(policiesOf(config)[0] ?? '').plans;
const selectionOf = (selection: object) =>
  Object.values<Record<string, Record<string, Record<string, unknown>>>>(
    only(aRolloutConfig({ plans: { daily: aPlan({ selections: [{ name: 'chosen', ...selection }] }) } })),
  )[0]?.selections;
const ROLE = { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/cab-backup-us-east-1-org' } };
const assign = (value: unknown) => ({ '@@assign': value });

describe('backupPolicy', () => {
  test('reads in review like the plans of the example', () => {
    const { config } = loadReviewedConfig('examples/organization-policies.yaml');
    const golden = readFileSync('__tests__/policies/organization-policies.golden.json', 'utf8');
    expect(policiesOf(config).map((policy) => JSON.parse(policy))).toEqual(JSON.parse(golden));
  });

  test('says by type what a selection says by type, with its tags as conditions', () => {
    expect(selectionOf({ tags: { Backup: 'true' }, resourceTypes: ['EBS'], notResourceTypes: ['EFS'] })).toEqual({
      resources: {
        chosen: {
          ...ROLE,
          resource_types: assign(['arn:aws:ec2:*:*:volume/*']),
          not_resource_types: assign(['arn:aws:elasticfilesystem:*:*:file-system/*']),
          conditions: {
            string_equals: {
              'condition-1': { condition_key: assign('aws:ResourceTag/Backup'), condition_value: assign('true') },
            },
          },
        },
      },
    });
  });

  test('says by one tag what a selection without types says, and narrows it by the others', () => {
    expect(selectionOf({ tags: { Backup: 'true', Stage: 'live' } })).toEqual({
      tags: {
        chosen: {
          ...ROLE,
          tag_key: assign('Backup'),
          tag_value: assign(['true']),
          conditions: {
            string_equals: {
              'condition-1': { condition_key: assign('aws:ResourceTag/Stage'), condition_value: assign('live') },
            },
          },
        },
      },
    });
  });

  test('takes several values of one tag', () => {
    const anyTag = [
      { key: 'Tier', value: 'gold' },
      { key: 'Tier', value: 'silver' },
    ];
    expect(selectionOf({ anyTag })).toEqual({
      tags: { chosen: { ...ROLE, tag_key: assign('Tier'), tag_value: assign(['gold', 'silver']) } },
    });
  });

  test('says how Windows is backed up, and how archives are', () => {
    const rules = [
      {
        name: 'monthly',
        schedule: 'cron(0 3 1 * ? *)',
        deleteAfterDays: 200,
        moveToColdStorageAfterDays: 100,
        optInToArchive: true,
      },
    ];
    const [plan] = Object.values<Record<string, object>>(
      only(aRolloutConfig({ plans: { daily: aPlan({ rules, windowsVss: true }) } })),
    );
    expect(plan).toMatchObject({
      advanced_backup_settings: { ec2: { windows_vss: assign('enabled') } },
      rules: {
        monthly: {
          lifecycle: {
            delete_after_days: assign('200'),
            move_to_cold_storage_after_days: assign('100'),
            opt_in_to_archive_for_supported_resources: assign('true'),
          },
        },
      },
    });
  });
});

describe('a plan that has recovery points indexed and scanned', () => {
  const planWith = (rule: object, fields: object = {}) => {
    const rules = [{ name: 'daily', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35, ...rule }];
    const config = aRolloutConfig({ plans: { daily: aPlan({ rules, ...fields }) } });
    expect(policiesOf(config).flatMap(grammarProblems)).toEqual([]);
    return Object.values<Record<string, object>>(only(config))[0];
  };
  const scannerRole = assign('arn:aws:iam::$account:role/cab-scan-us-east-1-org');

  test('says what is indexed, and how it is scanned, by which role', () => {
    expect(planWith({ index: ['S3', 'EBS'], scan: 'incremental' })).toMatchObject({
      rules: {
        daily: {
          index_actions: { resource_types: assign(['EBS', 'S3']) },
          scan_actions: { GUARDDUTY: { scan_mode: assign('INCREMENTAL_SCAN') } },
        },
      },
      scan_settings: { GUARDDUTY: { resource_types: assign(['ALL']), scanner_role_arn: scannerRole } },
    });
  });

  test('scans the types that it names alone', () => {
    expect(planWith({ scan: 'full' }, { scanTypes: ['S3', 'EC2'] })).toMatchObject({
      rules: { daily: { scan_actions: { GUARDDUTY: { scan_mode: assign('FULL_SCAN') } } } },
      scan_settings: { GUARDDUTY: { resource_types: assign(['EC2', 'S3']), scanner_role_arn: scannerRole } },
    });
  });

  test('says nothing of scans where no rule scans', () => {
    const plan = planWith({}, { scanTypes: ['S3'] });
    expect(Object.keys(plan ?? {})).toEqual(['regions', 'rules', 'selections', 'backup_plan_tags']);
  });
});

describe('policyGroups', () => {
  const REGIONS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-central-1'];
  const ofRules = (count: number) =>
    aPlan({
      rules: Array.from({ length: count }, (_, index) => ({
        name: `rule-${index}-of-a-plan-with-a-rather-long-name`,
        schedule: `cron(0 ${index} ? * * *)`,
        deleteAfterDays: 35,
        copies: [{ to: 'vault/eu-west-1', deleteAfterDays: 365 }],
      })),
    });
  const many = aRolloutConfig({
    plans: { Daily: ofRules(5), weekly: ofRules(4) },
    rollouts: [
      { name: 'workloads', plans: ['Daily', 'weekly'], regions: REGIONS, ous: [UNIT] },
      { name: 'platform', plans: ['weekly'], regions: ['eu-north-1'], ous: [OTHER_UNIT] },
    ],
  });

  test('makes as many policies as the plans need, none longer than AWS takes', () => {
    const lengths = policiesOf(many).map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(10_000);
    // All but the last of each rollout are full: another plan would not have fitted.
    expect(Math.min(...lengths.slice(0, -2))).toBeGreaterThan(4_000);
  });

  test('gives each plan and Region a key of its own, in lower case', () => {
    const keys = policiesOf(many).flatMap((policy) => Object.keys(JSON.parse(policy).plans));
    expect(keys).toHaveLength(2 * REGIONS.length + 1);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('cab-daily-us-east-1-org');
  });

  test('does not depend on the order of the config', () => {
    const turned = aRolloutConfig({
      plans: { weekly: ofRules(4), Daily: ofRules(5) },
      rollouts: [
        { name: 'workloads', plans: ['weekly', 'Daily'], regions: [...REGIONS].reverse(), ous: [UNIT] },
        { name: 'platform', plans: ['weekly'], regions: ['eu-north-1'], ous: [OTHER_UNIT] },
      ],
    });
    expect(policiesOf(turned)).toEqual(policiesOf(many));
  });
});

describe('the grammar', () => {
  test.each(CONFIG_FILES)('knows all that the policies of %s say', (file) => {
    const problems = policiesOf(loadReviewedConfig(file).config).map((policy) => grammarProblems(policy));
    expect(problems.flat()).toEqual([]);
  });

  // What it would not notice, it could not vouch for.
  const [policy = ''] = policiesOf(aRolloutConfig());
  test.each([
    ['another operator', '"@@assign":"480"', '"@@append":"480"', /has operators @@append/],
    ['a value in no operator', '{"@@assign":"480"}', '"480"', /stands in no operator/],
    ['an unknown element', 'start_backup_window_minutes', 'start_window_minutes', /is no element/],
    [
      'a copy without its target',
      '"target_backup_vault_arn"',
      '"target_backup_vault_name"',
      /lacks target_backup_vault_arn/,
    ],
    ['the Region as a placeholder', 'vault:cab-destination"', 'vault:$region"', /placeholder/],
    ['a placeholder where none is', '"cab-source-org"', '"$account-vault"', /placeholder/],
    ['a plan in upper case', 'cab-daily-us', 'cab-Daily-us', /is no name/],
    ['a resource and no type', 'volume/*', 'volume/vol-1', /resource types/],
    ['a role of a known account', '$account', '111111111111', /a role of \$account/],
    ['white space', '{"plans":', '{ "plans":', /white space/],
  ])('notices %s', (_, text, by, problem) => {
    expect(policy).toContain(text);
    expect(grammarProblems(policy.replaceAll(text, () => by)).join('\n')).toMatch(problem);
  });
});
