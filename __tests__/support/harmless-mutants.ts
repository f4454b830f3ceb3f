import type { MUTATED } from './mutated-configs';

/** A part of a policy that can be taken away without anything being lost or opened. */
export interface HarmlessMutant {
  /** The Sid and the part of the statement, as the mutants are named. */
  readonly part: string;
  /** The configs in which it passes unnoticed. */
  readonly configs: readonly (keyof typeof MUTATED)[];
  readonly why: string;
}

const DENIED_TWICE = `the key's own DenyGrantsByUsers denies the same grants; the condition stays because the statement is
handed out for keys of others too, which have no such deny`;
const BOOL = 'condition Bool kms:GrantIsForAWSResource';
const PLAIN = 'backup.yaml';
const AIR_GAPPED = 'air-gapped vaults under own keys';
const UNITS = 'generations, units and break-glass roles';

/** Every single mutation that the proof does not catch. */
const HARMLESS: readonly HarmlessMutant[] = [
  {
    part: `AllowOtherAccountsToGrantForManagedCopies ${BOOL}`,
    configs: [PLAIN, AIR_GAPPED, UNITS],
    why: DENIED_TWICE,
  },
  { part: `AllowBackupOfOtherAccountsToGrant ${BOOL}`, configs: [PLAIN, UNITS], why: DENIED_TWICE },
  { part: `AllowSourcesToCopyInByGrants ${BOOL}`, configs: [AIR_GAPPED], why: DENIED_TWICE },
  { part: `AllowBackupOfOtherAccountsToCopyOutByGrants ${BOOL}`, configs: [AIR_GAPPED], why: DENIED_TWICE },
  { part: `AllowAccountsToRestoreByGrants ${BOOL}`, configs: [AIR_GAPPED], why: DENIED_TWICE },
  {
    part: 'AllowSourcesToCopyIn condition StringEquals aws:PrincipalOrgID',
    configs: [UNITS],
    why: 'access is by unit there, and the path of a unit begins with the id of the organization',
  },
];

/** What is known to be harmless in a config, without what stands before the Sid in the names of mutants. */
export const harmlessIn = (config: keyof typeof MUTATED): string[] =>
  HARMLESS.filter(({ configs }) => configs.includes(config)).map(({ part }) => part);

/** The part of a statement that a mutant lacks. */
export const partOf = (mutant: string): string => mutant.split(' ').slice(2).join(' ');
