import { arnValueMatcher } from './arn-matcher';
import type { TestOf } from './operator';
import { fragmentsOf, matcherOf } from './text-matcher';
import { tokensOf } from './tokens';

interface Comparison {
  readonly hasWildcards: boolean;
  readonly ignoresCase: boolean;
}

/** The operators that compare texts; those without wildcards and variables are looked up at once. */
export const textTest =
  ({ hasWildcards, ignoresCase }: Comparison): TestOf =>
  ({ values, hasVariables }, refuse) => {
    const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text);
    const isPlain = (value: string) => !(hasWildcards && /[*?]/.test(value)) && !(hasVariables && value.includes('${'));
    const plain = new Set(values.filter(isPlain).map(fold));
    const patterns = values
      .filter((value) => !isPlain(value))
      .map((value) => {
        const tokens = tokensOf(value, { hasWildcards, hasVariables }, refuse);
        return matcherOf(fragmentsOf(tokens), refuse, ignoresCase ? 'si' : 's');
      });
    return (value, facts) => plain.has(fold(value)) || patterns.some((matches) => matches(value, facts));
  };

/** The operators that compare ARNs; `ArnEquals` knows wildcards as `ArnLike` does. */
export const arnTest: TestOf = ({ values, hasVariables }, refuse) => {
  const patterns = values.map((value) => arnValueMatcher(value, hasVariables, refuse));
  return (value, facts) => {
    if (!/^arn(?::[^:]*){4}:./.test(value)) refuse(`the request has no ARN: ${value}`);
    return patterns.some((matches) => matches(value, facts));
  };
};
