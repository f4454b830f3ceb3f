import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { renderPath } from '../config/path';
import type { Choice, Proposal } from './proposal';

/** A config file with proposals in it. */
export interface ProposedConfig {
  readonly text: string;
  /** What cannot be written without changing another place too. */
  readonly choices: readonly Choice[];
}

/** Writes proposals into the text of a config; its comments and its order stay. */
export function proposeConfig(text: string, proposals: readonly Proposal[]): ProposedConfig {
  const document = parseDocument(text, { merge: true });
  const choices = proposals.filter((proposal) => !write(document, proposal)).map(byHand);
  return { text: isJson(text) ? json(document) : asWritten(text, document.toString({ lineWidth: 0 })), choices };
}

/** Puts a value in its place; false where that place is shared with another one by an anchor, an alias or a merge. */
function write(document: Document.Parsed, { path, value }: Proposal): boolean {
  let node: unknown = document.contents;
  for (const [depth, step] of path.entries()) {
    if (!isMap(node) || node.anchor !== undefined || hasMerge(node)) return false;
    const isLast = depth === path.length - 1;
    let pair = pairOf(node, step);
    if (isLast) {
      node.set(step, document.createNode(value, { flow: true }));
      return true;
    }
    if (!pair || isEmpty(pair.value)) {
      node.set(step, document.createNode({}));
      pair = pairOf(node, step);
    }
    if (pair && isSeq(pair.value) && step === 'regions') pair.value = mapOfList(document, pair);
    node = pair?.value;
  }
  return false;
}

const pairOf = (map: YAMLMap, step: string | number): Pair | undefined =>
  map.items.find(({ key }) => String(key) === String(step));

const isEmpty = (value: unknown) => value === null || (isScalar(value) && value.value === null);

/** The library has a symbol for the key of a merge. */
const hasMerge = ({ items }: YAMLMap) => items.some(({ key }) => isScalar(key) && typeof key.value === 'symbol');

/** Regions that were listed become a map, in which each can have settings of its own. */
function mapOfList(document: Document.Parsed, { value }: Pair): unknown {
  if (!isSeq(value) || value.anchor !== undefined || value.items.some((item) => isAlias(item))) return value;
  const map = document.createNode({}) as YAMLMap;
  map.flow = value.flow === true;
  map.commentBefore = value.commentBefore;
  map.comment = value.comment;
  for (const item of value.items) map.items.push(document.createPair(item, {}) as Pair<unknown, unknown>);
  return map;
}

const byHand = ({ path, value, why }: Proposal): Choice => ({
  where: path
    .slice(1)
    .filter((_, index) => index === 0 || index === 2)
    .join('/'),
  what: String(path.at(-1)),
  why: `${why}, and its place in the file is shared with others by an anchor: write ${renderPath(path)}: ${JSON.stringify(value)} yourself`,
  candidates: [],
});

/** Lines of which nothing but the room inside brackets is other stay as the operator wrote them. */
function asWritten(text: string, proposed: string): string {
  const bare = (line: string) => line.replaceAll(/(?<=[[{]) +| +(?=[\]}])/g, '');
  const written = new Map(text.split('\n').map((line) => [bare(line), line]));
  return proposed
    .split('\n')
    .map((line) => written.get(bare(line)) ?? line)
    .join('\n');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const json = (document: Document.Parsed) => `${JSON.stringify(document.toJS(), null, 2)}\n`;
