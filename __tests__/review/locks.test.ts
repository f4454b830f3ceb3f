import { anOperator, edited } from '../support/operator';

const toldOf = anOperator();
const SOURCE = 'names: { vault: old-vault }';
const SECOND = 'createResourceKey: true, plans: [daily]';
const DESTINATION = 'regions: [eu-west-2]';
const mismatch = (least: number, where: string, got: number) =>
  `must be ${least} to 36500, as the lock of ${where} demands, got ${got}: the vault fails every job with another retention`;

describe('a lock', () => {
  test('warns of a destination that a compliance lock locks for good', () => {
    const lock = '{ mode: compliance, changeableForDays: 3, acknowledge: cab-destination }';
    expect(toldOf(edited([DESTINATION, `regions: { eu-west-2: { lock: ${lock} } }`]))).toEqual({
      problems: [],
      warnings: [
        '19:29 destinations.archive.regions.eu-west-2.lock locks vault cab-destination for good: 3 days after the deploy nobody, AWS included, can take the lock off or delete a recovery point before its time',
      ],
    });
  });

  test('warns of a source that a compliance lock locks for good', () => {
    const lock = '{ mode: compliance, changeableForDays: 30, acknowledge: old-vault }';
    expect(toldOf(edited([SOURCE, `${SOURCE}, lock: ${lock}`])).warnings).toEqual([
      '25:74 sources.production.regions.us-east-1.lock locks vault old-vault for good: 30 days after the deploy nobody, AWS included, can take the lock off or delete a recovery point before its time',
    ]);
  });

  test('is nothing to warn of when it can be taken off, or is none', () => {
    expect(toldOf(edited([SOURCE, `${SOURCE}, lock: { mode: governance }`])).warnings).toEqual([]);
    expect(toldOf(edited([DESTINATION, 'regions: { eu-west-2: { lock: { mode: none } } }'])).warnings).toEqual([]);
  });

  test('fails when two vaults ask for more than the rule keeps', () => {
    const { problems } = toldOf(
      edited(
        [SOURCE, 'lock: { mode: governance, minRetentionDays: 36 }'],
        [SECOND, `${SECOND}, lock: { mode: governance, minRetentionDays: 40 }`],
      ),
    );
    expect(problems).toEqual([
      `33:26 plans.daily.rules[0].deleteAfterDays ${mismatch(36, 'production/us-east-1', 35)}`,
      `33:26 plans.daily.rules[0].deleteAfterDays ${mismatch(40, 'production/us-east-2', 35)}`,
    ]);
  });

  test('of a source lets in what is copied elsewhere, whatever its retention', () => {
    const lock = 'lock: { mode: governance, maxRetentionDays: 90 }';
    expect(toldOf(edited([SOURCE, lock])).problems).toEqual([]);
  });

  test('of a source lets plans be that are not used there', () => {
    const lock = `${SECOND}, lock: { mode: governance, maxRetentionDays: 35 }`;
    expect(toldOf(edited([SECOND, lock])).problems).toEqual([]);
  });

  test('lets copies to other vaults be', () => {
    const lock = 'regions: { eu-west-2: { lock: { mode: governance, maxRetentionDays: 90 } } }';
    expect(toldOf(edited([DESTINATION, lock])).problems).toEqual([]);
  });

  test('is told once when many vaults have it', () => {
    const lock = 'lock: { mode: governance, minRetentionDays: 36 }';
    expect(toldOf(edited([SOURCE, lock], [SECOND, `${SECOND}, ${lock}`])).problems).toHaveLength(1);
  });

  test('asks for no retention when it admits none', () => {
    const lock = '{ mode: governance, minRetentionDays: 90, maxRetentionDays: 89 }';
    expect(toldOf(edited([DESTINATION, `regions: { eu-west-2: { lock: ${lock} } }`])).problems).toEqual([
      '19:95 destinations.archive.regions.eu-west-2.lock.maxRetentionDays must be at least minRetentionDays (90), got 89',
    ]);
  });
});
