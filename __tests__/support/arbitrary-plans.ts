import fc from 'fast-check';
import { either, type Frame, few, OUTSIDE_ACCOUNT } from './arbitrary-frame';
import { selection } from './arbitrary-selections';

const SOUND_NAME = fc.oneof(
  fc.constantFrom('a', 'A', 'a.b', 'a-b', 'n'.repeat(50)),
  fc.stringMatching(/^[a-zA-Z0-9_.-]{1,12}$/),
);

/** Names of 1 to 50 letters, digits, -, _ and . */
export const backupName = (frame: Frame) =>
  either(frame, SOUND_NAME, fc.constantFrom('', 'n'.repeat(51), 'with space', 'émigré'));

/** What few lifecycles come to is faulty more often, or the rest of the config would hide it. */
const often = ({ faults }: Frame) => ({ faults: 6 * faults });

/** A cold and a delete day at the edge of what AWS takes and the locks let in; one day past it where it is faulty. */
function coldLifecycle(frame: Frame) {
  const { shortest, longest } = frame;
  return fc
    .record({
      cold: either(frame, fc.constantFrom(1, 7, 30, 90, Math.max(1, longest - 90)), fc.constantFrom(0, -1, 36_411)),
      more: either(often(frame), fc.constantFrom(90, 90, 91, 275), fc.constantFrom(89, 89, 83, 0)),
      isArchived: fc.boolean(),
    })
    .map(({ cold, more, isArchived }) => {
      const deleteAfterDays = more < 90 ? cold + more : Math.min(Math.max(cold + more, shortest), longest);
      // Locks that leave no room for cold storage leave it warm: one fault at a time tells most.
      if (more >= 90 && deleteAfterDays < cold + 90) return { deleteAfterDays };
      return { deleteAfterDays, moveToColdStorageAfterDays: cold, ...(isArchived ? { optInToArchive: true } : {}) };
    });
}

const warmLifecycle = (frame: Frame) =>
  fc.record({
    deleteAfterDays: either(
      frame,
      fc.constantFrom(frame.shortest, frame.longest, Math.floor((frame.shortest + frame.longest) / 2)),
      fc.constantFrom(0, -1, 36_501, 1.5, '35', frame.shortest - 1, frame.longest + 1),
    ),
  });

const lifecycle = (frame: Frame) =>
  fc.oneof({ arbitrary: warmLifecycle(frame), weight: 2 }, { arbitrary: coldLifecycle(frame), weight: 1 });

/** Continuous backups where the locks let 35 days in. */
function ruleLifecycle(frame: Frame): fc.Arbitrary<object> {
  const continuous = fc.record({
    enableContinuousBackup: fc.constant(true),
    deleteAfterDays: either(
      often(frame),
      fc.constantFrom(Math.min(35, frame.longest), Math.max(1, frame.shortest)),
      fc.constantFrom(36, 0),
    ),
    ...(frame.faults > 0 ? { isCold: fc.nat(20) } : {}),
  });
  const sound = continuous.map(({ isCold, ...days }) => ({
    ...days,
    ...(isCold === 0 ? { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 } : {}),
  }));
  return frame.shortest <= 35
    ? fc.oneof({ arbitrary: lifecycle(frame), weight: 3 }, { arbitrary: sound, weight: 1 })
    : lifecycle(frame);
}

function copyTargets(frame: Frame): fc.Arbitrary<string> {
  const targets = frame.destinations.flatMap(({ name, regions }) => regions.map((region) => `${name}/${region}`));
  const [region = ''] = frame.allRegions;
  const outside = (vault: string, partition = frame.partition) =>
    `arn:${partition}:backup:${region}:${OUTSIDE_ACCOUNT}:backup-vault:${vault}`;
  return either(
    frame,
    fc.oneof(
      { arbitrary: fc.constantFrom(...targets), weight: 4 },
      { arbitrary: fc.constantFrom('outer', 'o2', 'o_3', 'o-4', 'O5').map((vault) => outside(vault)), weight: 1 },
    ),
    fc.constantFrom(
      'nowhere/eu-west-1',
      'vault/sa-east-1',
      'vault',
      outside('Default'),
      outside('v', 'aws-eusc'),
      outside('elsewhere', 'aws-eusc'),
      `arn:${frame.partition}:backup:${region}:${frame.sources[0]?.accountId}:backup-vault:${frame.prefix}-source`,
      `arn:${frame.partition}:s3:::bucket`,
    ),
  );
}

const copies = (frame: Frame) => {
  const copy = fc
    .tuple(copyTargets(frame), either(frame, lifecycle(frame), fc.constant({})))
    .map(([to, days]) => ({ to, ...days }));
  return either(
    frame,
    fc.uniqueArray(copy, { maxLength: 5, selector: ({ to }) => to }),
    fc.array(copy, { minLength: 2, maxLength: 6 }),
  );
};

