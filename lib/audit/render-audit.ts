import { placesOf } from '../bootstrap/render-bootstrap';
import { plainTable } from '../report/plain-table';
import { grouped } from '../topology/collections';
import type { Audited } from './audit';
import type { Finding, Severity } from './finding';

/** The whole of what was found, for a person: errors before warnings, and the same in many places once. */
export function renderAudit({ by, accounts, places, checks, findings }: Audited): string {
  const sorted = [...ofSeverity(findings, 'error'), ...ofSeverity(findings, 'warning')];
  const alike = [...grouped(sorted, kindOf).values()];
  const looked = `${checks} checks in ${accounts} accounts and ${places} account-Regions, as ${by}`;
  const summary = `${counted(findings, 'error')}, ${counted(findings, 'warning')} in ${looked}.`;
  if (findings.length === 0) return summary;
  return [
    plainTable(
      ['', 'what', 'where', 'found', 'expected'].map((head) => ({ head })),
      alike.map((same, index) => rowOf(same, index + 1)),
    ),
    alike.flatMap(remedyOf).join('\n'),
    summary,
  ].join('\n\n');
}

const ofSeverity = (findings: readonly Finding[], severity: Severity) =>
  findings.filter((finding) => finding.severity === severity);

const counted = (findings: readonly Finding[], severity: Severity) => {
  const { length } = ofSeverity(findings, severity);
  return `${length} ${severity}${length === 1 ? '' : 's'}`;
};

/** Findings are of a kind when they differ in their account and their Region alone. */
const kindOf = (finding: Finding) => {
  const { severity, what, found, expected, remedy } = finding;
  return anywhere(JSON.stringify([severity, what, found, expected, remedy]), finding);
};

/** A text of one place as it holds for all of its kind. */
const anywhere = (text: string, { where: { accountId, region } }: Finding): string => {
  const account = accountId === undefined ? text : text.replaceAll(accountId, '<account>');
  return region === undefined ? account : account.replaceAll(region, '<region>');
};

function rowOf(same: readonly Finding[], number: number): string[] {
  const [first] = same;
  if (!first) return [];
  const told = (text: string) => wrapped(same.length > 1 ? anywhere(text, first) : text);
  const { severity, what, found, expected } = first;
  return [
    `${number} ${severity}`,
    told(what),
    placesOf(same.map(({ where }) => where)).join('\n'),
    told(found),
    told(expected),
  ];
}

const remedyOf = (same: readonly Finding[], index: number): string[] => {
  const [first] = same;
  return first ? [`${index + 1}: ${same.length > 1 ? anywhere(first.remedy, first) : first.remedy}`] : [];
};

/** Characters of a line in a column. */
const WIDTH = 44;

/** A text in lines of a column's width, broken at spaces; what has none stays whole, so that it can be copied. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
