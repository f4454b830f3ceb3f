import type { z } from 'zod';
import type { Problem } from './config-error';
import { type Path, valueAt } from './path';
import { didYouMean } from './suggestions';
import type { YamlSource } from './yaml-source';

type Source = Pick<YamlSource, 'value' | 'textAt'>;

/** Says what a schema found in the words of the operator: one problem a value, one an unknown key. */
export function shapeProblems(issues: readonly z.core.$ZodIssue[], source: Source): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, issue.path as Path, source));
}

function problemsOf(issue: z.core.$ZodIssue, path: Path, source: Source): Problem[] {
  const got = valueAt(source.value, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const messages = JSON.parse(issue.message) as Readonly<Record<string, string>>;
      return issue.keys.map((key) => ({ path: [...path, key], message: messages[key] ?? '', isAtKey: true }));
    }
    case 'invalid_key':
      return [
        { path, message: `${issue.issues[0]?.message ?? issue.message}, got ${shown(path.at(-1))}`, isAtKey: true },
      ];
    case 'invalid_union':
      return unionProblems(issue, path, source);
    case 'invalid_type':
      return [
        { path, message: got === undefined ? 'is required' : wrongType(issue.expected, got, source.textAt(path)) },
      ];
    case 'invalid_value':
      return [{ path, message: wrongWord(issue, got) }];
    case 'too_small':
      return [{ path, message: `must ${atLeast(issue.origin, Number(issue.minimum))}, got ${shown(got)}` }];
    case 'too_big':
      return [{ path, message: `must ${atMost(issue.origin, Number(issue.maximum))}, got ${shown(got)}` }];
    default:
      // Rules of ours that name a key of their own ("is required with role") have nothing to show.
      return [{ path, message: got === undefined ? issue.message : `${issue.message}, got ${shown(got)}` }];
  }
}

/** The branch whose type fits is the one the operator meant; where none does, all are named. */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path, source: Source): Problem[] {
  const got = valueAt(source.value, path);
  if (issue.discriminator !== undefined) {
    const choices = 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : 'a known one';
    return [{ path, message: got === undefined ? `is required: ${choices}` : `must be ${choices}, got ${shown(got)}` }];
  }
  if (got === undefined) return [{ path, message: 'is required' }];
  const meant = issue.errors.find((branch) => branch.every((inner) => !isAboutWholeValue(inner)));
  if (meant) return meant.flatMap((inner) => problemsOf(inner, [...path, ...(inner.path as Path)], source));
  const forms = issue.errors.flatMap((branch) => branch.filter(isAboutWholeValue).map(formOf));
  const rule = isDefault(issue.message) ? `must be ${oneOf([...new Set(forms)])}` : issue.message;
  return [{ path, message: `${rule}, got ${shown(got)}` }];
}

function wrongWord(issue: z.core.$ZodIssueInvalidValue, got: unknown): string {
  const rule = isDefault(issue.message) ? `must be ${oneOf(issue.values)}` : issue.message;
  if (got === undefined) return `is required: ${rule.replace('must be ', '')}`;
  const near = typeof got === 'string' ? didYouMean(got, issue.values.map(String)) : '';
  return `${rule}, got ${shown(got)}${near}`;
}

/** Whether a message is the library's and not one of ours, which all say what must be. */
const isDefault = (message: string) => message.startsWith('Invalid');

const isAboutWholeValue = (issue: z.core.$ZodIssue) =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

function formOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return oneOf(issue.values);
  return issue.code === 'invalid_type' ? (TYPE_WORDS[issue.expected] ?? issue.expected) : issue.code;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function wrongType(expected: string, got: unknown, text: string | undefined): string {
  return `must be ${TYPE_WORDS[expected] ?? expected}, got ${typeof got === 'number' && text ? text : shown(got)}${quotingHint(expected, got, text)}`;
}

function quotingHint(expected: string, got: unknown, text = JSON.stringify(got)): string {
  if (expected === 'string' && ['number', 'boolean'].includes(typeof got)) return `: write "${text}", in quotes`;
  const isBare = typeof got === 'string' && /^(\d+|true|false)$/.test(got);
  return expected !== 'string' && isBare ? `: write ${got}, without quotes` : '';
}

const oneOf = (values: readonly unknown[]) => values.map(String).join(' or ');

const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

const atLeast = (origin: string, minimum: number) =>
  UNITS[origin] ? `have ${UNITS[origin]}, at least ${minimum}` : `be at least ${minimum}`;

const atMost = (origin: string, maximum: number) =>
  UNITS[origin] ? `have ${UNITS[origin]}, at most ${maximum}` : `be at most ${maximum}`;

const LONGEST_SHOWN = 80;

/** A value as the operator wrote it, cut where it is long. */
export function shown(value: unknown): string {
  if (value === null) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