const minute = fc.integer({ min: 0, max: 59 }).map(String);
const hours = fc.constantFrom('*', '0', '23', '*/6', '1-5', '0,12', '2-20/4');
const months = fc.constantFrom('*', '1', '12', 'JAN,jul', '1-6', '*/3');
const days = fc.oneof(
  fc.constantFrom('1', '28', 'L', '15W', '1,15', '*', '*/2', 'L-3').map((day) => [day, '?'] as const),
  fc.constantFrom('*', '1', '7', 'MON', 'mon-FRI', '6L', '2#1', 'SUN,WED').map((day) => ['?', day] as const),
);

const SOUND_SCHEDULE = fc
  .tuple(minute, hours, days, months, fc.constantFrom('*', '2030', '2027-2031', '*'))
  .map(([at, hour, [date, weekday], month, year]) => `cron(${at} ${hour} ${date} ${month} ${weekday} ${year})`);

/** Six fields, one of the two for days a question mark; faulty ones miss a rule each. */
const schedule = (frame: Frame) =>
  either(
    frame,
    SOUND_SCHEDULE,
    fc.constantFrom(
      'rate(1 day)',
      'cron(0 3 * * * *)',
      'cron(0 3 ? * ? *)',
      'cron(0 3 ? * *)',
      'cron(0 3 ? * * * *)',
      'cron(*/5 * ? * * *)',
      'cron(61 3 ? * * *)',
      'cron(0 3 31 2 ? *)',
      'cron(0 3 ? * MOO *)',
      '0 3 ? * * *',
      'cron( 0 3 ? * * *)',
      'nightly',
    ),
  );

const startWindow = (frame: Frame) =>
  either(frame, fc.constantFrom(60, 61, 480, 10_080), fc.constantFrom(59, 0, -60, 52_560_001));
const completionWindow = (frame: Frame) =>
  either(frame, fc.constantFrom(10_080, 20_160, 52_560_000), fc.constantFrom(59, 60, 479, 52_560_001));

const rule = (frame: Frame): fc.Arbitrary<object & { readonly name: string }> =>
  fc
    .tuple(
      fc.record(
        {
          name: backupName(frame),
          schedule: schedule(frame),
          timezone: either(frame, fc.constantFrom('Etc/UTC', 'Europe/Paris'), fc.constantFrom('Mars/Base', 'utc+1')),
          startWindowMinutes: startWindow(frame),
          completionWindowMinutes: completionWindow(frame),
          recoveryPointTags: fc.constantFrom({}, { Kept: 'yes' }),
          scan: either(frame, fc.constantFrom('full', 'incremental'), fc.constantFrom('FULL_SCAN', '', true)),
          copies: copies(frame),
        },
        { requiredKeys: ['name', 'schedule', 'copies'] },
      ),
      ruleLifecycle(frame),
    )
    .map(([fields, days]) => ({ ...fields, ...days }));

const byName = { selector: ({ name }: { readonly name: string }) => name };

/** Entries of one list as often as is asked for, each under another name. */
const repeated = <Entry extends { readonly name: string }>(entries: readonly Entry[], count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => ({ ...(entries[0] as Entry), name: `n${index}` }));

const listOf = <Entry extends { readonly name: string }>(entry: fc.Arbitrary<Entry>, max: number) =>
  few(max).chain((length) => fc.uniqueArray(entry, { minLength: length, maxLength: length, ...byName }));

/** One entry of `plans`; seldom one as large as AWS takes, or one entry larger. */
export const plan = (frame: Frame): fc.Arbitrary<object> =>
  fc
    .record(
      {
        rules: listOf(rule(frame), 4),
        selections: listOf(selection(frame, backupName(frame)), 3),
        windowsVss: fc.boolean(),
        scanTypes: either(
          frame,
          fc.uniqueArray(fc.constantFrom('EBS', 'EC2', 'S3'), { minLength: 1 }),
          fc.constantFrom<string[]>([], ['RDS'], ['S3', 'S3'], ['ALL']),
        ),
      },
      { requiredKeys: ['rules', 'selections'] },
    )
    .chain((given) =>
      either(
        frame,
        fc.oneof(
          { arbitrary: fc.constant<object>(given), weight: 100 },
          { arbitrary: fc.constant<object>({ ...given, rules: repeated(given.rules, 10) }), weight: 1 },
          { arbitrary: fc.constant<object>({ ...given, selections: repeated(given.selections, 10) }), weight: 1 },
        ),
        fc.constantFrom<object[]>(
          { ...given, rules: repeated(given.rules, 11) },
          { ...given, rules: [...given.rules, ...given.rules] },
          { ...given, rules: [] },
          { ...given, rules: given.rules.map((one) => ({ ...one, index: ['EBS'] })) },
          { ...given, selections: repeated(given.selections, 11) },
          { ...given, selections: repeated(given.selections, 101) },
          { ...given, selections: [...given.selections, ...given.selections] },
        ),
      ),
    );
