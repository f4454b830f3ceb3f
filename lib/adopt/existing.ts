import type { FoundKey, FoundVault, Inventory } from './inventory';
import { keyOfAlias, placeIn } from './inventory';
import { isReferenceTo, type WantedResource } from './wanted';

/** What exists in the place of a resource. */
export interface Existing {
  /** By what Terraform imports it; undefined where it must not, or need not. */
  readonly importId: string | undefined;
  /** What the first apply changes of it, in place. */
  readonly changes: readonly string[];
  /** Why it cannot be taken over: Terraform would destroy it and make another. */
  readonly refusal?: string;
}

/** What a search for something that exists can see. */
export interface Sight {
  readonly inventory: Inventory;
  /** All that the stacks would make. */
  readonly wanted: readonly WantedResource[];
}

/** Finds what exists in the place of one resource. */
export type Finder = (resource: WantedResource, sight: Sight) => Existing | undefined;

export const taken = (importId: string, changes: readonly string[] = []): Existing => ({ importId, changes });

export const refused = (refusal: string): Existing => ({ importId: undefined, changes: [], refusal });

/** An argument as text. */
export const textOf = ({ block }: WantedResource, argument: string): string => String(block[argument] ?? '');

/** The vault that exists by a name in the place of a resource. */
export const vaultNamed = (resource: WantedResource, name: string, { inventory }: Sight): FoundVault | undefined =>
  placeIn(inventory, resource).vaults.find((vault) => vault.name === name);

/** The key that exists for one that a stack makes: that which has its alias already. */
export function keyFor(key: Pick<WantedResource, 'stack' | 'id'>, { wanted, inventory }: Sight): FoundKey | undefined {
  const alias = wanted.find(
    ({ type, block, stack }) =>
      type === 'aws_kms_alias' && stack === key.stack && isReferenceTo(block.target_key_id, key),
  );
  return alias && keyOfAlias(placeIn(inventory, alias), textOf(alias, 'name'));
}

/** The ARN of the key that a resource names: one that a stack makes, or any other. */
export function keyArnOf(reference: unknown, sight: Sight): string | undefined {
  const made = sight.wanted.find((one) => one.type === 'aws_kms_key' && isReferenceTo(reference, one));
  return made ? keyFor(made, sight)?.arn : typeof reference === 'string' ? reference : undefined;
}
