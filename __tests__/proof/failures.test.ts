import { loadReviewedConfig } from '../../lib/review/review';
import {
  type Address,
  type Files,
  replaced,
  type Statement,
  withBlock,
  without,
  withStatements,
} from '../support/edit-stacks';
import { provable } from '../support/prove-in-memory';

const { stacks, prove } = provable(loadReviewedConfig('backup.yaml').config);
const DESTINATION = 'destination-vault-eu-west-1';
const SOURCE = 'source-production-us-east-1';
const VAULT_POLICY: Address = [DESTINATION, 'aws_backup_vault_policy', 'Vault_'];
const KEY: Address = [DESTINATION, 'aws_kms_key', 'Vault_Key_'];
const SOURCE_KEY: Address = [SOURCE, 'aws_kms_key', 'Vault_Key_'];
const RESOURCE_KEY: Address = [SOURCE, 'aws_kms_key', 'ResourceKey_'];
const GUARDRAILS: Address = ['management', 'aws_organizations_policy', 'Guardrails_Policy-1'];
const BACKUP_ROLE: Address = [SOURCE, 'aws_iam_role', 'BackupRole_'];

/** What is told of stacks, with the hashes of ids left out. */
const told = (files: Files) => prove(files).failures.map((line) => line.replaceAll(/_[0-9A-F]{8}\b/g, ''));
const unlessAction = (action: string) => (statement: Statement) => ({
  ...statement,
  Action: (statement.Action as string[]).filter((one) => one !== action),
});
const unlessExempt = (arn: string) => (statement: Statement) => {
  const { ArnNotLike } = statement.Condition as { ArnNotLike: { 'aws:PrincipalArn': string[] } };
  const left = ArnNotLike['aws:PrincipalArn'].filter((one) => one !== arn);
  return { ...statement, Condition: { ArnNotLike: { 'aws:PrincipalArn': left } } };
};

