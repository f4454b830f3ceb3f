import { readDeployed } from '../../lib/proof/read-deployed';
import type { Block } from '../../lib/proof/synthesized';
import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { type Address, type Files, withAdded, withBlock, withStatements } from '../support/edit-stacks';
import { provable } from '../support/prove-in-memory';

const DESTINATION = 'destination-vault-eu-west-1';
const SOURCE = 'source-production-us-east-1';
const VAULT: Address = [DESTINATION, 'aws_backup_vault', 'Vault_'];
const VAULT_ARN = `arn:aws:backup:eu-west-1:${DESTINATION_ID}:backup-vault:cab-destination`;
const POLICY: Address = [DESTINATION, 'aws_backup_vault_policy', 'Vault_'];
const KEY: Address = [DESTINATION, 'aws_kms_key', 'Vault_Key_'];
const ROLE: Address = [SOURCE, 'aws_iam_role', 'BackupRole_'];
const ROLE_ARN = `arn:aws:iam::${SOURCE_ID}:role/cab-backup-us-east-1`;

const { stacks, prove } = provable(aConfig({ tags: { owner: 'platform' } }));
const read = (files: Files) =>
  readDeployed(
    { stacks: files, policyFile: () => undefined },
    { organizationId: 'o-abc1234567', rootId: 'r-abc1', managementAccountId: '999999999999' },
  );
const withPolicy = (policy: unknown) => withBlock(stacks, POLICY, (block) => ({ ...block, policy }));
const policyText = (statement: object, version = '2012-10-17') =>
  JSON.stringify({ Version: version, Statement: [statement] });
const ALL = policyText({ Effect: 'Allow', Action: '*', Resource: '*' });

