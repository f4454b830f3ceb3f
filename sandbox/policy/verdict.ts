import { decide } from '../../lib/iam/decide';
import { type CompiledPolicy, compilePolicy } from '../../lib/iam/policy';
import { PolicyError } from '../../lib/iam/policy-error';
import type { Actor } from './actors';

/** The kinds of policies in the words of AWS's refusals. */
export type PolicyKind =
  | 'identity-based policy'
  | 'service control policy'
  | 'resource-based policy'
  | 'role trust policy';

/** May this actor do this to that? */
export interface Question {
  readonly actor: Actor;
  readonly action: string;
  readonly resource: { readonly arn: string; readonly accountId: string };
  /** The policy of the resource; undefined when it has none. */
  readonly policy: string | undefined;
  /** Of which kind that policy is, or would be. */
  readonly policyKind: PolicyKind;
  /** Condition keys besides those of the caller. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Nothing when it may; otherwise why not, as AWS words it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusalOf({ actor, action, resource, policy, policyKind, context }: Question): string | undefined {
  try {
    const { isAllowed, isExplicit, by, missing } = decide(
      { caller: actor.caller, action, resource, context: inLowerCase({ ...actor.context, ...context }) },
      {
        identity: actor.policies.map((document) => compiled('identity-based policy', document)),
        serviceControl: actor.serviceControl.map((level) =>
          level.map((document) => compiled('service control policy', document)),
        ),
        resource: policy === undefined ? undefined : compiled(policyKind, policy),
      },
    );
    if (isAllowed) return undefined;
    // A statement's place begins with the name of its policy, which here is its kind.
    if (isExplicit) return `with an explicit deny in ${withArticle(by[0]?.split(',')[0] ?? '')}`;
    const kind = missing.includes('service control policy')
      ? 'service control policy'
      : missing.includes('identity policy')
        ? 'identity-based policy'
        : policyKind;
    return `because no ${kind} allows the ${action} action`;
  } catch (error) {
    // What cannot be understood must not be permitted, and has to be seen.
    if (error instanceof PolicyError) return `because the sandbox cannot judge it: ${error.message}`;
    throw error;
  }
}

const withArticle = (kind: string) => `${kind.startsWith('i') ? 'an' : kind.startsWith('role') ? 'the' : 'a'} ${kind}`;

/** Condition keys know no case: of two that differ in it alone, as tags may, the last counts. */
const inLowerCase = (context: Question['context']) =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));

const ready = new Map<PolicyKind, Map<string, CompiledPolicy>>();

/** Documents are read once: the same few are asked thousands of times. */
function compiled(kind: PolicyKind, document: string): CompiledPolicy {
  const ofKind = ready.get(kind) ?? new Map<string, CompiledPolicy>();
  ready.set(kind, ofKind);
  const policy = ofKind.get(document) ?? compilePolicy(kind, parsed(kind, document));
  ofKind.set(document, policy);
  return policy;
}

function parsed(kind: PolicyKind, document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw new PolicyError(`${kind}: not JSON`);
  }
}
