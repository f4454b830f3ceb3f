import { anOperator, edited } from '../support/operator';

const toldOf = anOperator();
const ARCHIVE = 'regions: [eu-west-2]';
const GOVERNANCE = '{ lock: { mode: governance } }';
const locked = (name: string) => `{ lock: { mode: compliance, changeableForDays: 3, acknowledge: ${name} } }`;
const SITE = 'destinations.archive.regions.eu-west-2';
const problemsOf = (site: string) =>
  toldOf(edited([ARCHIVE, `regions: { eu-west-2: { ${site} } }`])).problems.map(withoutPlace);
const withoutPlace = (told: string) => told.replace(/^\d+:\d+ /, '').replace(`${SITE}.`, '');

describe('generations', () => {
  test('are told apart from a lock, and from no list', () => {
    expect(problemsOf(`generations: [${GOVERNANCE}]`)).toEqual([]);
    expect(problemsOf(`generations: [${GOVERNANCE}, ${GOVERNANCE}]`)).toEqual([]);
    expect(problemsOf('lock: { mode: none }')).toEqual([]);
    expect(problemsOf('generations: []')).toEqual(['generations must have entries, at least 1, got []']);
    expect(problemsOf('generations: [{}]')).toEqual(['generations[0].lock is required']);
  });

  test('fail beside a lock or a name of the vault', () => {
    expect(problemsOf(`generations: [${GOVERNANCE}], lock: { mode: none }`)).toEqual([
      'lock must not be given with generations, got mode "none": write it as the lock of the first generation, and the vault stays as it is',
    ]);
    expect(problemsOf(`generations: [${GOVERNANCE}], names: { vault: old }`)).toEqual([
      'names.vault must not be given with generations, got "old": write it as names.vault of the first generation, and the vault stays as it is',
    ]);
    expect(problemsOf(`generations: [${GOVERNANCE}], names: { keyAlias: alias/old }`)).toEqual([]);
  });

  test('fail when two vaults have one name, given or made', () => {
    const second = '{ lock: { mode: governance }, names: { vault: cab-destination } }';
    expect(problemsOf(`generations: [${GOVERNANCE}, ${second}]`)).toEqual([
      'generations[1].names.vault must be another name than that of the vault of generations[0], got "cab-destination"',
    ]);
    const first = '{ lock: { mode: governance }, names: { vault: cab-destination-2 } }';
    expect(problemsOf(`generations: [${first}, ${GOVERNANCE}]`)).toEqual([
      'generations[1].names.vault must be another name than that of the vault of generations[0], got "cab-destination-2"',
    ]);
  });

  test('fail when a compliance lock acknowledges the vault of another generation', () => {
    expect(problemsOf(`generations: [${locked('cab-destination')}, ${locked('cab-destination-2')}]`)).toEqual([]);
    expect(problemsOf(`generations: [${locked('cab-destination')}, ${locked('cab-destination')}]`)).toEqual([
      'generations[1].lock.acknowledge must be the name of the vault, "cab-destination-2", got "cab-destination": a compliance lock cannot be undone, so write out what it locks',
    ]);
  });

  test('warn of each compliance lock at its place', () => {
    const generations = `generations: [${locked('cab-destination')}, ${locked('cab-destination-2')}]`;
    expect(toldOf(edited([ARCHIVE, `regions: { eu-west-2: { ${generations} } }`])).warnings?.map(withoutPlace)).toEqual(
      [
        'generations[0].lock locks vault cab-destination for good: 3 days after the deploy nobody, AWS included, can take the lock off or delete a recovery point before its time',
        'generations[1].lock locks vault cab-destination-2 for good: 3 days after the deploy nobody, AWS included, can take the lock off or delete a recovery point before its time',
      ],
    );
  });

  test('fail for bounds the wrong way round, in any of them', () => {
    expect(
      problemsOf(
        `generations: [{ lock: { mode: governance, minRetentionDays: 9, maxRetentionDays: 8 } }, ${GOVERNANCE}]`,
      ),
    ).toEqual(['generations[0].lock.maxRetentionDays must be at least minRetentionDays (9), got 8']);
  });

  test('hold copies to the bounds of the last one alone', () => {
    const atLeast = (days: number) => `{ lock: { mode: governance, minRetentionDays: ${days} } }`;
    expect(problemsOf(`generations: [${atLeast(91)}, ${atLeast(90)}]`)).toEqual([]);
    expect(problemsOf(`generations: [${atLeast(90)}, ${atLeast(91)}]`)).toEqual([
      'plans.daily.rules[0].copies[1].deleteAfterDays must be 91 to 36500, as the lock of archive/eu-west-2 demands, got 90: the vault fails every job with another retention',
    ]);
  });

  test('are of a source as well', () => {
    const generations =
      'generations: [{ lock: { mode: none }, names: { vault: old-vault } }, { lock: { mode: governance } }]';
    expect(toldOf(edited(['names: { vault: old-vault }', generations]))).toEqual({ problems: [], warnings: [] });
  });

  test('fail when a copy names the ARN of a retired vault', () => {
    const copy = '{ to: archive/eu-west-2, deleteAfterDays: 90 }';
    const arn = 'arn:aws:backup:eu-west-2:333333333333:backup-vault:cab-destination';
    const told = toldOf(
      edited(
        [ARCHIVE, `regions: { eu-west-2: { generations: [${GOVERNANCE}, ${GOVERNANCE}] } }`],
        [copy, `{ to: "${arn}", deleteAfterDays: 90 }`],
      ),
    );
    expect(told.problems.map(withoutPlace)).toEqual([
      `plans.daily.rules[0].copies[1].to must be written archive/eu-west-2, got "${arn}": a later generation has followed that vault`,
    ]);
  });
});
