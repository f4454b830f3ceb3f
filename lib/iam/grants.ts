import type { Facts } from './facts';
import type { CompiledPolicy } from './policy';

/** What policies of one kind allow a request, by the places of their statements. */
export interface Grants {
  readonly allowing: readonly string[];
  /** Allowances to the caller's account, which leave it to the caller's identity policies. */
  readonly allowingAccount: readonly string[];
}

/** Asks policies that are all of resources, or all not; what denies is added to the denials. */
export function grantsOf(
  policies: readonly CompiledPolicy[],
  areOfResource: boolean,
  facts: Facts,
  denials: string[],
): Grants {
  const allowing: string[] = [];
  const allowingAccount: string[] = [];
  for (const { name, isOfResource, statements } of policies) {
    if (isOfResource !== areOfResource)
      throw new Error(`${name} ${isOfResource ? 'names' : 'lacks'} principals, which is for the policies of resources`);
    for (const statement of statements) {
      const match = statement.matches(facts);
      if (match === 'none') continue;
      if (statement.isDeny) denials.push(statement.place);
      else if (match === 'itself') allowing.push(statement.place);
      else allowingAccount.push(statement.place);
    }
  }
  return { allowing, allowingAccount };
}
