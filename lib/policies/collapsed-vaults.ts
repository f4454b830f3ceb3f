import { sortedUnique } from '../topology/collections';

/**
 * Vault ARNs in no more than so many characters, if that can be: each as it is, or else those of one account and name
 * as one pattern for all Regions. An account is never left open.
 */
export function collapsedVaults(vaultArns: readonly string[], characters: number): string[] {
  if (JSON.stringify(vaultArns).length <= characters) return [...vaultArns];
  return sortedUnique(
    vaultArns.map((arn) => {
      const fields = arn.split(':');
      fields[3] = '*';
      return fields.join(':');
    }),
  );
}
