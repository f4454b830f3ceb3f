import { A_YAML } from '../support/a-yaml';
import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();
const TYPES = '\n        resourceTypes: [EBS, RDS]';
const LISTED = '      - name: listed\n        resources: ["arn:aws:ec2:us-east-1:111111111111:volume/*"]\n';
const FIRST = 'names: { vault: old-vault }';
const BOTH = 'vault/eu-west-1, archive/eu-west-2';
/** The plan daily, which copies to two destinations, with one selection that has the tag and is of these types. */
const daily = (types: string): Edit[] => [
  [TYPES, types && `\n        resourceTypes: [${types}]`],
  [LISTED, ''],
];
const optInSource: Edit = ['      us-east-2: {', '      eu-south-1: {'];
const OPT_IN =
  '26:7 sources.production.regions.eu-south-1 is an opt-in Region: account 111111111111 must have it enabled, or every call there is refused';

const stuck = (types: string, reason: string, to = BOTH) =>
  `38:9 plans.daily.selections[0] must select something that can be copied to ${to} by rule daily-kept-35-days, got only ${types}: ${reason}; select other types, or use a plan without this copy`;
const left = (types: string, reason: string, to = BOTH) =>
  `38:9 plans.daily.selections[0] leaves ${types} behind when it is copied to ${to} by rule daily-kept-35-days: ${reason}; back them up by a plan without copies, or leave them out by notResourceTypes, a tag or optIn`;

const NO_REDSHIFT = 'AWS Backup copies no Redshift snapshots';
const NO_SERVERLESS = 'AWS Backup copies no Redshift Serverless snapshots';
const NO_ONTAP = 'AWS Backup copies no FSx for ONTAP volumes but into air-gapped vaults';
const NO_CLUSTERS = 'AWS Backup copies no Multi-AZ clusters';
const NO_TABLES = 'without the management preference DynamoDB: true, AWS Backup copies no tables';
const SEVERAL = 'AWS Backup does not copy them there';

describe('checkTravel', () => {
  test.each([
    ['Redshift', stuck('Redshift', NO_REDSHIFT)],
    ['Redshift Serverless', stuck('Redshift Serverless', NO_SERVERLESS)],
    ['FSx ONTAP', stuck('FSx ONTAP', NO_ONTAP)],
    ['Redshift, FSx ONTAP', stuck('FSx ONTAP, Redshift', SEVERAL)],
  ])('fails when nothing but %s is copied', (types, problem) => {
    expect(toldOf(edited(...daily(types))).problems).toEqual([problem]);
  });

  test('fails when DynamoDB, not managed fully, is all that is copied', () => {
    const { problems } = toldOf(edited(...daily('DynamoDB'), [FIRST, 'managementPreference: { DynamoDB: false }']));
    expect(problems).toEqual([stuck('DynamoDB', NO_TABLES)]);
  });

  test('takes DynamoDB that is managed fully, without a word', () => {
    const preference = 'managementPreference: { DynamoDB: true, EFS: false }';
    expect(toldOf(edited(...daily('DynamoDB'), [FIRST, preference]))).toEqual({ problems: [], warnings: [] });
  });

  test('fails when one of two Regions can copy nothing', () => {
    expect(toldOf(edited(...daily('FSx Windows'), optInSource)).problems).toEqual([
      stuck('FSx Lustre, FSx Windows, FSx OpenZFS', SEVERAL),
    ]);
  });

  test('takes what is not copied when no rule copies it', () => {
    const { problems } = toldOf(edited(['anyTag: [{ key: Tier, value: gold }]', 'resourceTypes: [Redshift]']));
    expect(problems).toEqual([]);
  });

  test('fails when a vault outside is as far', () => {
    const outside = 'arn:aws:backup:eu-west-1:444444444444:backup-vault:copies';
    const copy: Edit = ['to: vault/eu-west-1', `to: "${outside}"`];
    const { problems } = toldOf(edited(...daily('Redshift'), copy));
    expect(problems).toEqual([stuck('Redshift', NO_REDSHIFT, `${outside}, archive/eu-west-2`)]);
  });
});