/** What ends a proof, with the hashes of ids left out. */
function refusal(files: Files): string {
  try {
    prove(files);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.replaceAll(/_[0-9A-F]{8}\b/g, '')}`;
  }
  return 'judged';
}

describe('readDeployed', () => {
  test('gives what is made its own tags, and those of the provider that it does not set itself', () => {
    const both = withBlock(stacks, VAULT, (block) => ({ ...block, tags: { ...(block.tags as object), owner: 'b' } }));
    expect(read(stacks).vaults.get(VAULT_ARN)?.tags).toEqual({
      owner: 'platform',
      'cross-account-backup': 'protected',
    });
    expect(read(both).vaults.get(VAULT_ARN)?.tags).toEqual({ owner: 'b', 'cross-account-backup': 'protected' });
  });

  test('finds roles below their path', () => {
    const moved = withBlock(stacks, ROLE, (block) => ({ ...block, path: '/backup/daily/' }));
    expect([...read(moved).roles.keys()]).toContain(`arn:aws:iam::${SOURCE_ID}:role/backup/daily/cab-backup-us-east-1`);
    expect(refusal(moved)).toBe(`ProofError: stack ${SOURCE} has no role ${ROLE_ARN}: run npm run synth again`);
  });

  test.each<[string, (block: Block) => Block]>([
    ['inline', (block) => ({ ...block, inline_policy: [{ name: 'own', policy: ALL }] })],
    [
      "one of AWS's that it names itself",
      (block) => ({
        ...block,
        managed_policy_arns: ['arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores'],
      }),
    ],
  ])('counts a policy that a role has %s', (_, change) => {
    const before = read(stacks).roles.get(ROLE_ARN)?.identity.length ?? 0;
    expect(read(withBlock(stacks, ROLE, change)).roles.get(ROLE_ARN)?.identity).toHaveLength(before + 1);
  });

  test('counts a policy that is made beside a role and attached to it', () => {
    const made = withAdded(stacks, [SOURCE, 'aws_iam_policy', 'Own'], { name: 'own', policy: ALL });
    const attached = withAdded(made, [SOURCE, 'aws_iam_role_policy_attachment', 'Own'], {
      role: 'cab-backup-us-east-1',
      policy_arn: '${aws_iam_policy.Own.arn}',
    });
    expect(
      read(attached)
        .roles.get(ROLE_ARN)
        ?.identity.map(({ name }) => name),
    ).toContain(`${SOURCE}.Own`);
  });

  test('takes the policy of a key that stands beside it', () => {
    const policy = read(stacks).keys.get(keyArn)?.policy;
    const bare = withBlock(stacks, KEY, ({ policy: _, ...block }) => block);
    const beside = withAdded(bare, [DESTINATION, 'aws_kms_key_policy', 'Own'], {
      key_id: `\${aws_kms_key.${keyId}.key_id}`,
      policy: stacks[DESTINATION]?.resource?.aws_kms_key?.[keyId]?.policy,
    });
    expect(read(beside).keys.get(keyArn)?.policy.statements.length).toBe(policy?.statements.length);
    expect(prove(beside).failures).toEqual([]);
  });
});

const keyId = Object.keys(stacks[DESTINATION]?.resource?.aws_kms_key ?? {})[0] ?? '';
const keyArn = `arn:aws:kms:eu-west-1:${DESTINATION_ID}:key/${DESTINATION}.${keyId}`;

describe('prove', () => {
  test.each<[string, Files, string]>([
    [
      'a policy that Terraform makes at the deploy',
      withPolicy('${jsonencode({})}'),
      `the policy of ${DESTINATION}.Vault_AccessPolicy is not plain JSON: Unexpected token '$', "\${jsonencode({})}" is not valid JSON`,
    ],
    [
      'a condition it does not understand',
      withPolicy(
        policyText({
          Effect: 'Deny',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { StringSounds: { 'aws:PrincipalArn': 'b' } },
        }),
      ),
      `${DESTINATION}.Vault_AccessPolicy, statement 1: StringSounds aws:PrincipalArn: unknown operator`,
    ],
    [
      'a vault that is gone',
      withBlock(stacks, VAULT, () => undefined),
      `${DESTINATION}.Vault_AccessPolicy names \${aws_backup_vault.Vault.name} as backup_vault_name, and the proof cannot tell what that is`,
    ],
    [
      'a key that is gone',
      withBlock(stacks, KEY, () => undefined),
      `${DESTINATION}.Vault names \${aws_kms_key.Vault_Key.arn} as kms_key_arn, and the proof cannot tell what that is`,
    ],
    [
      'a key without a policy',
      withBlock(stacks, KEY, ({ policy: _, ...block }) => block),
      `${DESTINATION}.Vault_Key is a key without a policy: AWS would give it one that anybody changes`,
    ],
    [
      'a second policy of a vault',
      withAdded(stacks, [DESTINATION, 'aws_backup_vault_policy', 'Own'], {
        backup_vault_name: 'cab-destination',
        policy: policyText({ Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' }),
      }),
      `${VAULT_ARN} has two policies, of which the last deployed wins: ${DESTINATION}.Vault_AccessPolicy and ${DESTINATION}.Own`,
    ],
    [
      'a policy of AWS that it does not know',
      withAdded(stacks, [SOURCE, 'aws_iam_role_policy_attachment', 'Own'], {
        role: 'cab-backup-us-east-1',
        policy_arn: 'arn:aws:iam::aws:policy/AmazonEC2FullAccess',
      }),
      `${SOURCE}.Own attaches arn:aws:iam::aws:policy/AmazonEC2FullAccess, and the proof does not know what it allows`,
    ],
    [
      'a grant of a key',
      withAdded(stacks, [SOURCE, 'aws_kms_grant', 'Own'], { grantee_principal: ROLE_ARN, operations: ['Decrypt'] }),
      `${SOURCE}.Own is of type aws_kms_grant, which the proof cannot judge`,
    ],
    [
      'a resource that Terraform makes several times',
      withBlock(stacks, ROLE, (block) => ({ ...block, count: 2 })),
      `${SOURCE}.BackupRole has count, which the proof cannot judge`,
    ],
    [
      'a copy to a vault that no plan names',
      withBlock(stacks, [SOURCE, 'aws_backup_plan', ''], (block) => ({
        ...block,
        rule: (block.rule as object[]).map((rule) => ({
          ...rule,
          copy_action: [{ destination_vault_arn: 'arn:aws:backup:eu-west-1:666666666666:backup-vault:theirs' }],
        })),
      })),
      `stack ${SOURCE} copies to arn:aws:backup:eu-west-1:666666666666:backup-vault:theirs, as no plan says`,
    ],
    [
      'a selection that backs up under another role',
      withBlock(stacks, [SOURCE, 'aws_backup_selection', ''], (block) => ({
        ...block,
        iam_role_arn: `arn:aws:iam::${SOURCE_ID}:role/Mighty`,
      })),
      `stack ${SOURCE} backs up as arn:aws:iam::${SOURCE_ID}:role/Mighty, not ${ROLE_ARN}`,
    ],
    [
      'a locked vault that Terraform would empty',
      withBlock(stacks, VAULT, (block) => ({ ...block, force_destroy: true })),
      `${DESTINATION}.Vault has force_destroy beside a lock: recovery points would go with the vault`,
    ],
  ])('refuses to judge %s', (_, files, message) => {
    expect(refusal(files)).toBe(`ProofError: ${message}`);
  });

  test('finds a vault that an operator opened to everybody', () => {
    const opened = withStatements(stacks, POLICY, (all) => [
      ...all,
      { Sid: 'Own', Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' },
    ]);
    const denied = (who: string) =>
      expect.stringMatching(
        `^must be denied, and no statement of .+ denies it: ${who}: backup:CopyIntoBackupVault on ${VAULT_ARN}, which .+, Own allows$`,
      );
    expect(prove(opened).failures).toEqual(
      expect.arrayContaining([
        denied('an administrator of 700000000000'),
        denied('an administrator of 700000000001, outside the organization'),
        denied(`arn:aws:iam::${SOURCE_ID}:role/Another`),
      ]),
    );
  });

  test('finds a key that an operator opened to another account', () => {
    const opened = withStatements(stacks, KEY, (all) => [
      ...all,
      { Sid: 'Own', Effect: 'Allow', Principal: { AWS: SOURCE_ID }, Action: 'kms:Decrypt', Resource: '*' },
    ]);
    const [first] = prove(opened).failures;
    expect(first).toBe(
      `must be denied, and no statement of ${DESTINATION}.${keyId} denies it: an administrator of ${SOURCE_ID}: kms:Decrypt on ${keyArn}, which AdministratorAccess, statement 1 and ${DESTINATION}.${keyId}, Own allows`,
    );
  });

  test('lets an operator add what harms nothing', () => {
    const added = withStatements(stacks, POLICY, (all) => [
      ...all,
      { Sid: 'Own', Effect: 'Deny', Principal: '*', Action: 'backup:StartReportJob', Resource: '*' },
    ]);
    const tagged = withBlock(added, VAULT, (block) => ({ ...block, tags: { ...(block.tags as object), team: 'b' } }));
    expect(prove(tagged).failures).toEqual([]);
  });
});
