import { loadReviewedConfig } from '../../lib/review/review';
import { type Address, type Files, withAdded, withBlock, without, withStatements } from '../support/edit-stacks';
import { provable } from '../support/prove-in-memory';

const units = provable(loadReviewedConfig('examples/organization-policies.yaml').config);
const delegated = provable(loadReviewedConfig('examples/organization-policies-delegated.yaml').config);

const STACK = 'organization-policies';
const POLICY: Address = [STACK, 'aws_organizations_policy', 'Policy-workloads-1_'];
const STACK_SET: Address = [STACK, 'aws_cloudformation_stack_set', 'UnitBaseline_'];
const VAULT_POLICY: Address = ['destination-vault-eu-west-1', 'aws_backup_vault_policy', 'Vault_'];
const RESOURCE_POLICY: Address = ['management', 'aws_organizations_resource_policy', 'RolloutDelegation_'];

const toldOf = ({ prove }: typeof units, files: Files) =>
  prove(files).failures.map((line) => line.replaceAll(/_[0-9A-F]{8}\b/g, ''));
const told = (files: Files) => toldOf(units, files);
const withText = (address: Address, attribute: string, text: string, by: string) =>
  withBlock(units.stacks, address, (block) => {
    const before = String(block[attribute]);
    if (!before.includes(text)) throw new Error(`${text} is not in ${attribute}`);
    return { ...block, [attribute]: before.replaceAll(text, () => by) };
  });
const inPolicy = (text: string, by: string) => told(withText(POLICY, 'content', text, by)).join('\n');
const inTemplate = (text: string, by: string) => told(withText(STACK_SET, 'template_body', text, by)).join('\n');

describe('the proof of a rollout', () => {
  test('fails when a destination no longer admits the units, or the accounts', () => {
    expect(told(withStatements(units.stacks, VAULT_POLICY, without('AllowUnitsOfRolloutsToCopyIn')))).toContainEqual(
      expect.stringMatching(/^units of workloads\/eu-central-1 to vault\/eu-west-1, copy in: must be allowed/),
    );
    expect(told(withStatements(units.stacks, VAULT_POLICY, without('AllowAccountsOfRolloutsToCopyIn')))).toContainEqual(
      expect.stringMatching(/role\/cab-backup-eu-north-1-org: backup:CopyIntoBackupVault/),
    );
  });

  test('fails when one of several units is not admitted', () => {
    const others = withStatements(units.stacks, VAULT_POLICY, (statements) =>
      JSON.parse(JSON.stringify(statements).replace('ou-abc1-platform', 'ou-abc1-elsewhere')),
    );
    expect(told(others)).toContainEqual(expect.stringMatching(/in o-abc1234567\/r-abc1\/ou-abc1-platform\/: backup/));
  });

  test.each([
    ['a schedule', 'cron(0 3 ? * * *)', 'cron(0 4 ? * * *)', /rule daily-kept-35-days: schedule must be/],
    ['a retention', '"35"', '"34"', /lifecycle must be \{"delete_after":35\}/],
    ['the vault at home', 'cab-source-org', 'Default', /target vault must be "cab-source-org"/],
    ['a tag', '"true"', '"True"', /conditions must be/],
    ['the Region', '["eu-north-1"]', '["eu-west-3"]', /plan cab-daily-eu-north-1-org must be there/],
    ['a plan', '"cab-daily-eu-central-1-org"', '"another"', /plan another must not be attached to 444444444444/],
  ])('fails when a policy says another thing for %s', (_, text, by, problem) => {
    expect(inPolicy(text, by)).toMatch(problem);
  });

  test('refuses to judge a copy without its target', () => {
    expect(() => inPolicy('"target_backup_vault_arn"', '"target_vault"')).toThrow(
      /without its target, as no plan says/,
    );
  });

  test('refuses to judge a plan that works under another role', () => {
    expect(() => inPolicy('role/cab-backup-eu-central-1-org', 'role/Admin')).toThrow(/backs up as .*role\/Admin/);
  });

  test('fails when a policy is attached to less or more than the config says', () => {
    const id = 'Policy-workloads-1_ou-abc1-platform';
    const address: Address = [STACK, 'aws_organizations_policy_attachment', id];
    expect(told(withBlock(units.stacks, address, () => undefined))).toContain(
      'plan cab-daily-eu-central-1-org must be attached to ou-abc1-platform by a backup policy, as the config has it',
    );
    const root = withBlock(units.stacks, address, (block) => ({ ...block, target_id: 'r-abc1' }));
    expect(told(root)).toContain(
      'plan cab-daily-eu-central-1-org must not be attached to r-abc1: the config says nothing of it',
    );
  });

  test('fails when two policies have one plan', () => {
    const [block] = Object.values(units.stacks[STACK]?.resource?.aws_organizations_policy ?? {});
    const twice = withAdded(units.stacks, [STACK, 'aws_organizations_policy', 'Second'], block ?? {});
    expect(told(twice).join('\n')).toMatch(/plan cab-daily-eu-central-1-org must stand in one policy/);
  });

  test.each([
    ['the key shares too little', '"kms:Decrypt",', '', /vault key: must be allowed.*kms:Decrypt/],
    ['the vault may be emptied', '"backup:DeleteRecoveryPoint",', '', /must be denied by the resource policy alone/],
    [
      'its vault would go with its stack',
      '"DeletionPolicy":"Retain",',
      '',
      /UnitBaseline, Vault must have prevent_destroy/,
    ],
    ['somebody else is exempted', 'role/stacksets-exec-*', 'role/Admin', /must exempt only whom the config names/],
    ['another account may take a role', 'aws:SourceAccount', 'aws:PrincipalAccount', /sts:AssumeRole/],
    ['the lock is another', '"MinRetentionDays":1', '"MinRetentionDays":2', /must be locked for 1 to 100 days/],
  ])('fails when in the baseline %s', (_, text, by, problem) => {
    expect(inTemplate(text, by)).toMatch(problem);
  });

  test('refuses to judge what it does not know in a baseline', () => {
    expect(() => inTemplate('"Type":"AWS::KMS::Alias"', '"Type":"AWS::Lambda::Function"')).toThrow(
      /VaultKeyAlias is of type AWS::Lambda::Function, which the proof cannot judge/,
    );
  });

  test.each([
    ['auto_deployment', { enabled: false, retain_stacks_on_account_removal: true }, /must deploy automatically/],
    ['auto_deployment', { enabled: true, retain_stacks_on_account_removal: false }, /must retain the stacks/],
    ['permission_model', 'SELF_MANAGED', /must be service-managed/],
  ])('fails when a StackSet has another %s', (attribute, value, problem) => {
    const changed = withBlock(units.stacks, STACK_SET, (block) => ({ ...block, [attribute]: value }));
    expect(told(changed).join('\n')).toMatch(problem);
  });

  test('fails when a unit does not get its baseline', () => {
    const address: Address = [
      STACK,
      'aws_cloudformation_stack_set_instance',
      'UnitBaseline_ou-abc1-platform-eu-north-1',
    ];
    expect(told(withBlock(units.stacks, address, () => undefined))).toEqual([
      `${STACK}.UnitBaseline must reach ou-abc1-platform in eu-north-1, as the config has it`,
    ]);
  });
});

