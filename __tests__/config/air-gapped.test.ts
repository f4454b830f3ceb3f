import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();
const SITE = 'destinations.archive.regions.eu-west-2';
const VAULT = { minRetentionDays: 7, maxRetentionDays: 365, acknowledge: 'cab-destination-air-gapped' };
const OWN = { ...VAULT, acknowledge: 'cab-source-air-gapped' };
const airGapped = (fields: object = {}) => `airGapped: ${JSON.stringify({ ...VAULT, ...fields })}`;

const at = (site: string): Edit => ['regions: [eu-west-2]', `regions: { eu-west-2: { ${site} } }`];
const toArchive = (to: string, deleteAfterDays = 90): Edit => [
  '{ to: archive/eu-west-2, deleteAfterDays: 90 }',
  `{ to: ${to}, deleteAfterDays: ${deleteAfterDays} }`,
];
const IN_USE = toArchive('archive/eu-west-2/air-gapped');

const withoutPlace = (told: string) => told.replace(/^\d+:\d+ /, '').replace(`${SITE}.`, '');
const problemsOf = (...edits: Edit[]) => toldOf(edited(...edits)).problems.map(withoutPlace);
const warningsOf = (...edits: Edit[]) => toldOf(edited(...edits)).warnings?.map(withoutPlace);

describe('an air-gapped vault of a destination', () => {
  test('is taken with what AWS takes, and is nothing to warn of', () => {
    const plain: Edit = ['resourceTypes: [EBS, RDS]', 'resourceTypes: [EBS]'];
    expect(toldOf(edited(at(airGapped()), IN_USE, plain))).toEqual({ problems: [], warnings: [] });
    expect(problemsOf(at(airGapped({ minRetentionDays: 90, maxRetentionDays: 90 })), IN_USE)).toEqual([]);
    expect(problemsOf(at(airGapped({ maxRetentionDays: 36500, key: 'own' })), IN_USE)).toEqual([]);
  });

  test('fails for bounds that AWS does not take', () => {
    expect(problemsOf(at(airGapped({ minRetentionDays: 6 })))).toEqual([
      'airGapped.minRetentionDays must be at least 7, got 6',
    ]);
    expect(problemsOf(at(airGapped({ maxRetentionDays: 36501 })))).toEqual([
      'airGapped.maxRetentionDays must be at most 36500, got 36501',
    ]);
    expect(problemsOf(at(airGapped({ minRetentionDays: 8, maxRetentionDays: 7 })))).toEqual([
      'airGapped.maxRetentionDays must be at least minRetentionDays (8), got 7',
    ]);
  });

  test('fails unless its name is written out', () => {
    expect(problemsOf(at(airGapped({ acknowledge: 'cab-destination' })))).toEqual([
      'airGapped.acknowledge must be the name of the vault, "cab-destination-air-gapped", got "cab-destination": a compliance lock cannot be undone, so write out what it locks',
    ]);
    expect(problemsOf(at(airGapped({ acknowledge: undefined })))).toEqual(['airGapped.acknowledge is required']);
    const named = { names: { vault: 'own-name' }, acknowledge: 'own-name' };
    expect(problemsOf(at(airGapped(named)), IN_USE)).toEqual([]);
  });

  test('fails when it has the name of the vault beside it', () => {
    const named = { names: { vault: 'cab-destination' }, acknowledge: 'cab-destination' };
    expect(problemsOf(at(airGapped(named)))).toEqual([
      'airGapped.names.vault must be another name than that of the vault, got "cab-destination"',
    ]);
  });

  test('fails when its key has the alias of the key beside it', () => {
    const names = 'names: { keyAlias: alias/cab-destination-air-gapped }';
    expect(problemsOf(at(`${names}, ${airGapped({ key: 'own' })}`), IN_USE)).toEqual([
      'airGapped.key must be another name than that of the vault\'s key, got "alias/cab-destination-air-gapped"',
    ]);
    expect(problemsOf(at(`${names}, ${airGapped()}`), IN_USE)).toEqual([]);
  });

  test('fails where AWS has none', () => {
    const elsewhere: Edit = ['regions: [eu-west-2]', `regions: { eu-west-2: {}, ca-west-1: { ${airGapped()} } }`];
    expect(problemsOf(elsewhere)).toEqual([
      'destinations.archive.regions.ca-west-1.airGapped must be in a Region that has logically air-gapped vaults, got ca-west-1: AWS Backup does not offer them there',
    ]);
  });

  test('fails when it is shared with its own account, or twice', () => {
    expect(problemsOf(at(airGapped({ shareWith: ['444444444444', '555555555555'] })), IN_USE)).toEqual([]);
    expect(problemsOf(at(airGapped({ shareWith: ['444444444444', '444444444444', '333333333333'] })))).toEqual([
      'airGapped.shareWith[1] must be unique, got "444444444444" a second time',
      'airGapped.shareWith[2] must be another account than the vault\'s own, got "333333333333": that one may restore anyway',
    ]);
    expect(problemsOf(at(airGapped({ shareWith: ['4444'] })))).toEqual([
      'airGapped.shareWith[0] must be a 12-digit account id, got "4444"',
    ]);
  });

  test('warns when nothing is copied to it', () => {
    expect(warningsOf(at(airGapped()))).toEqual([
      'airGapped keeps nothing: no source has a plan with a copy to archive/eu-west-2/air-gapped',
    ]);
    expect(problemsOf(at(airGapped()), ['deleteAfterDays: 35', 'deleteAfterDays: 34'])).toEqual([]);
  });
});

