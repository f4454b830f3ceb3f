import type { Facts } from './facts';
import type { CompiledPolicy } from './policy';

/** What policies of one kind say to a request, by the places of their statements. */
export interface Grants {
  readonly denying: readonly string[];
  readonly allowing: readonly string[];
  /** Allowances to the caller's account, which leave it to the caller's identity policies. */
  readonly allowingAccount: readonly string[];
}

/** Asks policies that are all of resources, or all not. */
export function grantsOf(policies: readonly CompiledPolicy[], areOfResource: boolean, facts: Facts): Grants {
  const denying: string[] = [];
  const allowing: string[] = [];
  const allowingAccount: string[] = [];
  for (const { name, isOfResource, statements } of policies) {
    if (isOfResource !== areOfResource)
      throw new Error(`${name} ${isOfResource ? 'names' : 'lacks'} principals, which is for the policies of resources`);
    for (const { place, isDeny, matches } of statements) {
      const match = matches(facts);
      if (match === 'none') continue;
      if (isDeny) denying.push(place);
      else if (match === 'itself') allowing.push(place);
      else allowingAccount.push(place);
    }
  }
  return { denying, allowing, allowingAccount };
}
