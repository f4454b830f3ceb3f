import { readFileSync } from 'node:fs';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLSeq,
} from 'yaml';
import { ConfigError, type LocatedProblem, type Problem } from './config-error';
import { type Path, renderPath } from './path';

/** A parsed file that still knows where each value stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** The text of a plain value as it was written, such as 012 where the value is a number. */
  textAt(path: Path): string | undefined;
  locate(problem: Problem): LocatedProblem;
}

/**
 * Reads a YAML (or JSON) file.
 * @throws ConfigError when the file cannot be read, is empty, is no YAML or holds no map.
 */
export function readYaml(file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false, merge: true });
  const broken = [...syntaxProblems(document), ...unresolvedAliases(document), ...lostKeys(document)].map(
    ({ offset, message }) => ({
      ...position(lines, offset),
      path: '',
      message: `must be valid YAML: ${firstLine(message)}`,
    }),
  );
  if (broken.length > 0) throw new ConfigError(file, broken);

  const value = toPlain(document, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const got = value === null ? 'nothing: the file is empty' : Array.isArray(value) ? 'a list' : JSON.stringify(value);
    throw new ConfigError(file, [{ line: 1, column: 1, path: '', message: `must hold a map of settings, got ${got}` }]);
  }
  return {
    file,
    value,
    textAt: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? node.source : undefined;
    },
    locate: ({ path, message, isAtKey = false }) => ({
      ...position(lines, offsetOf(document, path, isAtKey)),
      path: renderPath(path),
      // A value may hold a line break; a problem is one line.
      message: message.replaceAll(/[\r\n\u2028\u2029]+/g, '\\n'),
    }),
  };
}

interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

const syntaxProblems = ({ errors, warnings }: Document.Parsed): SyntaxProblem[] =>
  [...errors, ...warnings].map(({ pos: [offset], code, message }) => ({
    offset,
    message: code === 'MULTIPLE_DOCS' ? 'a config is one document, without --- in it' : message,
  }));

function unresolvedAliases(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const message = `alias *${alias.source} has no anchor &${alias.source} before it`;
      problems.push({ offset: startOf(alias) ?? 0, message });
    },
  });
  return problems;
}

/** The one key that plain data cannot hold: it would be dropped, and what it narrows would not be narrowed. */
function lostKeys(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return;
      problems.push({ offset: startOf(key) ?? 0, message: 'no key may be called __proto__' });
    },
  });
  return problems;
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const reason = READ_ERRORS[code] ?? `cannot be read (${code})`;
    throw new ConfigError(file, [
      { line: 1, column: 1, path: '', message: `${reason}: set BACKUP_CONFIG to a YAML file that can be read` },
    ]);
  }
}

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
};

function toPlain(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that multiply without end show only now.
    const message = `must be valid YAML: ${firstLine((error as Error).message)}`;
    throw new ConfigError(file, [{ line: 1, column: 1, path: '', message }]);
  }
}

/** The offset of the deepest part of the path that is there: a missing key is reported at the map that lacks it. */
function offsetOf(document: Document.Parsed, path: Path, isAtKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const pair = isMap(node) ? findPair(node.items as Pair[], step, document) : undefined;
    // What an alias stands for is mended where it is written, at the anchor.
    const written: unknown = isSeq(node) ? entryOf(node, step) : pair?.value;
    const next: unknown = isAlias(written) ? written.resolve(document) : written;
    const keyOffset = pair ? startOf(pair.key) : undefined;
    const isLast = depth === path.length - 1;
    const at = isLast && isAtKey && pair ? keyOffset : (startOf(next) ?? keyOffset);
    if (at === undefined) return offset;
    // A map's own place is its key: "regions:" is what the eye looks for, not the first Region in it.
    offset = keyOffset !== undefined && !isScalar(next) ? keyOffset : at;
    node = next;
  }
  return offset;
}

/** A list may stand for a map: then an entry is known by its text, and not by its index. */
const entryOf = ({ items }: YAMLSeq, step: string | number): unknown =>
  typeof step === 'number' ? items[step] : items.find((item) => isScalar(item) && item.value === step);

function findPair(pairs: readonly Pair[], step: string | number, document: Document.Parsed): Pair | undefined {
  // The key of a merge has no value that is text, only its source.
  const named = (key: string) => pairs.find((pair) => isScalar(pair.key) && pair.key.source === key);
  const own = named(String(step));
  const merged = named('<<')?.value;
  if (own || !merged) return own;
  const source = isAlias(merged) ? merged.resolve(document) : merged;
  return isMap(source) ? findPair(source.items as Pair[], step, document) : undefined;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text;
