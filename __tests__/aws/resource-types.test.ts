import { travelOf } from '../../lib/aws/copy-travel';
import { OPT_IN_TYPES } from '../../lib/aws/regions';
import {
  arnPatternsOf,
  DYNAMODB_BASIC,
  RESOURCE_TYPE_NAMES,
  RESOURCE_TYPES,
  type ResourceType,
} from '../../lib/aws/resource-types';

/** AWS's feature table: across Regions, accounts, both at once; full management; cold; continuous; key; air-gapped. */
const TABLE: Readonly<Record<string, string>> = {
  EC2: 'EC2 | y y y n n n source y',
  EBS: 'EBS | y y y n archive n source y',
  S3: 'S3 | y y y y n y vault y',
  RDS: 'RDS | y y y n n y source n',
  'RDS Multi-AZ cluster': 'RDS | n n n n n n source n',
  Aurora: 'Aurora | y y y n n y source y',
  DSQL: 'DSQL | y y y y n n vault y',
  DocumentDB: 'DocumentDB | y y y n n n source y',
  Neptune: 'Neptune | y y y n n n source y',
  DynamoDB: 'DynamoDB | y y y y y n vault y',
  EFS: 'EFS | y y y y y n vault y',
  'FSx Lustre': 'FSx | y y y n n n source y',
  'FSx Windows': 'FSx | y y y n n n source y',
  'FSx OpenZFS': 'FSx | y y y n n n source unknown',
  'FSx ONTAP': 'FSx | n n n n n n source y',
  'Storage Gateway': 'Storage Gateway | y y y n n n source y',
  Timestream: 'Timestream | y y y y y n vault y',
  VirtualMachine: 'VirtualMachine | y y y y y n vault y',
  CloudFormation: 'CloudFormation | y y y y y n vault unknown',
  'SAP HANA': 'SAP HANA on Amazon EC2 | y y y y y y vault n',
  Redshift: 'Redshift | n n n n n n source n',
  'Redshift Serverless': 'Redshift Serverless | n n n n n n source n',
  EKS: 'EKS | y y y y n n vault y',
};

const HERE = { accountId: '111111111111', region: 'us-east-1', partition: 'aws' } as const;
const THERE = { accountId: '222222222222', region: 'eu-west-1', partition: 'aws' } as const;
const word = (value: boolean | string) => (value === true ? 'y' : value === false ? 'n' : value);
const isOneAction = (type: ResourceType) => travelOf(type, HERE, THERE).by === 'single action';

const rowOf = (type: ResourceType) =>
  `${type.optInKey} | ${[
    type.copiesAcrossRegions,
    type.copiesAcrossAccounts,
    isOneAction(type),
    type.isFullyManaged,
    type.coldStorage,
    type.isContinuous,
    type.key,
    type.isAirGapped,
  ]
    .map(word)
    .join(' ')}`;

describe('RESOURCE_TYPES', () => {
  test.each(RESOURCE_TYPES)('has $name as AWS has it', (type) => {
    expect(rowOf(type)).toBe(TABLE[type.name]);
  });

  test('has every type of the table, and each opt-in of AWS', () => {
    expect([...RESOURCE_TYPE_NAMES]).toEqual(Object.keys(TABLE));
    expect([...new Set(RESOURCE_TYPES.map(({ optInKey }) => optInKey))].sort()).toEqual([...OPT_IN_TYPES].sort());
  });

  test('has DynamoDB without full management as a type that is not copied', () => {
    expect(rowOf(DYNAMODB_BASIC)).toBe('DynamoDB | n n n n n n source n');
    expect(DYNAMODB_BASIC).toMatchObject({ name: 'DynamoDB', arnPattern: 'dynamodb:*:*:table/*' });
  });

  test.each([...RESOURCE_TYPES, DYNAMODB_BASIC].filter((type) => !isOneAction(type)))(
    'says why $name is not copied',
    ({ note }) => {
      expect(note).toMatch(/AWS Backup copies no /);
    },
  );

  test.each([
    ['EC2', 'ec2:*:*:instance/*'],
    ['EBS', 'ec2:*:*:volume/*'],
    ['S3', 's3:::*'],
    ['RDS', 'rds:*:*:db:*'],
    ['RDS Multi-AZ cluster', 'rds:*:*:cluster:*'],
    ['Aurora', 'rds:*:*:cluster:*'],
    ['DSQL', 'dsql:*:*:cluster/*'],
    ['DocumentDB', 'rds:*:*:cluster:*'],
    ['Neptune', 'rds:*:*:cluster:*'],
    ['DynamoDB', 'dynamodb:*:*:table/*'],
    ['EFS', 'elasticfilesystem:*:*:file-system/*'],
    ['FSx Lustre', 'fsx:*:*:file-system/*'],
    ['FSx Windows', 'fsx:*:*:file-system/*'],
    ['FSx OpenZFS', 'fsx:*:*:file-system/*'],
    ['FSx ONTAP', 'fsx:*:*:volume/*'],
    ['Storage Gateway', 'storagegateway:*:*:gateway/*'],
    ['Timestream', 'timestream:*:*:database/*'],
    ['VirtualMachine', 'backup-gateway:*:*:vm/*'],
    ['CloudFormation', 'cloudformation:*:*:stack/*'],
    ['SAP HANA', 'ssm-sap:*:*:HANA/*'],
    ['Redshift', 'redshift:*:*:cluster:*'],
    ['Redshift Serverless', 'redshift-serverless:*:*:namespace/*'],
    ['EKS', 'eks:*:*:cluster/*'],
  ] as const)('knows %s by %s', (name, pattern) => {
    expect(arnPatternsOf([name], 'us-east-1')).toEqual([`arn:aws:${pattern}`]);
  });

  test('names the page that says so', () => {
    const own = [...RESOURCE_TYPES, DYNAMODB_BASIC].filter(({ page }) => page !== 'backup-feature-availability.html');
    expect(own.map(({ name, page }) => `${name} ${page}`)).toEqual([
      'S3 s3-backups.html',
      'EKS eks-backups.html',
      'DynamoDB advanced-ddb-backup.html',
    ]);
  });

  test('names what is dropped, or must be there, besides', () => {
    const notes = RESOURCE_TYPES.filter((type) => type.note !== '' && isOneAction(type)).map(({ name }) => name);
    expect(notes).toEqual(['EC2', 'S3', 'RDS', 'CloudFormation', 'EKS']);
  });
});

describe('arnPatternsOf', () => {
  test('gives a shape that types share once', () => {
    expect(arnPatternsOf(['Aurora', 'Neptune', 'EBS', 'DocumentDB'], 'us-east-1')).toEqual([
      'arn:aws:ec2:*:*:volume/*',
      'arn:aws:rds:*:*:cluster:*',
    ]);
  });

  test('writes the partition of the Region', () => {
    expect(arnPatternsOf(['S3'], 'cn-north-1')).toEqual(['arn:aws-cn:s3:::*']);
    expect(arnPatternsOf(['S3'], 'us-gov-east-1')).toEqual(['arn:aws-us-gov:s3:::*']);
  });

  test('gives nothing for no types', () => {
    expect(arnPatternsOf([], 'us-east-1')).toEqual([]);
  });
});
