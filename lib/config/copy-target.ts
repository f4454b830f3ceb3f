import { type ArnFields, parseArn } from '../aws/arn';
import { VAULT_ARN } from './fields';

/** Where a copy goes: a destination's vault in a Region, or a vault that this config does not make. */
export type CopyTarget =
  | { readonly kind: 'destination'; readonly destination: string; readonly region: string }
  | { readonly kind: 'outside'; readonly arn: string; readonly vault: ArnFields };

/** Reads a copy's `to`; undefined when it is neither `<destination>/<region>` nor the ARN of a vault. */
export function parseCopyTarget(to: string): CopyTarget | undefined {
  if (to.startsWith('arn:')) {
    const vault = VAULT_ARN.test(to) ? parseArn(to) : undefined;
    return vault && { kind: 'outside', arn: to, vault };
  }
  const [destination, region, ...rest] = to.split('/');
  return destination && region && rest.length === 0 ? { kind: 'destination', destination, region } : undefined;
}
