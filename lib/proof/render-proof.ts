import { plainTable } from '../report/plain-table';
import type { Proof } from './proof';
import type { Tally } from './run';

/** Failures that are shown in full; one missing statement can make hundreds. */
const SHOWN_FAILURES = 20;

const GRANTS = ['copy out', 'copy in', 'share', 'vault key', 'resource key', 'destination key'] as const;

/** The whole proof: edges by grants, what is allowed and denied in one line each, and what is open or assumed. */
export function renderProof(proof: Proof): string {
  const edges = plainTable(
    [{ head: 'copy' }, ...GRANTS.map((head) => ({ head }))],
    proof.edges.map(({ edge, grants }) => [edge, ...GRANTS.map((grant) => word(grants[grant]))]),
  );
  const groups = plainTable(
    [{ head: 'must be' }, { head: 'what' }, { head: 'actions', isNumber: true }, { head: 'requests', isNumber: true }],
    [
      ...[...proof.groups]
        .sort((a, b) => b.expected.localeCompare(a.expected))
        .map(({ expected, group, actions, ...tally }) => [expected, group, actions, share(tally)]),
      ['stopped', 'attacks in several steps', '', share(proof.attackPaths)],
    ],
  );
  return [
    ...(proof.edges.length > 0 ? [edges, ''] : []),
    groups,
    '',
    ...proof.acceptedRisks.map((risk) => `accepted risk: ${risk}`),
    ...proof.assumptions.map((assumption) => `assumed: ${assumption}`),
    '',
    ...(proof.failures.length === 0 ? [renderVerdict(proof)] : renderFailures(proof)),
  ].join('\n');
}

const word = ({ right, of }: Tally) => (of === 0 ? '-' : right === of ? 'yes' : `NO (${of - right} of ${of})`);

const share = ({ right, of }: Tally) => (right === of ? `${of}` : `${right} of ${of}`);

/** The proof in a line. */
export function renderVerdict(proof: Proof): string {
  const count = (expected: string) =>
    proof.groups.filter((row) => row.expected === expected).reduce((sum, { of }) => sum + of, 0);
  const copies = proof.edges.length === 1 ? '1 copy edge' : `${proof.edges.length} copy edges`;
  return `Proven: ${copies} permitted, ${count('denied')} requests denied, ${count('allowed')} allowed, ${proof.attackPaths.of} attacks in steps stopped.`;
}

/** What is not as the config promises, a line each, and how much more of it there is. */
export function renderFailures({ failures }: Proof): string[] {
  const different = [...new Set(failures)];
  const more = different.length - SHOWN_FAILURES;
  return [
    ...different.slice(0, SHOWN_FAILURES),
    ...(more > 0 ? [`and ${more} more, which npm run prove -- --json tells`] : []),
    `Not proven: ${different.length === 1 ? '1 answer is' : `${different.length} answers are`} not as the config promises.`,
  ];
}
