import { wrapped } from '../report/wrapped';
import type { Grant } from './copy-back-grants';

const WIDTH = 120;
const MARKS = new Map<Grant['isThere'], string>([
  [true, 'there  '],
  [false, 'LACKS  '],
  ['unknown', 'unknown'],
]);

/** What was asked of the grants of a copy back, for a person. */
export const renderGrants = (grants: readonly Grant[]): string =>
  grants
    .flatMap(({ what, isThere, reason, wayOut }) => [
      `${MARKS.get(isThere)}  ${what}`,
      ...[
        ...(reason === undefined ? [] : [reason]),
        ...(wayOut === undefined ? [] : [`what to do: ${wayOut}`]),
      ].flatMap((text) => wrapped(text, WIDTH - 9).map((line) => `         ${line}`)),
    ])
    .join('\n');
