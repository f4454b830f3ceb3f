import { PlanConfig } from '../../lib/config/plan-config';
import { resolveSelection } from '../../lib/topology/resolve-selection';

const PLACE = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' } as const;
const RULE = { name: 'daily', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35 };
const VOLUMES = 'arn:aws:ec2:*:*:volume/*';

/** What AWS Backup is told at the place. */
function resolve(selection: object, place: Parameters<typeof resolveSelection>[1] = PLACE) {
  const [parsed] = PlanConfig.parse({ rules: [RULE], selections: [{ name: 'some', ...selection }] }).selections;
  if (!parsed) throw new Error('the selection is there');
  return resolveSelection(parsed, place);
}

const NO_CONDITIONS = { stringEquals: [], stringNotEquals: [], stringLike: [], stringNotLike: [] };

describe('resolveSelection', () => {
  test('tags alone select everything that has all of them', () => {
    expect(resolve({ tags: { Backup: 'true', Tier: 'gold' } })).toEqual({
      name: 'some',
      listOfTags: [],
      resources: ['*'],
      notResources: [],
      conditions: {
        ...NO_CONDITIONS,
        stringEquals: [
          { key: 'aws:ResourceTag/Backup', value: 'true' },
          { key: 'aws:ResourceTag/Tier', value: 'gold' },
        ],
      },
    });
  });

  test('tags and resource types narrow each other and never become a union', () => {
    const selection = resolve({ tags: { Backup: 'true' }, resourceTypes: ['EBS'] });
    expect(selection?.listOfTags).toEqual([]);
    expect(selection?.resources).toEqual([VOLUMES]);
    expect(selection?.conditions.stringEquals).toEqual([{ key: 'aws:ResourceTag/Backup', value: 'true' }]);
  });

  test('resource types that share an ARN shape name it once', () => {
    expect(resolve({ resourceTypes: ['Aurora', 'Neptune', 'RDS'] })?.resources).toEqual([
      'arn:aws:rds:*:*:db:*',
      'arn:aws:rds:*:*:cluster:*',
    ]);
  });

  test('resources and resource types leave what is in both', () => {
    const mine = 'arn:aws:ec2:us-east-1:111111111111:volume/vol-1';
    expect(resolve({ resources: [mine], resourceTypes: ['EBS'] })?.resources).toEqual([mine]);
    expect(resolve({ resources: ['*'], resourceTypes: ['EBS'] })?.resources).toEqual([VOLUMES]);
    expect(resolve({ resources: ['arn:aws:ec2:*:*:*'], resourceTypes: ['EBS', 'RDS'] })?.resources).toEqual([VOLUMES]);
  });

  test('anyTag is a list of which one is enough', () => {
    const selection = resolve({ anyTag: [{ key: 'Tier', value: 'gold' }], tags: { Backup: 'true' } });
    expect(selection?.listOfTags).toEqual([{ key: 'Tier', value: 'gold' }]);
    expect(selection?.resources).toEqual([]);
    expect(selection?.conditions.stringEquals).toEqual([{ key: 'aws:ResourceTag/Backup', value: 'true' }]);
  });

  test('conditions are told one by one, each with the prefix AWS wants', () => {
    const { conditions } =
      resolve({
        resources: ['*'],
        conditions: { equals: { A: '1' }, notEquals: { B: ['2', '3'] }, like: { C: 'x*' }, notLike: { D: '*y' } },
      }) ?? {};
    expect(conditions).toEqual({
      stringEquals: [{ key: 'aws:ResourceTag/A', value: '1' }],
      stringNotEquals: [
        { key: 'aws:ResourceTag/B', value: '2' },
        { key: 'aws:ResourceTag/B', value: '3' },
      ],
      stringLike: [{ key: 'aws:ResourceTag/C', value: 'x*' }],
      stringNotLike: [{ key: 'aws:ResourceTag/D', value: '*y' }],
    });
  });

  test('what is left out is left out by ARN and by type', () => {
    const out = { notResources: ['arn:aws:ec2:{region}:{account}:volume/vol-9'], notResourceTypes: ['S3'] };
    expect(resolve({ resources: ['*'], ...out })?.notResources).toEqual([
      'arn:aws:ec2:us-east-1:111111111111:volume/vol-9',
      'arn:aws:s3:::*',
    ]);
  });

  test('an ARN is told only to the account and Region it names', () => {
    const resources = [
      'arn:aws:ec2:us-east-1:111111111111:volume/vol-1',
      'arn:aws:ec2:eu-west-1:111111111111:volume/vol-2',
      'arn:aws:ec2:us-east-1:444444444444:volume/vol-3',
      'arn:aws:rds:*:*:db:prod-*',
      'arn:aws:s3:::bucket',
    ];
    expect(resolve({ resources })?.resources).toEqual([
      'arn:aws:ec2:us-east-1:111111111111:volume/vol-1',
      'arn:aws:rds:*:*:db:prod-*',
      'arn:aws:s3:::bucket',
    ]);
  });

  test('there is no selection where none of its ARNs is', () => {
    expect(resolve({ resources: ['arn:aws:ec2:eu-west-1:111111111111:volume/vol-2'] })).toBeUndefined();
  });

  test('types are of the partition of the Region', () => {
    const place = { partition: 'aws-us-gov', region: 'us-gov-west-1', accountId: '111111111111' } as const;
    expect(resolve({ resourceTypes: ['EBS'] }, place)?.resources).toEqual(['arn:aws-us-gov:ec2:*:*:volume/*']);
  });
});
