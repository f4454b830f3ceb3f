import type { PolicyDocument } from '../policies/policy-document';
import { someOf } from './some-of';

/** How a policy is otherwise than it should be, by the sids of statements. */
export interface PolicyDifference {
  readonly lacking: readonly string[];
  /** Each with what it lacks and what it has besides. */
  readonly changed: readonly string[];
  /** Statements that nobody expects. */
  readonly strangers: readonly string[];
}

type Loose = Readonly<Record<string, unknown>>;

/** A statement as the set of all that it says; two that say the same are the same to AWS. */
interface Stated {
  readonly sid: string;
  readonly says: ReadonlySet<string>;
}

/** Compares what two policies say, whatever their order, their sids and their way of writing lists; undefined when nothing differs. */
export function policyDifference(found: unknown, expected: PolicyDocument): PolicyDifference | undefined {
  const wanted = statementsOf(expected);
  const there = statementsOf(found);
  const lost = wanted.filter((one) => !there.some((other) => isSame(one, other)));
  const odd = there.filter((one) => !wanted.some((other) => isSame(one, other)));
  if (lost.length === 0 && odd.length === 0) return undefined;
  const twin = ({ sid }: Stated, among: readonly Stated[]) => among.find((other) => other.sid === sid && sid !== '');
  return {
    lacking: lost.filter((one) => !twin(one, odd)).map(nameOf),
    changed: lost.flatMap((one) => {
      const other = twin(one, odd);
      return other ? [`${one.sid} (${changeOf(one, other)})`] : [];
    }),
    strangers: odd.filter((one) => !twin(one, lost)).map(nameOf),
  };
}

/** A difference in a line. */
export const differenceText = ({ lacking, changed, strangers }: PolicyDifference): string =>
  [
    ...(lacking.length > 0 ? [`lacks ${lacking.join(', ')}`] : []),
    ...(changed.length > 0 ? [`changed: ${changed.join(', ')}`] : []),
    ...(strangers.length > 0 ? [`has besides ${strangers.join(', ')}`] : []),
  ].join('; ');

const isSame = (one: Stated, other: Stated) =>
  one.says.size === other.says.size && [...one.says].every((what) => other.says.has(what));

const nameOf = ({ sid, says }: Stated) => (sid === '' ? `a statement without a sid (${someOf([...says], TOLD)})` : sid);

/** How much of a change is told. */
const TOLD = 2;

function changeOf(one: Stated, other: Stated): string {
  const gone = [...one.says].filter((what) => !other.says.has(what));
  const come = [...other.says].filter((what) => !one.says.has(what));
  return [
    ...(gone.length > 0 ? [`without ${someOf(gone, TOLD)}`] : []),
    ...(come.length > 0 ? [`with ${someOf(come, TOLD)}`] : []),
  ].join(', ');
}

function statementsOf(policy: unknown): Stated[] {
  const { Statement = [] } = (policy ?? {}) as { readonly Statement?: unknown };
  return [Statement].flat().map((statement) => {
    const { Sid = '', ...parts } = statement as Loose;
    return { sid: String(Sid), says: new Set(Object.entries(parts).flatMap(saidBy)) };
  });
}

function saidBy([part, value]: [string, unknown]): string[] {
  switch (part) {
    case 'Principal':
    case 'NotPrincipal':
      return Object.entries(typeof value === 'string' ? { AWS: value } : (value as Loose)).flatMap(([kind, who]) =>
        textsOf(who).map((one) => `${part} ${kind} ${one.replace(ACCOUNT_ROOT, '$1')}`),
      );
    case 'Condition':
      return Object.entries(value as Loose).flatMap(([operator, keys]) =>
        Object.entries(keys as Loose).flatMap(([key, values]) =>
          // Keys know no case; a list of none still says something.
          [...textsOf(values), ...(textsOf(values).length === 0 ? ['nothing'] : [])].map(
            (one) => `${operator} ${key.toLowerCase()} ${one}`,
          ),
        ),
      );
    case 'Action':
    case 'NotAction':
      return textsOf(value).map((action) => `${part} ${action.toLowerCase()}`);
    default:
      return textsOf(value).map((one) => `${part} ${one}`);
  }
}

/** A whole account, which AWS writes in either way. */
const ACCOUNT_ROOT = /^arn:[\w-]+:iam::(\d{12}):root$/;

const textsOf = (value: unknown): string[] => [value].flat().map(String);
