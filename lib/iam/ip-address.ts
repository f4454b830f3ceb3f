import { BlockList, isIP } from 'node:net';
import type { TestOf } from './operator';

/**
 * Addresses and CIDR ranges of either family; without a prefix it is the one address.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const addressTest: TestOf = ({ values }, refuse) => {
  const ranges = new BlockList();
  for (const value of values) {
    const [address = '', prefix, ...rest] = value.split('/');
    const family = familyOf(address);
    const bits = family === 'ipv4' ? 32 : 128;
    if (!family || rest.length > 0 || !/^\d{1,3}$/.test(prefix ?? '0') || Number(prefix ?? 0) > bits)
      return refuse(`not an address range: ${value}`);
    ranges.addSubnet(address, Number(prefix ?? bits), family);
  }
  return (value) => ranges.check(value, familyOf(value) ?? refuse(`not an address: ${value}`));
};

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
