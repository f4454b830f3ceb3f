import type { Facts } from './facts';
import type { Refuse } from './policy-error';
import { ANY_ONE, ANY_RUN, type Token, type Variable } from './tokens';

/** Whether a text of the request is what a text of the policy means. */
export type TextMatcher = (text: string, facts: Facts) => boolean;

/** A regular expression's source, or a variable to fill in first. */
export type Fragment = string | Variable;

/** The source that matches exactly this text. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Fragments where wildcards stand for any character. */
export function fragmentsOf(tokens: readonly Token[]): readonly Fragment[] {
  return tokens.map((token) => {
    if (token === ANY_RUN) return '.*';
    if (token === ANY_ONE) return '.';
    return typeof token === 'string' ? escaped(token) : token;
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
      typeof fragment === 'string' ? fragment : valueOfVariable(fragment, facts, refuse),
    );
    // A variable without a value is like nothing, so nothing is like the text that it is part of.
    if (sources.includes(undefined)) return false;
    return new RegExp(`^${sources.join('')}$`, flags).test(text);
  };
}

/** The source of a variable's value, in which no character is a wildcard; undefined where it has none. */
function valueOfVariable({ key, fallback }: Variable, facts: Facts, refuse: Refuse): string | undefined {
  const value = facts.valueOf(key);
  if (typeof value === 'object') return refuse(`a multivalued key cannot be a variable: $\{${key}}`);
  const text = value || fallback;
  return text ? escaped(text) : undefined;
}
