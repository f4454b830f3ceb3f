import { listOf, objectOf, refuseUnknownKeys, textOf } from './json';
import { refuseAt } from './policy-error';
import { type CompiledStatement, compileStatement, hasPrincipal } from './statement';

/** A policy as read from JSON text, made ready for many questions. */
export interface CompiledPolicy {
  readonly name: string;
  /** Whether it names principals, as the policies of resources do and no others. */
  readonly isOfResource: boolean;
  readonly statements: readonly CompiledStatement[];
}

const VERSIONS = ['2008-10-17', '2012-10-17'];

/**
 * Reads a policy once. The name is what decisions tell it by.
 * @throws PolicyError on anything it does not understand: an unknown operator must never make a denial vanish.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function compilePolicy(name: string, document: unknown): CompiledPolicy {
  const refuse = refuseAt(name);
  const policy = objectOf(document, 'a policy', refuse);
  refuseUnknownKeys(policy, ['Version', 'Id', 'Statement'], refuse);
  const version = textOf('Version' in policy ? policy.Version : '2008-10-17', 'Version', refuse);
  if (!VERSIONS.includes(version)) refuse(`unknown Version ${version}`);
  const statements = listOf(policy.Statement, 'Statement', refuse).map((json) => objectOf(json, 'a statement', refuse));
  const isOfResource = statements.some(hasPrincipal);
  if (!statements.every((json) => hasPrincipal(json) === isOfResource)) refuse('some statements lack a principal');
  return {
    name,
    isOfResource,
    statements: statements.map((json, index) => {
      const sid = 'Sid' in json ? textOf(json.Sid, 'Sid', refuse) : '';
      const place = `${name}, ${sid || `statement ${index + 1}`}`;
      return compileStatement(json, { place, hasVariables: version === '2012-10-17', refuse: refuseAt(place) });
    }),
  };
}
