import type { Refuse } from './policy-error';

/** A placeholder for a value of the request. */
export interface Variable {
  /** The condition key, in lower case. */
  readonly key: string;
  /** What stands in where the request has no such value; undefined when nothing does. */
  readonly fallback: string | undefined;
}

/** A run of characters that stand for themselves, a wildcard, or a variable. */
export type Token = string | typeof ANY_RUN | typeof ANY_ONE | Variable;

/** `*`: any run of characters, also none. */
export const ANY_RUN = Symbol('*');
/** `?`: exactly one character. */
export const ANY_ONE = Symbol('?');

/** Which of a text's characters are more than themselves. */
export interface Reading {
  readonly hasWildcards: boolean;
  /** Only Version 2012-10-17 has variables; before, `${aws:username}` is just that text. */
  readonly hasVariables: boolean;
}

/** Takes a policy's text apart. */
export function tokensOf(text: string, { hasWildcards, hasVariables }: Reading, refuse: Refuse): readonly Token[] {
  const tokens: Token[] = [];
  let plain = '';
  const push = (token: Token) => {
    if (plain) tokens.push(plain);
    plain = '';
    tokens.push(token);
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (hasVariables && text.startsWith('${', at)) {
      const end = text.indexOf('}', at);
      if (end < 0) refuse(`a variable without end in ${text}`);
      const variable = variableOf(text.slice(at + 2, end), refuse);
      if (typeof variable === 'string') plain += variable;
      else push(variable);
      at = end;
    } else if (hasWildcards && character === '*') push(ANY_RUN);
    else if (hasWildcards && character === '?') push(ANY_ONE);
    else plain += character;
  }
  if (plain) tokens.push(plain);
  return tokens;
}

/**
 * The variable between the braces, or the character it stands for.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function variableOf(inner: string, refuse: Refuse): Variable | string {
  if (inner === '*' || inner === '?' || inner === '$') return inner;
  const match = /^([a-z0-9-]+:[^,'$]+?)(?:\s*,\s+'([^']*)')?$/i.exec(inner);
  if (!match?.[1]) return refuse(`unknown variable $\{${inner}}`);
  return { key: match[1].toLowerCase(), fallback: match[2] };
}
