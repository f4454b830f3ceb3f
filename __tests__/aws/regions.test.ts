import { OPT_IN_TYPES, optInTypesOf, partitionOf, REGIONS } from '../../lib/aws/regions';

/** Regions that an account must enable first, as AWS Backup's guide lists them. */
const OPT_IN_REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

describe('REGIONS', () => {
  test('knows the Regions that an account must enable first', () => {
    const optIn = Object.entries(REGIONS).flatMap(([region, { isOptIn }]) => (isOptIn ? [region] : []));
    expect(optIn).toEqual(OPT_IN_REGIONS);
  });

  test('says of no Region that it lacks a type that is everywhere', () => {
    const everywhere = ['Aurora', 'CloudFormation', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'RDS', 'Redshift', 'S3'];
    const lacking = Object.entries(REGIONS).filter(([, { missing }]) =>
      missing.some((type) => everywhere.includes(type)),
    );
    expect(lacking).toEqual([]);
  });
});

describe('optInTypesOf', () => {
  test('names all nineteen types where AWS has them all', () => {
    expect(optInTypesOf('us-east-1')).toEqual([...OPT_IN_TYPES].sort());
    expect(OPT_IN_TYPES).toHaveLength(19);
  });

  test('leaves out what the Region lacks, in the order of the code units', () => {
    expect(optInTypesOf('us-gov-east-1')).toEqual([
      'Aurora',
      'CloudFormation',
      'DynamoDB',
      'EBS',
      'EC2',
      'EFS',
      'EKS',
      'FSx',
      'Neptune',
      'RDS',
      'Redshift',
      'S3',
      'Storage Gateway',
      'VirtualMachine',
    ]);
  });

  test.each([
    ['ap-southeast-6', 'FSx'],
    ['ca-west-1', 'DocumentDB'],
    ['cn-north-1', 'EKS'],
    ['eu-north-1', 'Timestream'],
    ['eu-south-1', 'Neptune'],
    ['me-south-1', 'Redshift Serverless'],
    ['us-west-1', 'DSQL'],
  ])('knows that %s lacks %s', (region, type) => {
    expect(optInTypesOf(region)).not.toContain(type);
  });

  test.each(['us-east-9', 'toString', '__proto__', ''])('fails when the Region is %p', (region) => {
    expect(() => optInTypesOf(region)).toThrow(
      `region must be one AWS Backup is known to run in, got "${region}": see lib/aws/regions.ts`,
    );
  });
});

describe('partitionOf', () => {
  test.each([
    ['us-east-1', 'aws'],
    ['me-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['xx-new-1', 'aws'],
  ])('gives %s to %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});
