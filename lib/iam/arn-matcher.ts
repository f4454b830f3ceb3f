import type { Refuse } from './policy-error';
import { escaped, type Fragment, matcherOf, type TextMatcher } from './text-matcher';
import { ANY_ONE, ANY_RUN, type Token, tokensOf } from './tokens';

const COLONS = 5;

/** How far wildcards reach in the parts of an ARN that colons divide; the last part may hold colons of its own. */
type Reach = 'within a part' | 'past colons when last of a part';

function fragmentsOfArn(tokens: readonly Token[], reach: Reach): { fragments: readonly Fragment[]; colons: number } {
  let colons = 0;
  const fragments = tokens.map((token, index): Fragment => {
    const isInLastPart = colons >= COLONS;
    if (typeof token === 'string') {
      colons += token.split(':').length - 1;
      return escaped(token);
    }
    if (token === ANY_ONE) return isInLastPart ? '.' : '[^:]';
    if (token !== ANY_RUN) return token;
    const next = tokens[index + 1];
    const isLastOfPart = next === undefined || (typeof next === 'string' && next.startsWith(':'));
    return isInLastPart || (isLastOfPart && reach !== 'within a part') ? '.*' : '[^:]*';
  });
  return { fragments, colons };
}

/**
 * The value of an ARN operator: its six parts are compared one by one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnValueMatcher(pattern: string, hasVariables: boolean, refuse: Refuse): TextMatcher {
  const tokens = tokensOf(pattern, { hasWildcards: true, hasVariables }, refuse);
  const { fragments, colons } = fragmentsOfArn(tokens, 'within a part');
  if (!pattern.startsWith('arn:') || colons < COLONS) refuse(`not an ARN: ${pattern}`);
  const matches = matcherOf(fragments, refuse);
  const parts = partsOf(tokens);
  return (text, facts) => isArn(text, refuse) && parts(text) && matches(text, facts);
}

/**
 * An entry of Resource or NotResource. AWS lets a `*` that ends a part reach past its colon, and takes the parts that an
 * ARN of an identity policy lacks for `*`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatcher(
  pattern: string,
  { hasVariables, isCompleted }: { readonly hasVariables: boolean; readonly isCompleted: boolean },
  refuse: Refuse,
): TextMatcher {
  if (pattern === '*') return () => true;
  const tokens = tokensOf(pattern, { hasWildcards: true, hasVariables }, refuse);
  const { fragments, colons } = fragmentsOfArn(tokens, 'past colons when last of a part');
  if (!pattern.startsWith('arn:')) refuse(`not an ARN: ${pattern}`);
  if (colons >= COLONS || tokens.at(-1) === ANY_RUN) return matcherOf(fragments, refuse);
  if (!isCompleted) refuse(`an ARN with parts missing: ${pattern}`);
  return matcherOf([...fragments, '(?::.*)?'], refuse);
}
