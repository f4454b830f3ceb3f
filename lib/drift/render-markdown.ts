import type { Difference } from './differences';
import type { Finding } from './read-plan';
import { closingLine, outsideOf, pendingOf, REMOVING_RUNBOOK, valueText } from './render-drift';
import { type DriftReport, type StackReport, verdictOn } from './report';

/** GitHub takes no comment or issue of more characters; what is cut away is said. */
const MAX_LENGTH = 60_000;

/** The report for a pull request or the page of a job. */
export const renderMarkdown = (report: DriftReport): string => cut(['## Drift', ...bodyOf(report)].join('\n\n'));

/** The report as the text of an issue, with what can be done. */
export function renderIssue(report: DriftReport): string {
  const drifted = report.stacks.filter((stack) => outsideOf(stack).length > 0).map(({ stack }) => stack);
  const ways =
    drifted.length === 0
      ? []
      : [
          [
            'What was changed outside can be',
            '',
            // The cdktf command refuses a stack without those that it reads, drifted or not.
            `- put back: \`npx cdktf deploy ${drifted.join(' ')} --ignore-missing-stack-dependencies\`, after reading what it plans;`,
            '- kept: write it into the config, and this finds nothing any more.',
            '',
            'Who did it is in CloudTrail, in the account and Region of the stack.',
          ].join('\n'),
        ];
  return cut([...bodyOf(report), ...ways].join('\n\n'));
}

function bodyOf(report: DriftReport): string[] {
  const { stacks, unownedStates, unlisted } = report;
  const rows = stacks.map((stack) =>
    [stack.stack, stack.accountId, stack.region, verdictOn(stack)].map(cell).join(' | '),
  );
  return [
    closingLine(report),
    ['| stack | account | Region | |', '| --- | --- | --- | --- |', ...rows.map((row) => `| ${row} |`)].join('\n'),
    ...section('Changed outside', 'at the last apply', 'now', stacks, outsideOf),
    ...section('Not applied yet', 'at the last apply', 'in the config', stacks, pendingOf),
    ...(unownedStates.length > 0
      ? [
          `### States that no stack of the config owns\n\n${REMOVING_RUNBOOK} says how to destroy what they hold.`,
          unownedStates
            .map(({ stack, where, resources }) => `- ${code(stack)}: ${resources} resources in ${code(where)}`)
            .join('\n'),
        ]
      : []),
    ...(unlisted === undefined ? [] : [`The states could not be listed: ${cell(unlisted)}`]),
  ];
}

function section(
  title: string,
  was: string,
  is: string,
  stacks: readonly StackReport[],
  of: (stack: StackReport) => readonly Finding[],
): string[] {
  const rows = stacks.flatMap((stack) => of(stack).flatMap((finding) => rowsOf(stack.stack, finding)));
  if (rows.length === 0) return [];
  const head = `| stack | resource | attribute | ${was} | ${is} |\n| --- | --- | --- | --- | --- |`;
  return [`### ${title}`, [head, ...rows].join('\n')];
}

function rowsOf(stack: string, { resource, address, change, differences, followsFrom }: Finding): string[] {
  const row = (cells: readonly string[]) =>
    `| ${[code(stack), `${code(resource)} ${code(address)}`, ...cells].join(' | ')} |`;
  const note = followsFrom === undefined ? [] : [row([`follows from ${code(followsFrom)}`, '', change])];
  if (differences.length === 0) return [...note, ...(note.length === 0 ? [row(['', '', change])] : [])];
  const cells = ({ path, before, after }: Difference) => [code(path), code(valueText(before)), code(valueText(after))];
  return [...note, ...differences.map((difference) => row(cells(difference)))];
}

/** A text that a cell of a table can hold, and in which nothing is a link, a mention or a tag. */
const cell = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|`<>*_[\]@#]/g, (sign) => `&#${sign.codePointAt(0)};`);

const code = (text: string): string => `<code>${cell(text)}</code>`;

function cut(text: string): string {
  if (text.length <= MAX_LENGTH) return `${text}\n`;
  const whole = text.slice(0, text.lastIndexOf('\n', MAX_LENGTH));
  return `${whole}\n\nThe rest does not fit here: \`npm run drift\` shows all.\n`;
}
