import type { Facts } from './facts';
import type { Refuse } from './policy-error';
import { ANY_ONE, ANY_RUN, type Token, type Variable } from './tokens';

/** Whether a text of the request is what a text of the policy means. */
export type TextMatcher = (text: string, facts: Facts) => boolean;

/** A variable whose value is part of a pattern. */
export interface VariableInPattern extends Variable {
  /** The value may hold no colon, because it fills one part of an ARN. */
  readonly isOnePart: boolean;
}

/** The source of a regular expression, or a variable that becomes one with each request. */
export type Fragment = string | VariableInPattern;

/** The source that matches exactly this text. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Fragments in which wildcards stand for any character. */
export function fragmentsOf(tokens: readonly Token[]): readonly Fragment[] {
  return tokens.map((token) => {
    if (token === ANY_RUN) return '.*';
    if (token === ANY_ONE) return '.';
    return typeof token === 'string' ? escaped(token) : { ...token, isOnePart: false };
  });
}

/** Matches a whole text; what has no variables is made ready once. */
export function matcherOf(fragments: readonly Fragment[], refuse: Refuse, flags: 's' | 'si' = 's'): TextMatcher {
  if (fragments.every((fragment) => typeof fragment === 'string')) {
    const pattern = new RegExp(`^${fragments.join('')}$`, flags);
    return (text) => pattern.test(text);
  }
  return (text, facts) => {
    const sources = fragments.map((fragment) =>
      typeof fragment === 'string' ? fragment : sourceOf(fragment, facts, refuse),
    );
    // Nothing equals or is like a text whose variable has no value.
    if (sources.includes(undefined)) return false;
    return new RegExp(`^${sources.join('')}$`, flags).test(text);
  };
}

/** The value of a variable, in which no character is a wildcard; undefined where there is none. */
function sourceOf({ key, fallback, isOnePart }: VariableInPattern, facts: Facts, refuse: Refuse): string | undefined {
  const value = facts.valueOf(key);
  if (typeof value === 'object') return refuse(`a multivalued key cannot be a variable: ${key}`);
  const text = value || fallback;
  return text && !(isOnePart && text.includes(':')) ? escaped(text) : undefined;
}
