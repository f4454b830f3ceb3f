import type { Refuse } from './policy-error';
import { fragmentsOf } from './text-matcher';
import { tokensOf } from './tokens';

/**
 * Whether a list of Action or NotAction has an action, which is given in lower case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionMatcher(patterns: readonly string[], refuse: Refuse): (action: string) => boolean {
  if (patterns.includes('*')) return () => true;
  for (const pattern of patterns) if (!/^[a-z0-9*?-]+:[a-z0-9*?]+$/i.test(pattern)) refuse(`not an action: ${pattern}`);
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const exact = new Set(lower.filter((pattern) => !/[*?]/.test(pattern)));
  const wild = lower.filter((pattern) => !exact.has(pattern));
  if (wild.length === 0) return (action) => exact.has(action);
  const sources = wild.map((pattern) =>
    fragmentsOf(tokensOf(pattern, { hasWildcards: true, hasVariables: false }, refuse)).join(''),
  );
  const anyWild = new RegExp(`^(?:${sources.join('|')})$`);
  return (action) => exact.has(action) || anyWild.test(action);
}
