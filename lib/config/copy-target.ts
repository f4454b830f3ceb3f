import { type ArnFields, parseArn } from '../aws/arn';
import { VAULT_ARN } from './fields';

/** Where a copy goes: one of a destination's vaults in a Region, or a vault that this config does not make. */
export type CopyTarget =
  | {
      readonly kind: 'destination';
      readonly destination: string;
      readonly region: string;
      readonly isAirGapped: boolean;
    }
  | { readonly kind: 'outside'; readonly arn: string; readonly vault: ArnFields };

/** What stands after a Region for its air-gapped vault. */
export const AIR_GAPPED = 'air-gapped';

/** A vault of a site as the config and all that is told of it write it: `vault/eu-west-1`, `vault/eu-west-1/air-gapped`. */
export const vaultPlace = (
  { name, region }: { readonly name: string; readonly region: string },
  isAirGapped = false,
) => (isAirGapped ? `${name}/${region}/${AIR_GAPPED}` : `${name}/${region}`);

/** Reads a copy's `to`; undefined when it is neither a vault of a destination nor the ARN of a vault. */
export function parseCopyTarget(to: string): CopyTarget | undefined {
  if (to.startsWith('arn:')) {
    const vault = VAULT_ARN.test(to) ? parseArn(to) : undefined;
    return vault && { kind: 'outside', arn: to, vault };
  }
  const [destination, region, vault, ...rest] = to.split('/');
  if (!destination || !region || rest.length > 0 || (vault !== undefined && vault !== AIR_GAPPED)) return undefined;
  return { kind: 'destination', destination, region, isAirGapped: vault === AIR_GAPPED };
}
