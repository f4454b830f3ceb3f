/** A part of a policy that can be taken away without anything being lost or opened. */
export interface HarmlessMutant {
  /** The Sid and the part of the statement, as the mutants are named. */
  readonly part: string;
  /** The name of the resource that has the policy, without its hash, where others lose something by it. */
  readonly resource?: string;
  readonly why: string;
}

const DENIED_TWICE = `the key's own DenyGrantsByUsers denies the same grants; the condition stays because the statement is
handed out for keys of others too, which have no such deny`;
const TAKEN_BY_BACKUP = `only AWS Backup takes the role that the statement names, as "take a role of AWS Backup" proves,
and it takes it to copy`;
const ASKED_BY_THE_VAULT = `the policy of the vault asks for the organization too, and lets nobody copy in who has left it; a
key opens nothing by itself`;
const BOOL = 'condition Bool kms:GrantIsForAWSResource';

/** Every single mutation that the proof does not catch. */
export const HARMLESS: readonly HarmlessMutant[] = [
  { part: `AllowOtherAccountsToGrantForManagedCopies ${BOOL}`, why: DENIED_TWICE },
  { part: `AllowBackupOfOtherAccountsToGrant ${BOOL}`, why: DENIED_TWICE },
  { part: `AllowSourcesToCopyInByGrants ${BOOL}`, why: DENIED_TWICE },
  { part: `AllowBackupOfOtherAccountsToCopyOutByGrants ${BOOL}`, why: DENIED_TWICE },
  { part: `AllowAccountsToRestoreByGrants ${BOOL}`, why: DENIED_TWICE },
  {
    part: 'AllowSourcesToCopyIn condition StringEquals aws:PrincipalOrgID',
    resource: 'Vault-2_AccessPolicy',
    why: 'access is by unit there, and the path of a unit begins with the id of the organization',
  },
  {
    part: 'AllowSourcesToCopyIn condition StringEquals aws:PrincipalOrgID',
    resource: 'AirGappedVault_Key',
    why: ASKED_BY_THE_VAULT,
  },
  {
    part: 'AllowSourcesToCopyInByGrants condition StringEquals aws:PrincipalOrgID',
    resource: 'AirGappedVault_Key',
    why: ASKED_BY_THE_VAULT,
  },
  { part: 'AllowSourcesToCopyIn condition StringLike kms:ViaService', why: TAKEN_BY_BACKUP },
  { part: 'AllowSourcesToCopyInByGrants condition StringLike kms:ViaService', why: TAKEN_BY_BACKUP },
  {
    part: 'AllowBackupOfOtherAccountsToCopyOut Action kms:Encrypt',
    why: `AWS's guide lists it for everybody who uses the key of an air-gapped vault; a copy out of it only reads`,
  },
];

/** Whether a row of the table is about a mutant. */
export const isAbout = ({ part, resource }: HarmlessMutant, mutant: string): boolean => {
  const [, id = '', ...rest] = mutant.split(' ');
  return rest.join(' ') === part && (resource === undefined || id.startsWith(`${resource}_`));
};
