import { ProofError } from '../../lib/proof/proof-error';
import { type Files, withBlock } from '../support/edit-stacks';
import { MUTATED } from '../support/mutated-configs';
import { provable } from '../support/prove-in-memory';

/** What a proof cannot miss: it is not by these that copies are permitted and tampering is denied. */
const UNSEEN: Readonly<Record<string, string>> = {
  'aws_backup_region_settings OptIns': 'whether a type is backed up at all is no question of permissions',
  'aws_iam_role_policy_attachment BackupRole_S3Backup': 'buckets are asked about in no request of the proof',
  'aws_iam_role_policy_attachment RestoreRole_S3Restore': 'the same',
  'aws_kms_alias AirGappedVault_Key_Alias': 'a name',
  'aws_kms_alias ResourceKey_Alias': 'a name',
  'aws_kms_alias Vault_Key_Alias': 'a name',
  'aws_organizations_delegated_administrator OrganizationSettings_DelegatedAdministrator':
    'who looks on, not who copies',
  'terraform_data Vault_LockKind': 'what has a lock made anew; the lock itself is not missed unnoticed',
};

function isNoticed(prove: (files: Files) => { readonly failures: readonly string[] }, files: Files): boolean {
  try {
    return prove(files).failures.length > 0;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return true;
  }
}

/** Every resource whose absence the proof does not notice, by its type and its id without the hash. */
const unseen = (['backup.yaml', 'air-gapped vaults under own keys'] as const).flatMap((config) => {
  const { stacks, prove } = provable(MUTATED[config]());
  return Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, ofType]) =>
      Object.keys(ofType)
        .filter(
          (id) =>
            !isNoticed(
              prove,
              withBlock(stacks, [stack, type, id], () => undefined),
            ),
        )
        .map((id) => `${type} ${id.replace(/_[0-9A-F]{8}$/, '')}`),
    ),
  );
});

describe('prove', () => {
  test('notices every resource that is gone but those that permit and deny nothing', () => {
    expect([...new Set(unseen)].sort()).toEqual(Object.keys(UNSEEN).sort());
  });
});
