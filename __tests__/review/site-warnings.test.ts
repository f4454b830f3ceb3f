import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();
const warningsOf = (...edits: Edit[]) => {
  const { problems, warnings } = toldOf(edited(...edits));
  expect(problems).toEqual([]);
  return warnings;
};
const weekly = (fields: string): Edit => ['(0 5 ? * 1 *), deleteAfterDays: 90', `(0 5 ? * 1 *), ${fields}`];
const copy = (fields: string): Edit => ['deleteAfterDays: 365', fields];
const any = (fields: string): Edit => ['anyTag: [{ key: Tier, value: gold }]', fields];
const onlyEfs: Edit[] = [
  ['[EBS, RDS]', '[EFS]'],
  ['      - name: listed\n        resources: ["arn:aws:ec2:us-east-1:111111111111:volume/*"]\n', ''],
];
const RULE = '45:71 plans.weekly.rules[0].deleteAfterDays';
const COPY = '35:53 plans.daily.rules[0].copies[0].deleteAfterDays';
const SHORT = 'below 7 the next backup finds none to build on and may be a full one';

describe('siteWarnings', () => {
  test('advise a week of retention for a rule', () => {
    expect(warningsOf(weekly('deleteAfterDays: 7'))).toEqual([]);
    expect(warningsOf(weekly('deleteAfterDays: 6'))).toEqual([`${RULE} is short, 6 days: ${SHORT}`]);
  });

  test('advise a week of retention for a copy', () => {
    expect(warningsOf(copy('deleteAfterDays: 7'))).toEqual([]);
    expect(warningsOf(copy('deleteAfterDays: 6'))).toEqual([`${COPY} is short, 6 days: ${SHORT}`]);
  });

  test('advise eight warm days for a rule', () => {
    const cold = (days: number) =>
      warningsOf(weekly(`deleteAfterDays: 120, moveToColdStorageAfterDays: ${days}`), any('resourceTypes: [EFS]'));
    expect(cold(8)).toEqual([]);
    expect(cold(7)).toEqual([
      '45:104 plans.weekly.rules[0].moveToColdStorageAfterDays is early, after 7 days: below 8 the next backup may be a full one, and what is cold before its copy starts is not copied',
    ]);
  });

  test('advise eight warm days for a copy', () => {
    const cold = (days: number) =>
      warningsOf(copy(`deleteAfterDays: 365, moveToColdStorageAfterDays: ${days}`), ...onlyEfs);
    expect(cold(8)).toEqual([]);
    expect(cold(7)).toEqual([
      '35:86 plans.daily.rules[0].copies[0].moveToColdStorageAfterDays is early, after 7 days: below 8 the next backup may be a full one',
    ]);
  });

  test('tell that the archive is nothing without cold storage', () => {
    expect(warningsOf(weekly('deleteAfterDays: 90, optInToArchive: true'))).toEqual([
      '45:91 plans.weekly.rules[0].optInToArchive does nothing without moveToColdStorageAfterDays',
    ]);
  });

  test('tell that a destination is in a Region to be enabled first', () => {
    const second: Edit = ['to: archive/eu-west-2', 'to: archive/eu-south-1'];
    expect(warningsOf(['regions: [eu-west-2]', 'regions: [eu-south-1]'], second, ...onlyEfs)).toEqual([
      '19:15 destinations.archive.regions.eu-south-1 is an opt-in Region: account 333333333333 must have it enabled, or every call there is refused',
    ]);
  });

  test('tell that a source is in a Region to be enabled first', () => {
    expect(warningsOf(['      us-east-2: {', '      ap-east-1: {'])).toEqual([
      '26:7 sources.production.regions.ap-east-1 is an opt-in Region: account 111111111111 must have it enabled, or every call there is refused',
    ]);
  });

  test('tell which plans have no resources in a Region', () => {
    const both: Edit = ['plans: [daily] }', 'plans: [daily, weekly] }'];
    const bucket = any('resources: ["arn:aws:s3:us-east-1::bucket"]');
    expect(warningsOf(both, bucket)).toEqual([
      '26:7 sources.production.regions.us-east-2 backs up nothing by weekly: no selection has a resource here',
    ]);
    expect(warningsOf(both, any('resources: ["arn:aws:s3:::bucket"]'))).toEqual([]);
  });

  test('tell that a copy stays in its account', () => {
    const near = 'arn:aws:backup:us-west-2:111111111111:backup-vault:near';
    const extra = weekly(`deleteAfterDays: 90, copies: [{ to: "${near}", deleteAfterDays: 90 }]`);
    expect(warningsOf(extra, any('resourceTypes: [EFS]'))).toEqual([
      '45:90 plans.weekly.rules[0].copies[0].to stays in the account it was made in, that of source production: it is lost with the account',
    ]);
  });

  test('let a copy to a vault of another account outside be', () => {
    const far = 'arn:aws:backup:us-west-2:444444444444:backup-vault:far';
    const extra = weekly(`deleteAfterDays: 90, copies: [{ to: "${far}", deleteAfterDays: 90 }]`);
    expect(warningsOf(extra, any('resourceTypes: [EFS]'))).toEqual([]);
  });
});