describe('travelWarnings', () => {
  test.each([
    ['EBS, Redshift', left('Redshift', NO_REDSHIFT)],
    ['EBS, FSx ONTAP, Redshift', left('FSx ONTAP, Redshift', SEVERAL)],
    ['Aurora', left('RDS Multi-AZ cluster', NO_CLUSTERS)],
    ['DocumentDB', left('RDS Multi-AZ cluster', NO_CLUSTERS)],
    ['RDS Multi-AZ cluster', left('RDS Multi-AZ cluster', NO_CLUSTERS)],
    ['', left('RDS Multi-AZ cluster, FSx ONTAP, Redshift, Redshift Serverless', SEVERAL)],
  ])('tell what stays behind of a selection by tag and by types [%s]', (types, warning) => {
    expect(toldOf(edited(...daily(types)))).toEqual({ problems: [], warnings: [warning] });
  });

  test('tell nothing of types that are opted out of', () => {
    const optIn = 'optIn: { Redshift: false, Redshift Serverless: false, FSx: false, RDS: false }';
    const second: Edit = ['plans: [daily] }', 'plans: [weekly] }'];
    expect(toldOf(edited(...daily(''), [FIRST, optIn], second)).warnings).toEqual([]);
  });

  test('tell of a type that is named, opted out of or not', () => {
    const { warnings } = toldOf(edited(...daily('EBS, Redshift'), [FIRST, 'optIn: { Redshift: false }']));
    expect(warnings).toEqual([left('Redshift', NO_REDSHIFT)]);
  });

  test('tell nothing of types that are left out', () => {
    const types = '\n        notResourceTypes: [Redshift, Redshift Serverless, FSx ONTAP, RDS Multi-AZ cluster]';
    expect(toldOf(edited([TYPES, types], [LISTED, ''])).warnings).toEqual([]);
  });

  test('tell nothing of what is left out by ARNs of the source', () => {
    const { warnings } = toldOf(
      edited(...daily('EBS, Redshift'), [
        'tags: { Backup: "true" }',
        'tags: { Backup: "true" }\n        notResources: ["arn:aws:redshift:{region}:{account}:cluster:*"]',
      ]),
    );
    expect(warnings).toEqual([]);
  });

  test('tell of DynamoDB among others where it is not managed fully', () => {
    const preference: Edit = [FIRST, 'managementPreference: { DynamoDB: false }'];
    expect(toldOf(edited(...daily('DynamoDB, EBS'), preference)).warnings).toEqual([left('DynamoDB', NO_TABLES)]);
  });

  test('tell of DynamoDB where the settings of the Region are left alone', () => {
    expect(toldOf(edited(...daily('DynamoDB'), [FIRST, 'regionSettings: leave'])).warnings).toEqual([
      '25:61 sources.production.regions.us-east-1.regionSettings leaves the management preference of DynamoDB as it is: unless it is true there, AWS Backup copies no tables',
    ]);
  });

  test('tell nothing of settings left alone where no DynamoDB is copied', () => {
    expect(toldOf(edited(...daily('EBS'), [FIRST, 'regionSettings: leave'])).warnings).toEqual([]);
  });

  test('tell what an opt-in Region keeps', () => {
    expect(toldOf(edited(...daily('FSx Windows, EBS'), optInSource)).warnings).toEqual([
      OPT_IN,
      left('FSx Lustre, FSx Windows, FSx OpenZFS', SEVERAL),
    ]);
  });

  test('tell which Region a type does not leave', () => {
    expect(toldOf(edited(...daily('CloudFormation, S3'), optInSource)).warnings).toEqual([
      OPT_IN,
      left('CloudFormation', 'AWS Backup copies no CloudFormation across accounts in eu-south-1'),
    ]);
  });
});

const KEYS =
  'encrypted ones leave the account only under a customer-managed key that lets the destinations in; name such keys in resourceKeys, or make one with createResourceKey';

