import { actionMatcher } from './action-matcher';
import { resourceMatcher } from './arn-matcher';
import { conditionsOf } from './condition';
import type { Facts } from './facts';
import { type JsonObject, refuseUnknownKeys, textsOf } from './json';
import type { Refuse } from './policy-error';
import { notPrincipalMatcher, type PrincipalMatch, principalMatcher } from './principal-matcher';

/** One statement of a policy, made ready. */
export interface CompiledStatement {
  /** The policy's name and the statement's Sid, or its number where it has none. */
  readonly place: string;
  readonly isDeny: boolean;
  /** How the statement means a request; one without principals means its caller itself. */
  readonly matches: (facts: Facts) => PrincipalMatch;
}

/** The elements of the grammar. */
const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Whether a statement is of a resource's policy: only there are principals. */
export const hasPrincipal = (statement: JsonObject): boolean => 'Principal' in statement || 'NotPrincipal' in statement;

/** Where a statement is, and how its policy is read. */
export interface StatementReading {
  readonly place: string;
  readonly hasVariables: boolean;
  readonly refuse: Refuse;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function compileStatement(
  json: JsonObject,
  { place, hasVariables, refuse }: StatementReading,
): CompiledStatement {
  refuseUnknownKeys(json, ELEMENTS, refuse);
  const { Effect } = json;
  if (Effect !== 'Allow' && Effect !== 'Deny') refuse('Effect must be Allow or Deny');
  const isDeny = Effect === 'Deny';
  const actions = eitherOf(json, 'Action', 'NotAction', refuse) ?? refuse('neither Action nor NotAction');
  const hasAction = actionMatcher(actions.texts, refuse);
  const means = meaningOf(json, isDeny, refuse);
  const hasResource = resourceOf(json, hasVariables, refuse);
  const conditions = 'Condition' in json ? conditionsOf(json.Condition, hasVariables, refuse) : [];
  return {
    place,
    isDeny,
    matches: (facts) => {
      if (hasAction(facts.action) === actions.isNegated) return 'none';
      const match = means(facts);
      if (match === 'none' || !hasResource(facts)) return 'none';
      return conditions.every((holds) => holds(facts)) ? match : 'none';
    },
  };
}

function meaningOf(json: JsonObject, isDeny: boolean, refuse: Refuse): (facts: Facts) => PrincipalMatch {
  if ('Principal' in json && 'NotPrincipal' in json) refuse('both Principal and NotPrincipal');
  if ('Principal' in json) return principalMatcher(json.Principal, isDeny, refuse);
  if ('NotPrincipal' in json) return notPrincipalMatcher(json.NotPrincipal, isDeny, refuse);
  return () => 'itself';
}

/** The policy of a resource may leave out the resource, as trust policies do: it is the one that has the policy. */
function resourceOf(json: JsonObject, hasVariables: boolean, refuse: Refuse): (facts: Facts) => boolean {
  const resources = eitherOf(json, 'Resource', 'NotResource', refuse);
  const isCompleted = !hasPrincipal(json);
  if (!resources) return isCompleted ? refuse('neither Resource nor NotResource') : () => true;
  const { texts, isNegated } = resources;
  if (texts.includes('*')) return () => !isNegated;
  const matchers = texts.map((text) => resourceMatcher(text, { hasVariables, isCompleted }, refuse));
  return (facts) => matchers.some((matches) => matches(facts.request.resource.arn, facts)) !== isNegated;
}

interface Texts {
  readonly texts: readonly string[];
  readonly isNegated: boolean;
}

function eitherOf(json: JsonObject, positive: string, negative: string, refuse: Refuse): Texts | undefined {
  if (positive in json && negative in json) refuse(`both ${positive} and ${negative}`);
  if (positive in json) return { texts: textsOf(json[positive], positive, refuse), isNegated: false };
  if (negative in json) return { texts: textsOf(json[negative], negative, refuse), isNegated: true };
  return undefined;
}
