import type { Refuse } from './policy-error';
import { escaped, type Fragment, matcherOf, type TextMatcher } from './text-matcher';
import { ANY_ONE, ANY_RUN, type Token, tokensOf } from './tokens';

/** Five colons divide an ARN into six parts, the last of which may hold more colons. */
const COLONS = 5;

interface ArnPattern {
  readonly fragments: readonly Fragment[];
  readonly colons: number;
}

/** `canPassColons`: whether a `*` that ends one of the first five parts reaches into the next. */
function arnPattern(tokens: readonly Token[], canPassColons: boolean): ArnPattern {
  let colons = 0;
  const fragments = tokens.map((token, index): Fragment => {
    const isInLastPart = colons >= COLONS;
    if (typeof token === 'string') {
      colons += token.split(':').length - 1;
      return escaped(token);
    }
    if (token === ANY_ONE) return isInLastPart ? '.' : '[^:]';
    if (token !== ANY_RUN) return { ...token, isOnePart: !isInLastPart };
    const next = tokens[index + 1];
    const isEndOfPart = next === undefined || (typeof next === 'string' && next.startsWith(':'));
    return isInLastPart || (canPassColons && isEndOfPart) ? '.*' : '[^:]*';
  });
  return { fragments, colons };
}

/**
 * The value of an ARN operator: its six parts are compared one by one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnValueMatcher(pattern: string, hasVariables: boolean, refuse: Refuse): TextMatcher {
  const tokens = tokensOf(pattern, { hasWildcards: true, hasVariables }, refuse);
  const { fragments, colons } = arnPattern(tokens, false);
  if (!pattern.startsWith('arn:') || colons < COLONS) refuse(`not an ARN: ${pattern}`);
  return matcherOf(fragments, refuse);
}

/** How an entry of Resource or NotResource is read. */
export interface ResourceReading {
  readonly hasVariables: boolean;
  /** Whether parts that an ARN lacks at its end are taken for `*`, as in identity policies. */
  readonly isCompleted: boolean;
}

/**
 * An entry of Resource or NotResource. A `*` that ends a part reaches past its colon, as AWS says it may.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatcher(pattern: string, reading: ResourceReading, refuse: Refuse): TextMatcher {
  if (pattern === '*') return () => true;
  if (!pattern.startsWith('arn:')) refuse(`not an ARN: ${pattern}`);
  const tokens = tokensOf(pattern, { hasWildcards: true, hasVariables: reading.hasVariables }, refuse);
  const { fragments, colons } = arnPattern(tokens, true);
  if (fragments.some((fragment) => typeof fragment === 'object' && fragment.isOnePart))
    refuse(`a variable before the fifth colon: ${pattern}`);
  if (colons < COLONS && tokens.at(-1) !== ANY_RUN) {
    if (!reading.isCompleted) refuse(`an ARN with parts missing: ${pattern}`);
    return matcherOf([...fragments, '(?::.*)?'], refuse);
  }
  const [only, ...others] = tokens;
  if (typeof only === 'string' && others.length === 0) return (text) => text === only;
  return matcherOf(fragments, refuse);
}
