import type { BackupSelection } from '@aws-sdk/client-backup';
import type { Resource } from '../../sandbox/backup-api/seams';
import { selectedResources } from '../../sandbox/backup-api/selected-resources';

const resource = (type: string, arn: string, tags: Resource['tags'] = {}): Resource => ({
  type,
  arn: `arn:aws:${arn}`,
  tags,
  sizeInBytes: 0,
  keyArn: undefined,
});

const RESOURCES = [
  resource('EBS', 'ec2:us-east-1:111111111111:volume/vol-1', { Backup: 'true', Env: 'prod' }),
  resource('EC2', 'ec2:us-east-1:111111111111:instance/i-1', { Env: 'prod' }),
  resource('RDS', 'rds:us-east-1:111111111111:db:orders', { Backup: 'True', Env: 'dev' }),
  resource('Aurora', 'rds:us-east-1:111111111111:cluster:orders'),
  resource('S3', 's3:::logs-2026', { Backup: 'true' }),
];
const ALL = { EBS: true, EC2: true, RDS: true, Aurora: true, S3: true };

const typesOf = (selection: Partial<BackupSelection>, optIn: Readonly<Record<string, boolean>> = ALL) =>
  selectedResources({ SelectionName: 'one', IamRoleArn: 'role', ...selection }, RESOURCES, optIn).map(
    ({ type }) => type,
  );
const tag = (key: string, value: string) => ({
  ConditionType: 'STRINGEQUALS' as const,
  ConditionKey: key,
  ConditionValue: value,
});
const env = (value: string) => ({ ConditionKey: 'aws:ResourceTag/Env', ConditionValue: value });

/** Expectations by hand from https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html. */
describe('a selection', () => {
  test.each<[string, Partial<BackupSelection>, string[]]>([
    ['of everything', { Resources: ['*'] }, ['EBS', 'EC2', 'RDS', 'Aurora', 'S3']],
    [
      'by tags takes what has any of them',
      { ListOfTags: [tag('Backup', 'true'), tag('Env', 'dev')] },
      ['EBS', 'RDS', 'S3'],
    ],
    ['by tags minds upper and lower case', { ListOfTags: [tag('Backup', 'True')] }, ['RDS']],
    [
      'by tags and ARNs is a union',
      { ListOfTags: [tag('Backup', 'true')], Resources: ['arn:aws:ec2:*:*:instance/*'] },
      ['EBS', 'EC2', 'S3'],
    ],
    ['by a beginning', { Resources: ['arn:aws:s3:::logs-*'] }, ['S3']],
    ['with exceptions', { Resources: ['*'], NotResources: ['arn:aws:rds:*', 'arn:aws:s3:::*'] }, ['EBS', 'EC2']],
    ['narrowed by a value', { Resources: ['*'], Conditions: { StringEquals: [env('prod')] } }, ['EBS', 'EC2']],
    [
      'narrowed by two conditions',
      { Resources: ['*'], Conditions: { StringLike: [env('*')], StringNotEquals: [env('dev')] } },
      ['EBS', 'EC2'],
    ],
    [
      'of tags, narrowed too',
      { ListOfTags: [tag('Backup', 'true')], Conditions: { StringLike: [env('p*')] } },
      ['EBS'],
    ],
    [
      'with a negation takes what lacks the tag',
      { Resources: ['*'], Conditions: { StringNotLike: [env('p*')] } },
      ['RDS', 'Aurora', 'S3'],
    ],
  ])('%s', (_, selection, types) => {
    expect(typesOf(selection)).toEqual(types);
  });

  test.each([
    ['everything', '*', []],
    ['a service', 'arn:aws:ec2:*', []],
    ['a service in all Regions', 'arn:aws:ec2:*:*:*', []],
    ['a type', 'arn:aws:ec2:*:*:volume/*', ['EBS']],
    ['one resource', 'arn:aws:rds:us-east-1:111111111111:db:orders', ['RDS']],
    ['all buckets', 'arn:aws:s3:::*', ['S3']],
    ['clusters, whose ARNs several types have', 'arn:aws:rds:*:*:cluster:*', []],
  ])('of %s overrides the opt-in as far as it names a type', (_, arn, types) => {
    expect(typesOf({ Resources: [arn] }, {})).toEqual(types);
  });
});
