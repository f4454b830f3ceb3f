import { plainTable } from '../report/plain-table';
import type { Difference } from './differences';
import type { Finding } from './read-plan';
import { type DriftReport, type StackReport, verdictOn } from './report';

/** What an operator has to read to destroy what a state holds that no stack owns. */
export const REMOVING_RUNBOOK = 'docs/runbooks/removing-a-site.md';

/** The report for a terminal, a log or a mail. */
export function renderDrift(report: DriftReport): string {
  const { stacks, unownedStates, unlisted } = report;
  const rows = stacks.map((stack) => [stack.stack, stack.accountId, stack.region, verdictOn(stack)]);
  const heads = ['STACK', 'ACCOUNT', 'REGION', ''].map((head) => ({ head }));
  return [
    plainTable(heads, rows),
    section('Changed outside (from the last apply to now):', stacks, outsideOf),
    section('Not applied yet (from the last apply to the config):', stacks, pendingOf),
    ...(unownedStates.length > 0
      ? [
          [
            `States that no stack of the config owns (${REMOVING_RUNBOOK} says how to destroy what they hold):`,
            ...unownedStates.map(({ stack, where, resources }) => `  ${stack}: ${resources} resources in ${where}`),
          ].join('\n'),
        ]
      : []),
    ...(unlisted === undefined ? [] : [`The states could not be listed: ${unlisted}`]),
    closingLine(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What a stack has that was changed outside. */
export const outsideOf = (stack: StackReport): readonly Finding[] =>
  stack.is === 'planned' ? stack.changedOutside : [];

/** What a stack has that waits for an apply; one that was never applied is told in a word. */
export const pendingOf = (stack: StackReport): readonly Finding[] =>
  stack.is === 'planned' && !stack.isNew ? stack.notApplied : [];

/** All in a line. */
export function closingLine({ stacks }: DriftReport): string {
  const count = (is: (stack: StackReport) => boolean) => stacks.filter(is).length;
  const parts = [
    [count((stack) => outsideOf(stack).length > 0), 'changed outside'],
    [count((stack) => stack.is === 'planned' && stack.notApplied.length > 0), 'not applied yet'],
    [count(({ is }) => is === 'waiting'), 'waiting'],
    [count(({ is }) => is === 'failed'), 'with an error'],
  ] as const;
  const told = parts.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : []));
  return told.length === 0
    ? `All ${stacks.length} stacks are as deployed.`
    : `Of ${stacks.length} stacks: ${told.join(', ')}.`;
}

function section(title: string, stacks: readonly StackReport[], of: (stack: StackReport) => readonly Finding[]) {
  const parts = stacks.filter((stack) => of(stack).length > 0).map((stack) => [stack.stack, ...of(stack).map(lines)]);
  return parts.length === 0 ? '' : [title, ...parts.map((part) => part.join('\n  '))].join('\n\n');
}

function lines({ resource, address, change, differences, followsFrom }: Finding): string {
  const after = followsFrom === undefined ? '' : `, for ${followsFrom} is made anew`;
  const whole = change === 'changed' ? '' : `: ${change}`;
  return [`${resource} (${address})${whole}${after}`, ...differences.map((one) => `  ${differenceText(one)}`)].join(
    '\n  ',
  );
}

/** A difference in a line, its values cut where they are long. */
export const differenceText = ({ path, before, after }: Difference): string =>
  `${path}: ${valueText(before)} → ${valueText(after)}`;

/** A value as it stands in a line. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

const MAX_LENGTH = 200;