describe('a copy to an air-gapped vault', () => {
  test('fails where there is none', () => {
    expect(problemsOf(IN_USE)).toEqual([
      'plans.daily.rules[0].copies[1].to must name a Region of destination archive with an air-gapped vault (it has none), got "archive/eu-west-2/air-gapped": add airGapped to destinations.archive.regions.eu-west-2 to keep copies there',
    ]);
    expect(
      problemsOf(['regions: [eu-west-2]', `regions: { eu-west-2: {}, eu-west-3: { ${airGapped()} } }`], IN_USE),
    ).toEqual([
      'plans.daily.rules[0].copies[1].to must name a Region of destination archive with an air-gapped vault (eu-west-3), got "archive/eu-west-2/air-gapped": add airGapped to destinations.archive.regions.eu-west-2 to keep copies there',
    ]);
  });

  test('fails for a slip in its word', () => {
    expect(problemsOf(at(airGapped()), toArchive('archive/eu-west-2/airgapped'))).toEqual([
      'plans.daily.rules[0].copies[1].to must end in the Region, or in /air-gapped for the air-gapped vault there, got "archive/eu-west-2/airgapped": did you mean air-gapped?',
    ]);
    expect(problemsOf(toArchive('archive/eu-west-2/'))).toEqual([
      'plans.daily.rules[0].copies[1].to must end in the Region, or in /air-gapped for the air-gapped vault there, got "archive/eu-west-2/"',
    ]);
    expect(problemsOf(toArchive('archive/eu-west-2/air-gapped/x'))).toEqual([
      'plans.daily.rules[0].copies[1].to must be <destination>/<region> or the ARN of a backup vault, got "archive/eu-west-2/air-gapped/x"',
    ]);
  });

  test('fails when it is kept outside the bounds', () => {
    const to = 'archive/eu-west-2/air-gapped';
    expect(problemsOf(at(airGapped()), toArchive(to, 7))).toEqual([]);
    expect(problemsOf(at(airGapped()), toArchive(to, 365))).toEqual([]);
    const refused = (days: number) => [
      `plans.daily.rules[0].copies[1].deleteAfterDays must be 7 to 365, as the lock of ${to} demands, got ${days}: the vault fails every job with another retention`,
    ];
    expect(problemsOf(at(airGapped()), toArchive(to, 6))).toEqual(refused(6));
    expect(problemsOf(at(airGapped()), toArchive(to, 366))).toEqual(refused(366));
  });

  test('fails when it names the vault of this file by its ARN', () => {
    const arn = 'arn:aws:backup:eu-west-2:333333333333:backup-vault:cab-destination-air-gapped';
    expect(problemsOf(at(airGapped()), toArchive(`"${arn}"`))).toEqual([
      `plans.daily.rules[0].copies[1].to must be written archive/eu-west-2/air-gapped, got "${arn}": it is a vault of this file`,
    ]);
  });
});

describe('a rule that targets an air-gapped vault', () => {
  const TARGET: Edit = ['{ name: weekly,', '{ name: weekly, targetAirGapped: true,'];
  const FIRST: Edit = ['names: { vault: old-vault }', `names: { vault: old-vault }, airGapped: ${JSON.stringify(OWN)}`];
  const second = (fields: object = {}): Edit => [
    'createResourceKey: true, plans: [daily]',
    `createResourceKey: true, plans: [weekly], airGapped: ${JSON.stringify({ ...OWN, ...fields })}`,
  ];

  test('fails in each Region that has none', () => {
    const both: Edit = ['createResourceKey: true, plans: [daily]', 'createResourceKey: true'];
    const missing = (region: string) =>
      `sources.production.regions.${region} must have airGapped, got none: rules of plan weekly have targetAirGapped, which means the air-gapped vault of this Region`;
    expect(problemsOf(TARGET, both)).toEqual([missing('us-east-1'), missing('us-east-2')]);
    expect(problemsOf(TARGET, second())).toEqual([missing('us-east-1')]);
    expect(problemsOf(TARGET, FIRST)).toEqual([]);
    expect(problemsOf(TARGET, FIRST, second())).toEqual([]);
  });

  test('fails when it keeps less or more than the vault takes', () => {
    expect(problemsOf(TARGET, FIRST, second({ minRetentionDays: 90, maxRetentionDays: 90 }))).toEqual([]);
    expect(problemsOf(TARGET, FIRST, second({ minRetentionDays: 91 }))).toEqual([
      'plans.weekly.rules[0].deleteAfterDays must be 91 to 365, as the lock of production/us-east-2/air-gapped demands, got 90: the vault fails every job with another retention',
    ]);
    expect(problemsOf(FIRST, second({ minRetentionDays: 91 }))).toEqual([]);
  });

  test('is what a vault of a source is there for', () => {
    expect(warningsOf(FIRST)).toEqual([
      'sources.production.regions.us-east-1.airGapped keeps nothing: no plan of this Region has a rule with targetAirGapped',
    ]);
  });
});