describe('tags that differ only in case', () => {
  const told = (place: string, other = 'Backup=true') =>
    `47:${place} differs only in case from ${other} of another selection: AWS Backup takes them for two tags`;

  test.each([
    ['a value of any tag', 'anyTag: [{ key: Backup, value: "True" }]', '53 plans.weekly.selections[0].anyTag[0].value'],
    ['a key of any tag', 'anyTag: [{ key: backup, value: "true" }]', '53 plans.weekly.selections[0].anyTag[0].value'],
    ['a tag', 'tags: { Backup: TRUE-, backup: "TRUE" }', '53 plans.weekly.selections[0].tags.backup'],
    [
      'a condition',
      'conditions: { equals: { Backup: "True" } }',
      '54 plans.weekly.selections[0].conditions.equals.Backup',
    ],
  ])('are told where it is %s', (_, fields, place) => {
    expect(warningsOf(any(fields))).toEqual([told(place)]);
  });

  test.each([
    ['the same tag', 'anyTag: [{ key: Backup, value: "true" }]'],
    ['another key', 'anyTag: [{ key: Backups, value: "True" }]'],
    ['another value', 'anyTag: [{ key: Backup, value: "False" }]'],
  ])('are not %s', (_, fields) => {
    expect(warningsOf(any(fields))).toEqual([]);
  });

  test('are meant where one selection names both', () => {
    expect(warningsOf(any('anyTag: [{ key: Tier, value: gold }, { key: Tier, value: Gold }]'))).toEqual([]);
  });
});

describe('a strict config', () => {
  const strict: Edit = ['prefix: cab', 'prefix: cab\nstrict: true'];

  test('has errors in the place of warnings', () => {
    const idle: Edit = ['plans: [daily, weekly]', 'plans: [daily]'];
    expect(warningsOf(idle)).toEqual(['43:3 plans.weekly is used by no source']);
    expect(toldOf(edited(strict, idle)).problems).toEqual(['44:3 plans.weekly is used by no source']);
  });

  test('has the warnings of sites among its errors', () => {
    expect(toldOf(edited(strict, weekly('deleteAfterDays: 6'))).problems).toEqual([
      `46:71 plans.weekly.rules[0].deleteAfterDays is short, 6 days: ${SHORT}`,
    ]);
  });

  test('is accepted when there is nothing to warn of', () => {
    expect(toldOf(edited(strict))).toEqual({ problems: [], warnings: [] });
  });

  test('tells errors first, and warnings when they are mended', () => {
    const wrong = weekly('deleteAfterDays: 6, startWindowMinutes: 600, completionWindowMinutes: 599');
    expect(toldOf(edited(strict, wrong)).problems).toEqual([
      '46:124 plans.weekly.rules[0].completionWindowMinutes must be at least startWindowMinutes (600), got 599: a job that starts late would be cancelled at once',
    ]);
  });
});
