import { stringify } from 'yaml';
import { renderPath } from '../config/path';
import { plainTable } from '../report/plain-table';
import type { Adoption } from './adopt';
import { type Counted, countFound } from './count-found';
import type { Choice, Proposal } from './proposal';
import type { Adopted } from './take-over';

/** What was found and what follows from it, for a person. */
export function renderAdoption(adoption: Adoption): string {
  const { missing, problems, proposals, choices, takeOver, isNothing } = adoption;
  const parts = [
    foundTable(countFound(adoption.inventory)),
    list(
      'Could not be looked at, so that nothing is proposed:',
      missing.map(({ name, accountId, reason }) => `${name} ${accountId}: ${reason}`),
    ),
    list('The config would have to say:', proposals.map(proposalText)),
    list('The config would be refused with that, so that nothing is written:', problems),
    list('To choose or to do first:', choices.flatMap(choiceText)),
    takenTable(takeOver.adopted),
    list('Changed by the first apply, in place:', takeOver.adopted.flatMap(changesText)),
    list(
      'Not taken over, for the first apply would have to replace it or fail:',
      takeOver.adopted.flatMap(refusalText),
    ),
    list(
      'Beside what the stacks make:',
      takeOver.left.map(({ stack, text }) => `${stack}: ${text}`),
    ),
    isNothing ? 'Nothing exists that this config would make: deploy it.' : summary(adoption),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');

const columns = (...heads: string[]) => heads.map((head) => ({ head }));

const foundTable = (rows: readonly Counted[]): string =>
  rows.length === 0
    ? ''
    : plainTable(
        columns('account', 'Region', 'kind', 'name', 'how it is'),
        rows.map(({ accountId, region, kind, name, detail }) => [accountId, region, kind, name, detail]),
      );

const proposalText = ({ path, value, why }: Proposal): string => {
  const shown = typeof value === 'string' ? value : stringify(value, { collectionStyle: 'flow' }).trim();
  return `${renderPath(path)}: ${shown} (${why})`;
};

const choiceText = ({ where, what, why, candidates }: Choice): string[] => [
  `${where}: ${what}: ${why}`,
  ...candidates.map((candidate) => `  - ${candidate}`),
];

function takenTable(adopted: readonly Adopted[]): string {
  const taken = adopted.filter(({ importId }) => importId !== undefined);
  if (taken.length === 0) return '';
  const rows = taken.map(({ stack, path, importId, changes }) => [
    stack,
    path,
    importId ?? '',
    changes.length === 0 ? 'as it is' : `changes: ${changes.length}`,
  ]);
  return plainTable(columns('stack', 'takes over', 'by its id', ''), rows);
}

const changesText = ({ stack, path, changes }: Adopted): string[] =>
  changes.map((change) => `${stack}: ${path}: ${change}`);

const refusalText = ({ stack, path, refusal }: Adopted): string[] =>
  refusal === undefined ? [] : [`${stack}: ${path}: ${refusal}`];

function summary({ takeOver: { adopted, made }, choices }: Adoption): string {
  const count = (items: readonly Adopted[]) => items.length;
  return `${count(adopted.filter(({ importId }) => importId !== undefined))} taken over, ${made} to make, ${count(adopted.filter(({ refusal }) => refusal !== undefined))} refused, ${choices.length} to choose.`;
}
