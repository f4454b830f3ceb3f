import type { PolicyDocument, Statement } from '../policies/policy-document';
import { sortedUnique } from '../topology/collections';

/**
 * A policy with what another one allows besides, statement by statement: nothing that it allows is taken out of it.
 * Undefined where it allows all of that already.
 */
export function widened(policy: PolicyDocument, wanted: PolicyDocument): PolicyDocument | undefined {
  const kept = new Map(policy.Statement.map((statement) => [statement.Sid, statement]));
  let isWider = false;
  for (const statement of wanted.Statement) {
    const known = kept.get(statement.Sid);
    const union = known ? unionOf(known, statement) : statement;
    if (known && textOf(known) === textOf(union)) continue;
    kept.set(statement.Sid, union);
    isWider = true;
  }
  return isWider ? { ...policy, Statement: [...kept.values()] } : undefined;
}

const unionOf = (one: Statement, other: Statement): Statement => ({
  ...one,
  Action: sortedUnique([one.Action, other.Action].flat()),
  Resource: sortedUnique([one.Resource ?? [], other.Resource ?? []].flat()),
});

const textOf = ({ Action, Resource = [] }: Statement): string =>
  JSON.stringify([sortedUnique([Action].flat()), sortedUnique([Resource].flat())]);
