import fc from 'fast-check';
import type { AccessRequest } from '../../lib/iam/request';
import { ownScenario } from './arbitrary-own-scenario';
import { scenario } from './arbitrary-scenario';
import { KNOWN_DIFFERENCES } from './known-differences';
import { ourDocuments } from './our-documents';
import { ourVerdicts, type Scenario, theirVerdict, type Verdict } from './scenario';

const SEED = 20_261_121;
const SCENARIOS = 5_000;
const REQUESTS_PER_DOCUMENT = 20;
const TIMEOUT = 300_000;

interface Counts {
  readonly verdicts: Record<Verdict, number>;
  /** Of each known difference, how many requests it alone explains. */
  readonly known: number[];
  readonly unknown: string[];
}

const counted = (): Counts => ({
  verdicts: { Allowed: 0, ExplicitlyDenied: 0, ImplicitlyDenied: 0 },
  known: KNOWN_DIFFERENCES.map(() => 0),
  unknown: [],
});

const isAgreed = async (ours: Verdict | undefined, request: AccessRequest, restated: Scenario) =>
  ourVerdicts({ ...restated, requests: [request] })[0] === ours && (await theirVerdict(request, restated)) === ours;

/**
 * A difference is a known one if the policies, said in the other words of the table, leave our verdict and bring theirs to
 * it.
 */
async function explain(counts: Counts, ours: Verdict, request: AccessRequest, original: Scenario): Promise<void> {
  const restated = KNOWN_DIFFERENCES.reduce((before, { restate }) => restate(before, request), original);
  if (!(await isAgreed(ours, request, restated)))
    counts.unknown.push(JSON.stringify({ ours, request, ...original, requests: undefined }));
  for (const [index, { restate }] of KNOWN_DIFFERENCES.entries())
    if (await isAgreed(ours, request, restate(original, request))) counts.known[index] = (counts.known[index] ?? 0) + 1;
}

async function compare(counts: Counts, compared: Scenario): Promise<void> {
  const verdicts = ourVerdicts(compared);
  for (const [index, request] of compared.requests.entries()) {
    const ours = verdicts[index] as Verdict;
    counts.verdicts[ours]++;
    if (ours !== (await theirVerdict(request, compared))) await explain(counts, ours, request, compared);
  }
}

const total = ({ verdicts }: Counts) => Object.values(verdicts).reduce((sum, count) => sum + count, 0);

describe('our evaluator and iam-simulate', () => {
  const random = counted();
  const own = counted();

  beforeAll(async () => {
    for (const one of fc.sample(scenario, { seed: SEED, numRuns: SCENARIOS })) await compare(random, one);
  }, TIMEOUT);

  test('judge random policies alike, but for the known differences', () => {
    expect(random.unknown.slice(0, 3)).toEqual([]);
    expect(total(random)).toBe(SCENARIOS * 4);
  });

  test('are asked what is often allowed, denied, and not mentioned', () => {
    for (const count of Object.values(random.verdicts)) expect(count).toBeGreaterThan(total(random) / 8);
  });

  test.each(KNOWN_DIFFERENCES.map(({ what }, index) => [what, index] as const))('still differ: %s', (_, index) => {
    expect(random.known[index]).toBeGreaterThan(0);
  });

  test(
    'judge our documents alike',
    async () => {
      for (const document of ourDocuments()) {
        const arbitrary = await ownScenario(document, REQUESTS_PER_DOCUMENT);
        for (const one of fc.sample(arbitrary, { seed: SEED, numRuns: 1 })) await compare(own, one);
      }

      expect(own.unknown.slice(0, 3)).toEqual([]);
      for (const count of Object.values(own.verdicts)) expect(count).toBeGreaterThan(total(own) / 20);
    },
    TIMEOUT,
  );
});
