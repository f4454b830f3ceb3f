import type { Place } from '../../lib/aws/arn';
import { travelOf } from '../../lib/aws/copy-travel';
import { partitionOf } from '../../lib/aws/regions';
import { DYNAMODB_BASIC, RESOURCE_TYPES, type ResourceTypeName } from '../../lib/aws/resource-types';

const typeOf = (name: ResourceTypeName) => {
  const type = RESOURCE_TYPES.find((row) => row.name === name);
  if (!type) throw new Error(`there is no type ${name}`);
  return type;
};
const at = (region: string, accountId: string): Place => ({ region, accountId, partition: partitionOf(region) });
const own = (region: string) => at(region, '111111111111');
const other = (region: string) => at(region, '222222222222');

const DATABASES = ['RDS', 'Aurora', 'DocumentDB', 'Neptune'] as const;
const UNCOPIED = ['RDS Multi-AZ cluster', 'FSx ONTAP', 'Redshift', 'Redshift Serverless'] as const;
const FSX = ['FSx Lustre', 'FSx Windows', 'FSx OpenZFS'] as const;

describe('travelOf', () => {
  test.each(RESOURCE_TYPES.filter(({ name }) => !(UNCOPIED as readonly string[]).includes(name)))(
    'takes $name to another account in another Region in one action',
    (type) => {
      expect(travelOf(type, own('us-east-1'), other('eu-west-1'))).toEqual({ by: 'single action' });
    },
  );

  test.each(UNCOPIED)('takes %s nowhere, and says why', (name) => {
    const type = typeOf(name);
    expect(travelOf(type, own('us-east-1'), other('us-east-1'))).toEqual({ by: 'none', reason: type.note });
    expect(travelOf(type, own('us-east-1'), own('us-east-2'))).toEqual({ by: 'none', reason: type.note });
  });

  test('takes no tables that AWS Backup does not manage fully', () => {
    expect(travelOf(DYNAMODB_BASIC, own('us-east-1'), other('us-east-1'))).toEqual({
      by: 'none',
      reason: 'without the management preference DynamoDB: true, AWS Backup copies no tables',
    });
  });

  test.each(DATABASES)('relays %s between GovCloud Regions and accounts', (name) => {
    expect(travelOf(typeOf(name), own('us-gov-west-1'), other('us-gov-east-1'))).toEqual({
      by: 'relay',
      reason: `no single copy of ${name} crosses both account and Region in aws-us-gov`,
    });
  });

  test.each(DATABASES)('takes %s over one border at a time in GovCloud', (name) => {
    expect(travelOf(typeOf(name), own('us-gov-west-1'), other('us-gov-west-1'))).toEqual({ by: 'single action' });
    expect(travelOf(typeOf(name), own('us-gov-west-1'), own('us-gov-east-1'))).toEqual({ by: 'single action' });
  });

  test('takes other types over both borders in GovCloud', () => {
    expect(travelOf(typeOf('EBS'), own('us-gov-west-1'), other('us-gov-east-1'))).toEqual({ by: 'single action' });
  });

  const regionGap = (name: string, region: string) => ({
    by: 'none',
    reason: `AWS Backup copies no ${name} out of or into ${region}`,
  });
  const accountGap = (name: string, region: string) => ({
    by: 'none',
    reason: `AWS Backup copies no ${name} across accounts in ${region}`,
  });

  test.each(FSX)('takes %s out of and into no opt-in Region, and across accounts in it', (name) => {
    const type = typeOf(name);
    expect(travelOf(type, own('eu-south-1'), own('eu-west-1'))).toEqual(regionGap(name, 'eu-south-1'));
    expect(travelOf(type, own('eu-west-1'), other('eu-south-1'))).toEqual(regionGap(name, 'eu-south-1'));
    expect(travelOf(type, own('eu-south-1'), other('eu-south-1'))).toEqual({ by: 'single action' });
  });

  test('takes DocumentDB nowhere from an opt-in Region', () => {
    const type = typeOf('DocumentDB');
    expect(travelOf(type, own('af-south-1'), own('eu-west-1'))).toEqual(regionGap('DocumentDB', 'af-south-1'));
    expect(travelOf(type, own('af-south-1'), other('af-south-1'))).toEqual(accountGap('DocumentDB', 'af-south-1'));
  });

  test.each(['CloudFormation', 'Timestream'] as const)(
    'takes %s over Regions, not accounts, of an opt-in Region',
    (name) => {
      expect(travelOf(typeOf(name), own('eu-west-1'), own('eu-south-1'))).toEqual({ by: 'single action' });
      expect(travelOf(typeOf(name), own('eu-west-1'), other('eu-south-1'))).toEqual(accountGap(name, 'eu-south-1'));
    },
  );

  test.each(['af-south-1', 'ap-east-1', 'ap-southeast-3', 'il-central-1', 'me-south-1', 'me-central-1'])(
    'takes Neptune out of %s, though across accounts not',
    (region) => {
      expect(travelOf(typeOf('Neptune'), own(region), own('eu-west-1'))).toEqual({ by: 'single action' });
      expect(travelOf(typeOf('Neptune'), own(region), other(region))).toEqual(accountGap('Neptune', region));
    },
  );

  test.each(['eu-south-2', 'eu-central-2', 'ap-southeast-4', 'ca-west-1'])('takes Neptune not out of %s', (region) => {
    expect(travelOf(typeOf('Neptune'), own(region), own('eu-west-1'))).toEqual(regionGap('Neptune', region));
  });

  test('takes a type with gaps freely where it crosses no border', () => {
    expect(travelOf(typeOf('DocumentDB'), own('af-south-1'), own('af-south-1'))).toEqual({ by: 'single action' });
  });
});
