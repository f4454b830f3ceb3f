import fc from 'fast-check';

/** An account and where it is used. */
export interface FrameAccount {
  readonly name: string;
  readonly accountId: string;
  readonly regions: readonly string[];
}

/** What the parts of one config must agree on to be sound. */
export interface Frame {
  /** How many of a thousand choices are faulty. */
  readonly faults: number;
  readonly partition: string;
  readonly managementRegion: string;
  readonly allRegions: readonly string[];
  readonly prefix: string;
  readonly destinations: readonly FrameAccount[];
  readonly sources: readonly FrameAccount[];
  readonly plans: readonly string[];
  /** What guardrails are attached to; undefined when the config says nothing of them. */
  readonly attachTo: 'accounts' | readonly string[] | undefined;
  /** Days that every lock lets in. */
  readonly shortest: number;
  readonly longest: number;
}

export const MANAGEMENT_ACCOUNT = '999999999999';
export const OUTSIDE_ACCOUNT = '555555555555';
export const ORGANIZATION = 'o-abc1234567';
export const ROOT = 'r-abc1';
export const UNIT_ID = 'ou-abc1-12345678';
export const UNIT = `${ORGANIZATION}/${ROOT}/${UNIT_ID}/`;

const PARTITIONS = {
  aws: ['us-east-1', 'eu-west-1', 'eu-central-1', 'us-west-1', 'ap-southeast-2', 'me-south-1', 'af-south-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
} as const;

const WINDOWS = [
  [1, 36_500],
  [1, 36_500],
  [7, 400],
  [1, 35],
  [35, 365],
  [36, 36_500],
  [91, 180],
  [30, 120],
] as const;

/** Mostly the sound one; the faulty one as often as the frame wants faults. */
export const either = <Sound, Faulty>(
  { faults }: Pick<Frame, 'faults'>,
  sound: fc.Arbitrary<Sound>,
  faulty: fc.Arbitrary<Faulty>,
): fc.Arbitrary<Sound | Faulty> =>
  faults === 0
    ? sound
    : fc.oneof(
        { withCrossShrink: true },
        { arbitrary: sound, weight: 1000 - faults },
        { arbitrary: faulty, weight: faults },
      );

/** A subset that is not empty, in the order of the list. */
export const someOf = <Item>(items: readonly Item[], maxLength = items.length): fc.Arbitrary<Item[]> =>
  fc.subarray([...items], { minLength: 1, maxLength: Math.min(maxLength, items.length) });

/** Mostly one, sometimes as many as asked for: most mistakes show in small configs, and those synthesize sooner. */
export const few = (max: number): fc.Arbitrary<number> =>
  fc.oneof({ arbitrary: fc.constant(1), weight: 6 }, { arbitrary: fc.integer({ min: 1, max }), weight: 1 });

const accounts = (names: readonly string[], digit: string, regions: readonly string[]): fc.Arbitrary<FrameAccount[]> =>
  few(names.length).chain((count) =>
    fc.tuple(
      ...names.slice(0, count).map((name, index) =>
        few(3)
          .chain((sites) => someOf(regions, sites))
          .map((chosen) => ({ name, accountId: `${digit.repeat(11)}${index}`, regions: chosen })),
      ),
    ),
  );

/** Now and then the last is the management account, which may be a source too. */
const withManagement = (sources: FrameAccount[]): fc.Arbitrary<FrameAccount[]> =>
  fc.oneof(
    { arbitrary: fc.constant(sources), weight: 9 },
    {
      arbitrary: fc.constant(
        sources.map((source, index) =>
          index === sources.length - 1 ? { ...source, accountId: MANAGEMENT_ACCOUNT } : source,
        ),
      ),
      weight: 1,
    },
  );

const inPartition = (faults: number, partition: keyof typeof PARTITIONS): fc.Arbitrary<Frame> => {
  const allRegions: readonly string[] = PARTITIONS[partition];
  return fc
    .record({
      faults: fc.constant(faults),
      partition: fc.constant(partition),
      managementRegion: fc.constantFrom(...allRegions),
      allRegions: fc.constant(allRegions),
      prefix: fc.constantFrom('cab', 'cab', 'Org-2', 'a-prefix-20-long-abc'),
      destinations: accounts(['vault', 'archive', 'far'], '2', allRegions),
      sources: accounts(['production', 'Staging', 'data-lake', 'x9'], '1', allRegions).chain(withManagement),
      plans: few(3).map((count) => ['daily', 'Weekly', 'm-0'].slice(0, count)),
      attachTo: fc.constantFrom(
        undefined,
        undefined,
        'accounts' as const,
        [UNIT_ID],
        ['ou-abc1-00000000', UNIT_ID],
        [ROOT],
      ),
      window: fc.constantFrom(...WINDOWS),
    })
    .map(({ window: [shortest, longest], ...frame }) => ({ ...frame, shortest, longest }));
};

/** Two of five configs are meant to be sound, the others to have a fault or two somewhere. */
export const frame: fc.Arbitrary<Frame> = fc
  .constantFrom(0, 30)
  .chain((faults) =>
    fc.oneof(
      { arbitrary: inPartition(faults, 'aws'), weight: 20 },
      { arbitrary: inPartition(faults, 'aws-us-gov'), weight: 3 },
      { arbitrary: inPartition(faults, 'aws-cn'), weight: 1 },
    ),
  );