describe('failures', () => {
  test('name the edge, the grant and the policy that is silent when a vault lets no source in', () => {
    expect(told(withStatements(stacks, VAULT_POLICY, without('AllowSourcesToCopyIn')))).toEqual([
      'production/us-east-1 to vault/eu-west-1, copy in: must be allowed, and no resource policy allows it: arn:aws:iam::111111111111:role/cab-backup-us-east-1: backup:CopyIntoBackupVault on arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
      'production/eu-central-1 to vault/eu-west-1, copy in: must be allowed, and no resource policy allows it: arn:aws:iam::111111111111:role/cab-backup-eu-central-1: backup:CopyIntoBackupVault on arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
    ]);
  });

  test('name the key that a destination cannot read when a source does not share it', () => {
    const sids = ['AllowOtherAccountsToReadManagedCopies', 'AllowBackupOfOtherAccountsToReadCopies'];
    const [managed, inheriting] = [SOURCE_KEY, RESOURCE_KEY].map((key, index) =>
      told(withStatements(stacks, key, without(sids[index] ?? ''))),
    );
    expect(managed).toContain(
      `production/us-east-1 to vault/eu-west-1, vault key: must be allowed, and no resource policy allows it: AWS Backup's service-linked role of 222222222222: kms:Decrypt on arn:aws:kms:us-east-1:111111111111:key/${SOURCE}.Vault_Key`,
    );
    expect(inheriting).toContain(
      `production/us-east-1 to vault/eu-west-1, resource key: must be allowed, and no resource policy allows it: AWS Backup's service-linked role of 222222222222: kms:ReEncryptFrom on arn:aws:kms:us-east-1:111111111111:key/${SOURCE}.ResourceKey`,
    );
  });

  test('name the request that the policy of a vault no longer denies by itself, and who allows it', () => {
    const broken = withStatements(
      stacks,
      VAULT_POLICY,
      replaced('DenyTampering', unlessAction('backup:DeleteBackupVaultAccessPolicy')),
    );
    const of = (who: string) =>
      `must be denied by the resource policy alone, and no statement of it does: ${who} of 222222222222: backup:DeleteBackupVaultAccessPolicy on arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination, which AdministratorAccess, statement 1 allows`;
    expect(told(broken)).toEqual([of('an administrator'), of('the root user')]);
  });

  test('name the request that guardrails no longer deny by themselves, once for each account', () => {
    const broken = withStatements(stacks, GUARDRAILS, without('DenyGivingUpAccount'));
    const lines = told(broken);
    expect(lines).toContain(
      'must be denied by the guardrails alone, and no statement of it does: an administrator of 111111111111: organizations:LeaveOrganization on *, which AdministratorAccess, statement 1 allows',
    );
    expect(lines).toContain(
      'must be denied by the guardrails alone, and no statement of it does: the root user of 222222222222: organizations:LeaveOrganization on *, which AdministratorAccess, statement 1 allows',
    );
  });

  test('name what an exempted role must still be able to change', () => {
    const deployRole = 'arn:aws:iam::222222222222:role/OrganizationAccountAccessRole';
    expect(told(withStatements(stacks, KEY, replaced('DenyTampering', unlessExempt(deployRole))))).toContain(
      `must be allowed, and is denied by ${DESTINATION}.Vault_Key, DenyTampering: ${deployRole}: kms:PutKeyPolicy on arn:aws:kms:eu-west-1:222222222222:key/${DESTINATION}.Vault_Key`,
    );
  });

  test('name the attack in steps that nothing stops any more', () => {
    const open = withStatements(stacks, GUARDRAILS, without('DenyChangingExemptRoles'));
    const attacks = [
      'rewrite the trust of an exempted role, take it, delete',
      'make a role under a name of StackSets, take it, delete',
      "make a role of AWS Backup one of one's own, delete snapshots with it",
      "stop AWS Backup's own role, so that nothing is copied or expires",
    ];
    const sites = ['vault/eu-west-1', 'production/us-east-1', 'production/eu-central-1'];
    expect(told(open).filter((line) => line.startsWith('nothing stops'))).toEqual(
      sites.flatMap((site) => attacks.map((attack) => `nothing stops an administrator of ${site} who would ${attack}`)),
    );
  });

  test('name the accounts that no stack attaches the guardrails to, though the config has them', () => {
    const attachedTo = (accountId: string): Address => [
      'management',
      'aws_organizations_policy_attachment',
      `Guardrails_Policy-1-${accountId}`,
    ];
    const one = withBlock(stacks, attachedTo('222222222222'), () => undefined);
    const none = withBlock(one, attachedTo('111111111111'), () => undefined);
    expect(told(one)).toEqual(['no stack attaches guardrails to 222222222222, as the config has it']);
    expect(told(none)).toEqual([
      'no stack attaches guardrails to 111111111111, as the config has it',
      'no stack attaches guardrails to 222222222222, as the config has it',
    ]);
  });

  test('name the edge that no plan makes, and the rule that should', () => {
    const broken = withBlock(stacks, [SOURCE, 'aws_backup_plan', 'Plan-daily'], (block) => ({
      ...block,
      rule: (block.rule as object[]).map((rule) => ({ ...rule, copy_action: [] })),
    }));
    const copies =
      '[{"destination_vault_arn":"arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination","lifecycle":{"delete_after":365}}]';
    expect(told(broken)).toEqual([
      'production/us-east-1 to vault/eu-west-1: no plan of the stack makes this copy',
      `stack ${SOURCE}, plan cab-daily, rule daily-kept-35-days: copies must be ${copies}, and is []`,
    ]);
  });

  test('say that nothing switches on copies to other accounts', () => {
    const broken = withBlock(stacks, ['management', 'aws_backup_global_settings', ''], () => undefined);
    expect(told(broken)).toEqual([
      'no stack switches cross-account backup on for the organization, so no copy leaves its account',
    ]);
  });

  test('name a role that AWS Backup may take for somebody else', () => {
    const broken = withStatements(
      stacks,
      BACKUP_ROLE,
      replaced('AllowBackupToAssume', ({ Condition: _, ...statement }) => statement),
    );
    expect(told(broken)).toEqual([
      `must be denied, and no statement of ${SOURCE}.BackupRole denies it: AWS Backup: sts:AssumeRole on arn:aws:iam::111111111111:role/cab-backup-us-east-1, which ${SOURCE}.BackupRole, AllowBackupToAssume allows`,
    ]);
  });

  test('name a vault whose lock is gone or other than the config has it', () => {
    const lock: Address = [DESTINATION, 'aws_backup_vault_lock_configuration', ''];
    const vault = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';
    expect(told(withBlock(stacks, lock, () => undefined))).toEqual([
      `${vault} must be locked for 7 to 400 days, removable, and has no lock`,
    ]);
    expect(told(withBlock(stacks, lock, (block) => ({ ...block, min_retention_days: 1 })))).toEqual([
      `${vault} must be locked for 7 to 400 days, removable, and has 1 to 400 days, removable`,
    ]);
  });

  test('name a selection that leaves out what the config takes', () => {
    const selection: Address = [SOURCE, 'aws_backup_selection', 'Plan-daily_Selection-tagged'];
    const place = `stack ${SOURCE}, plan cab-daily, selection tagged`;
    expect(told(withBlock(stacks, selection, (block) => ({ ...block, not_resources: ['*'] })))).toEqual([
      `${place}: resources left out must be [], and is ["*"]`,
    ]);
    expect(told(withBlock(stacks, selection, (block) => ({ ...block, condition: [] })))).toEqual([
      `${place}: conditions must be [["aws:ResourceTag/Backup=true"],[],[],[]], and is [[],[],[],[]]`,
    ]);
  });
});