describe('unshared keys', () => {
  const second: Edit = ['{ createResourceKey: true, plans: [daily] }', '{ plans: [daily] }'];
  const first: Edit = ['createResourceKey: true, names', 'names'];

  test('are told where nothing says which key the resources have', () => {
    expect(toldOf(edited(first)).warnings).toEqual([
      `25:7 sources.production.regions.us-east-1 copies EBS, RDS, which keep the key of the resource: ${KEYS}`,
    ]);
  });

  test('are told once for all Regions', () => {
    expect(toldOf(edited(first, second)).warnings).toEqual([
      `25:7 sources.production.regions.us-east-1 copies EBS, RDS, which keep the key of the resource (in 2 source Regions): ${KEYS}`,
    ]);
  });

  test('are none where a key is named', () => {
    const key = 'arn:aws:kms:us-east-2:111111111111:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
    const named: Edit = ['{ createResourceKey: true, plans: [daily] }', `{ plans: [daily], resourceKeys: ["${key}"] }`];
    expect(toldOf(edited(named)).warnings).toEqual([]);
  });

  test('are none where the key of the vault is the one', () => {
    expect(toldOf(edited(...daily('S3, EFS'), first, second)).warnings).toEqual([]);
  });
});

describe('cold storage', () => {
  const copy = (more: string): Edit => ['deleteAfterDays: 365', `deleteAfterDays: 365, ${more}`];
  const rule: Edit = [
    '(0 5 ? * 1 *), deleteAfterDays: 90',
    '(0 5 ? * 1 *), deleteAfterDays: 120, moveToColdStorageAfterDays: 30',
  ];
  const weekly = (types: string): Edit => ['anyTag: [{ key: Tier, value: gold }]', `resourceTypes: [${types}]`];
  const OF_COPY = '35:86 plans.daily.rules[0].copies[0].moveToColdStorageAfterDays is ignored by';
  const OF_RULE = '45:104 plans.weekly.rules[0].moveToColdStorageAfterDays is ignored by';

  test('is told to be ignored by a copy of types that have none', () => {
    expect(toldOf(edited(copy('moveToColdStorageAfterDays: 30'))).warnings).toEqual([
      `${OF_COPY} EBS, RDS, which stay warm until they are deleted (EBS would not with optInToArchive: true)`,
    ]);
  });

  test('is not ignored by EBS that opts in to the archive', () => {
    expect(toldOf(edited(copy('moveToColdStorageAfterDays: 30, optInToArchive: true'))).warnings).toEqual([
      `${OF_COPY} RDS, which stay warm until they are deleted`,
    ]);
  });

  test('is told to be ignored by a rule without copies', () => {
    expect(toldOf(edited(rule, weekly('S3, EFS'))).warnings).toEqual([
      `${OF_RULE} S3, which stay warm until they are deleted`,
    ]);
  });

  test('is ignored by DynamoDB that is not managed fully', () => {
    const preference: Edit = [FIRST, 'managementPreference: { DynamoDB: false }'];
    expect(toldOf(edited(rule, weekly('EFS, DynamoDB'))).warnings).toEqual([]);
    expect(toldOf(edited(rule, weekly('EFS, DynamoDB'), preference)).warnings).toEqual([
      `${OF_RULE} DynamoDB, which stay warm until they are deleted`,
    ]);
  });
});

describe('a relay', () => {
  const GOV = [
    ['us-east-1', 'us-gov-west-1'],
    ['us-east-2', 'us-gov-east-1'],
    ['eu-west-1', 'us-gov-east-1'],
    ['eu-west-2', 'us-gov-west-1'],
    ['arn:aws:', 'arn:aws-us-gov:'],
  ].reduce((text, [from = '', to = '']) => text.replaceAll(from, to), A_YAML);
  const REASON = 'no single copy of RDS crosses both account and Region in aws-us-gov';
  const TO = 'vault/us-gov-east-1, archive/us-gov-west-1';

  test('is told of where it is all that would help', () => {
    expect(toldOf(GOV.replace('[EBS, RDS]', '[RDS]')).problems).toEqual([
      `38:9 plans.daily.selections[0] must select something that can be copied to ${TO} by rule daily-kept-35-days, got only RDS: ${REASON}; a relay of two copies is not built yet, so copy to another account in the same Region`,
    ]);
  });

  test('is told of where a part needs it', () => {
    expect(toldOf(GOV)).toEqual({ problems: [], warnings: [left('RDS', REASON, TO)] });
  });

  test('is not needed by types that AWS Backup keeps itself', () => {
    expect(toldOf(GOV.replace('[EBS, RDS]', '[S3, EFS]'))).toEqual({ problems: [], warnings: [] });
  });
});
