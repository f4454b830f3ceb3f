import type { Place } from '../../lib/aws/arn';
import { covers, fillPlaceholders, fitsPlace, intersection } from '../../lib/aws/arn-pattern';

const PLACE: Place = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' };
const VOLUMES = 'arn:aws:ec2:*:*:volume/*';
const OWN = 'arn:aws:ec2:us-east-1:111111111111:volume/*';

describe('fillPlaceholders', () => {
  test('writes account and Region wherever they stand', () => {
    expect(fillPlaceholders('arn:aws:s3:{region}:{account}:b-{account}-{region}', PLACE)).toBe(
      'arn:aws:s3:us-east-1:111111111111:b-111111111111-us-east-1',
    );
  });

  test('lets any other text be', () => {
    expect(fillPlaceholders('arn:aws:s3:::{bucket}-{Region}', PLACE)).toBe('arn:aws:s3:::{bucket}-{Region}');
  });
});

describe('fitsPlace', () => {
  test.each([
    '*',
    OWN,
    VOLUMES,
    'arn:aws:s3:::bucket',
    'arn:*:ec2:us-*:1111*:volume/v-1',
    'arn:aws:ec2:us-east-*:111111111111:volume/*',
  ])('takes %s', (pattern) => {
    expect(fitsPlace(pattern, PLACE)).toBe(true);
  });

  test.each([
    'arn:aws:ec2:us-east-2:111111111111:volume/*',
    'arn:aws:ec2:us-east-1:222222222222:volume/*',
    'arn:aws-cn:ec2:us-east-1:111111111111:volume/*',
    'arn:aws:ec2:us-east:*:volume/*',
    'arn:aws:ec2:us.east.1:*:volume/*',
    'arn::s3:::bucket',
    'volume/*',
    'arn:aws:ec2:us-east-1',
    '',
  ])('fails when it is %p', (pattern) => {
    expect(fitsPlace(pattern, PLACE)).toBe(false);
  });
});

describe('intersection', () => {
  test.each([
    ['everything and a pattern', '*', OWN, OWN],
    ['everything and everything', '*', '*', '*'],
    ['a pattern and a narrower one', VOLUMES, OWN, OWN],
    [
      'a pattern and one thing',
      VOLUMES,
      'arn:aws:ec2:us-east-1:111111111111:volume/v-1',
      'arn:aws:ec2:us-east-1:111111111111:volume/v-1',
    ],
    ['a service and a type', 'arn:aws:ec2:us-east-1:*:*', VOLUMES, 'arn:aws:ec2:us-east-1:*:volume/*'],
    [
      'patterns that are narrower in turn',
      'arn:aws:ec2:us-*:*:volume/v-1',
      OWN,
      'arn:aws:ec2:us-east-1:111111111111:volume/v-1',
    ],
    [
      'a resource with colons',
      'arn:aws:rds:*:*:cluster:*',
      'arn:aws:rds:*:*:cluster:a:b',
      'arn:aws:rds:*:*:cluster:a:b',
    ],
  ])('is the narrower: %s', (_, a, b, both) => {
    expect(intersection(a, b)).toBe(both);
    expect(intersection(b, a)).toBe(both);
  });

  test.each([
    ['types', VOLUMES, 'arn:aws:ec2:*:*:instance/*'],
    ['services', VOLUMES, 'arn:aws:rds:*:*:db:*'],
    ['Regions', OWN, 'arn:aws:ec2:us-east-2:111111111111:volume/*'],
    ['accounts', OWN, 'arn:aws:ec2:us-east-1:222222222222:volume/*'],
    ['partitions', OWN, 'arn:aws-cn:ec2:us-east-1:111111111111:volume/*'],
    ['things, one of which is no ARN', OWN, 'volume/*'],
  ])('is nothing for other %s', (_, a, b) => {
    expect(intersection(a, b)).toBeUndefined();
    expect(intersection(b, a)).toBeUndefined();
  });

  test('takes each character but * for itself', () => {
    expect(intersection('arn:aws:s3:::a.b*', 'arn:aws:s3:::a.bc')).toBe('arn:aws:s3:::a.bc');
    expect(intersection('arn:aws:s3:::a.b*', 'arn:aws:s3:::axbc')).toBeUndefined();
    expect(intersection('arn:aws:s3:::(a+[b*', 'arn:aws:s3:::(a+[b$')).toBe('arn:aws:s3:::(a+[b$');
  });
});

describe('covers', () => {
  test.each([
    ['*', OWN],
    [VOLUMES, OWN],
    [OWN, OWN],
    ['arn:aws:ec2:*:*:*', VOLUMES],
  ])('tells that %s covers %s', (wide, narrow) => {
    expect(covers(wide, narrow)).toBe(true);
  });

  test.each([
    [OWN, '*'],
    [OWN, VOLUMES],
    [OWN, 'arn:aws:rds:*:*:db:*'],
    ['arn:aws:ec2:us-east-1:*:*', VOLUMES],
  ])('tells that %s does not cover %s', (wide, narrow) => {
    expect(covers(wide, narrow)).toBe(false);
  });
});