describe('the proof of a delegation', () => {
  const groups = delegated.prove().groups;

  test('asks what the delegate may, and what is beyond', () => {
    expect(groups).toContainEqual(expect.objectContaining({ group: 'delegated backup policies', expected: 'allowed' }));
    expect(groups).toContainEqual(
      expect.objectContaining({ group: 'do more in the organization than is delegated', expected: 'denied' }),
    );
  });

  test.each([
    ['to whom it is delegated', 'AllowManagingBackupPolicies', 'ArnEquals', /an administrator of 222222222222/],
    ['for which type of policy', 'AllowManagingBackupPolicies', 'StringLikeIfExists', /must be denied.*AttachPolicy/],
  ])('fails when it does not say %s', (_, sid, operator, problem) => {
    const wider = withStatements(delegated.stacks, RESOURCE_POLICY, (statements) =>
      statements.map((statement) => {
        const { [operator]: gone, ...rest } = (statement.Condition ?? {}) as Record<string, unknown>;
        return statement.Sid === sid ? { ...statement, Condition: rest } : statement;
      }),
    );
    expect(toldOf(delegated, wider).join('\n')).toMatch(problem);
  });

  test('fails when it is missing, and when nobody asked for it', () => {
    expect(
      toldOf(
        delegated,
        withBlock(delegated.stacks, RESOURCE_POLICY, () => undefined),
      ),
    ).toContain('no stack sets the resource policy of the organization, as delegation in the config has it');
    const [block] = Object.values(delegated.stacks.management?.resource?.aws_organizations_resource_policy ?? {});
    const stray = withAdded(units.stacks, ['management', 'aws_organizations_resource_policy', 'Stray'], {
      content: block?.content,
    });
    expect(told(stray).join('\n')).toMatch(/management.Stray must not be there/);
  });
});
