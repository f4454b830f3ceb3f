import { type Explanation, explain } from '../../lib/review/explain';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aPlan, DESTINATION_ID, SOURCE_ID } from '../support/a-config';

interface Given {
  readonly types?: readonly string[];
  readonly copy?: object;
  readonly source?: object;
  readonly destination?: object;
}

/** One source that copies one selection of these types to one vault. */
function explained({ types = ['EBS'], copy = {}, source = {}, destination = {} }: Given = {}): Explanation[] {
  const copies = [{ to: 'vault/eu-west-1', deleteAfterDays: 365, ...copy }];
  const config = aConfig({
    destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': destination } } },
    sources: { production: { accountId: SOURCE_ID, regions: { 'us-east-1': source }, plans: ['daily'] } },
    plans: {
      daily: aPlan({
        rules: [{ name: 'daily', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35, copies }],
        selections: [{ name: 'some', resourceTypes: types }],
      }),
    },
  });
  return explain(config, resolveTopology(config));
}

const column = (rows: readonly Explanation[], key: keyof Explanation) => rows.map((row) => row[key]);

describe('explain', () => {
  test('says all there is to say of one type on one way', () => {
    expect(explained()).toEqual([
      {
        source: 'production/us-east-1',
        plan: 'daily',
        rule: 'daily',
        selection: 'some',
        type: 'EBS',
        to: 'vault/eu-west-1',
        travels: 'single action',
        note: '',
        page: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html',
        key: 'resource, not known to be shared',
        coldStorage: '-',
        lock: '365 in 1..36500, governance',
      },
    ]);
  });

  test('says why a type does not travel, and nothing more of it', () => {
    const [row] = explained({ types: ['Redshift'], copy: { moveToColdStorageAfterDays: 30 } });
    expect(row).toMatchObject({
      travels: 'not possible',
      note: 'AWS Backup copies no Redshift snapshots',
      key: '-',
      coldStorage: '-',
      lock: '-',
    });
  });

  test('says of each type that a shape takes along how it travels', () => {
    const rows = explained({ types: ['Aurora'] });
    expect(column(rows, 'type')).toEqual(['RDS Multi-AZ cluster', 'Aurora', 'DocumentDB', 'Neptune']);
    expect(column(rows, 'travels')).toEqual(['not possible', 'single action', 'single action', 'single action']);
  });

  test('says what to know of a type that travels', () => {
    expect(column(explained({ types: ['S3', 'EFS'] }), 'note')).toEqual(['the bucket needs versioning', '']);
  });

  test('says whose key a destination has to read', () => {
    const key = 'arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
    expect(column(explained({ types: ['EBS', 'S3'] }), 'key')).toEqual([
      'resource, not known to be shared',
      'source vault',
    ]);
    expect(column(explained({ source: { createResourceKey: true } }), 'key')).toEqual(['resource, shared']);
    expect(column(explained({ source: { resourceKeys: [key] } }), 'key')).toEqual(['resource, shared']);
  });

  test('says what cold storage does to each type', () => {
    const types = ['EBS', 'RDS', 'EFS'];
    const cold = { moveToColdStorageAfterDays: 30 };
    expect(column(explained({ types, copy: cold }), 'coldStorage')).toEqual(['ignored', 'ignored', 'after 30 days']);
    expect(column(explained({ types, copy: { ...cold, optInToArchive: true } }), 'coldStorage')).toEqual([
      'after 30 days',
      'ignored',
      'after 30 days',
    ]);
  });

  test('says how the copy fits the lock', () => {
    const compliance = {
      mode: 'compliance',
      minRetentionDays: 7,
      changeableForDays: 3,
      acknowledge: 'cab-destination',
    };
    const lockOf = (destination: object) => column(explained({ destination }), 'lock');
    expect(lockOf({ lock: compliance })).toEqual(['365 in 7..36500, compliance']);
    expect(lockOf({ lock: { mode: 'none' } })).toEqual(['none known']);
  });

  test('knows no lock of a vault outside', () => {
    const to = (accountId: string) => `arn:aws:backup:us-west-2:${accountId}:backup-vault:copies`;
    expect(column(explained({ copy: { to: to('444444444444') } }), 'lock')).toEqual(['none known']);
    expect(column(explained({ copy: { to: to(SOURCE_ID) } }), 'lock')).toEqual(['own account']);
  });

  test('says that DynamoDB which is not managed fully does not travel', () => {
    const source = { managementPreference: { DynamoDB: false } };
    expect(column(explained({ types: ['DynamoDB'] }), 'travels')).toEqual(['single action']);
    expect(column(explained({ types: ['DynamoDB'], source }), 'travels')).toEqual(['not possible']);
  });

  test('says that a way in GovCloud needs two copies', () => {
    const { management, ...config } = aConfig({
      destinations: { vault: { accountId: DESTINATION_ID, regions: ['us-gov-east-1'] } },
      sources: { production: { accountId: SOURCE_ID, regions: ['us-gov-west-1'], plans: ['daily'] } },
      plans: {
        daily: aPlan({
          rules: [
            {
              name: 'daily',
              schedule: 'cron(0 3 ? * * *)',
              deleteAfterDays: 35,
              copies: [{ to: 'vault/us-gov-east-1', deleteAfterDays: 365 }],
            },
          ],
          selections: [{ name: 'some', resourceTypes: ['RDS', 'EBS'] }],
        }),
      },
    });
    const gov = { ...config, management: { ...management, region: 'us-gov-west-1' } };
    expect(column(explain(gov, resolveTopology(gov)), 'travels')).toEqual(['single action', 'relay']);
  });
});
