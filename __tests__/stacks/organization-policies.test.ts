import { loadReviewedConfig } from '../../lib/review/review';
import { aPlan, DESTINATION_ID, MANAGEMENT_ID } from '../support/a-config';
import { aRolloutConfig, ROOT, UNIT } from '../support/a-rollout';
import { resourceOf, resourcesOf, type StackJson, stackOf, synthesize } from '../support/synthesize';

const STACK = 'organization-policies';
const made = (given?: Parameters<typeof aRolloutConfig>[0]) => synthesize(aRolloutConfig(given));
const stack = (given?: Parameters<typeof aRolloutConfig>[0]) => stackOf(made(given), STACK);
const accountOf = ({ provider }: StackJson) => provider.aws[0]?.allowed_account_ids;
const SINGLE = [{ name: 'few', plans: ['daily'], regions: ['us-east-1'], accounts: ['444444444444'] }];
const DELEGATED = { policies: { runFrom: 'vault', delegation: { existing: 'none' } } };

describe('OrganizationPoliciesStack', () => {
  test('is there only where something is rolled out', () => {
    expect(Object.keys(made().stacks)).toContain(STACK);
    expect(Object.keys(made({ rollouts: [] }).stacks)).not.toContain(STACK);
  });

  test('is of the management account, and deployed after what it reads', () => {
    expect(accountOf(stack())).toEqual([MANAGEMENT_ID]);
    expect(made().dependencies[STACK]).toEqual(['management', 'destination-vault-eu-west-1']);
  });

  test('tells policies by the state of the destination where copies go', () => {
    expect(resourceOf(stack(), 'aws_organizations_policy').content).toContain(
      '"target_backup_vault_arn":{"@@assign":"${data.terraform_remote_state.State-destination-vault-eu-west-1.outputs.vault_arn}"}',
    );
  });

  test('attaches a policy to its units after they have what plans need', () => {
    const json = stack();
    expect(resourceOf(json, 'aws_organizations_policy_attachment').target_id).toBe('ou-abc1-workload');
    const [instance] = Object.keys(json.resource.aws_cloudformation_stack_set_instance ?? {});
    expect(resourceOf(json, 'aws_organizations_policy').depends_on).toEqual([
      `aws_cloudformation_stack_set_instance.${instance}`,
    ]);
  });

  test('deploys to units with those that join, and keeps what it made', () => {
    expect(resourceOf(stack(), 'aws_cloudformation_stack_set')).toMatchObject({
      name: 'cab-baseline-units',
      permission_model: 'SERVICE_MANAGED',
      call_as: 'SELF',
      auto_deployment: { enabled: true, retain_stacks_on_account_removal: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      managed_execution: { active: true },
      operation_preferences: { failure_tolerance_percentage: 20, max_concurrent_percentage: 20 },
      lifecycle: { ignore_changes: ['administration_role_arn'] },
    });
    expect(resourceOf(stack(), 'aws_cloudformation_stack_set_instance')).toMatchObject({
      region: 'us-east-1',
      deployment_targets: { organizational_unit_ids: ['ou-abc1-workload'] },
      retain_stack: true,
    });
  });

  // Automatic deployment knows no accounts: all that join the organization would get a stack.
  test('deploys to single accounts by another StackSet, and to nobody else', () => {
    const json = stack({ rollouts: SINGLE });
    const stackSet = resourceOf(json, 'aws_cloudformation_stack_set');
    expect(stackSet.name).toBe('cab-baseline-accounts');
    // With anything more, each plan would have a change.
    expect(stackSet.auto_deployment).toEqual({ enabled: false });
    expect(resourceOf(json, 'aws_cloudformation_stack_set_instance').deployment_targets).toEqual({
      organizational_unit_ids: ['${data.terraform_remote_state.State-management.outputs.root_id}'],
      account_filter_type: 'INTERSECTION',
      accounts: ['444444444444'],
    });
  });

  test('makes one stack of two units of which one is above the other', () => {
    const rollouts = [
      { name: 'all', plans: ['daily'], regions: ['us-east-1'], ous: [UNIT] },
      { name: 'some', plans: ['more'], regions: ['us-east-1', 'us-east-2'], ous: [`${UNIT}ou-abc1-inner000/`] },
    ];
    const ids = resourcesOf(
      stack({ rollouts, plans: { daily: aPlan(), more: aPlan() } }),
      'aws_cloudformation_stack_set_instance',
    ).map(({ deployment_targets: targets, region }) => [JSON.stringify(targets).match(/ou-[\w-]+/)?.[0], region]);
    expect(ids.sort()).toEqual([
      ['ou-abc1-inner000', 'us-east-2'],
      ['ou-abc1-workload', 'us-east-1'],
    ]);
  });
});

describe('a delegated rollout', () => {
  const { stacks } = made(DELEGATED);
  const management = stacks.management as StackJson;

  test('runs in the account of the destination, which administers StackSets', () => {
    expect(accountOf(stacks[STACK] as StackJson)).toEqual([DESTINATION_ID]);
    expect(resourceOf(stacks[STACK] as StackJson, 'aws_cloudformation_stack_set').call_as).toBe('DELEGATED_ADMIN');
    expect(resourceOf(management, 'aws_organizations_delegated_administrator')).toMatchObject({
      account_id: DESTINATION_ID,
      service_principal: 'member.org.stacksets.cloudformation.amazonaws.com',
    });
  });

  test('sets the resource policy of the organization only on demand, and never destroys it', () => {
    expect(resourceOf(management, 'aws_organizations_resource_policy').lifecycle).toEqual({ prevent_destroy: true });
    const without = stackOf(made({ policies: { runFrom: 'vault' } }), 'management');
    expect(resourcesOf(without, 'aws_organizations_resource_policy')).toEqual([]);
  });

  test('takes a resource policy over under its id, with all that it says', () => {
    const { config } = loadReviewedConfig('examples/organization-policies-delegated.yaml');
    const json = stackOf(synthesize(config), 'management');
    const [id] = Object.keys(json.resource.aws_organizations_resource_policy ?? {});
    expect(json.import).toEqual([
      expect.objectContaining({ id: 'rp-abc12345', to: `aws_organizations_resource_policy.${id}` }),
    ]);
    const { Statement } = JSON.parse(String(resourceOf(json, 'aws_organizations_resource_policy').content));
    expect(Statement.map(({ Sid }: { readonly Sid: string }) => Sid)).toEqual([
      'AllowSecurityToReadTheOrganization',
      'AllowReadingOrganization',
      'AllowReadingBackupPolicies',
      'AllowManagingBackupPolicies',
      'AllowTaggingBackupPolicies',
    ]);
    const ofPolicies = 'arn:aws:organizations::999999999999:policy/o-abc1234567/backup_policy/*';
    expect(Statement[3].Resource).toEqual([
      'arn:aws:organizations::999999999999:ou/o-abc1234567/ou-abc1-product1',
      'arn:aws:organizations::999999999999:ou/o-abc1234567/ou-abc1-sandbox1',
      ofPolicies,
    ]);
    expect(Statement[4].Resource).toBe(ofPolicies);
  });
});

describe('the other stacks of a rollout', () => {
  test('opt the management account in wherever plans are made', () => {
    const rollouts = [{ name: 'all', plans: ['daily'], regions: ['eu-north-1', 'us-east-1'], ous: [UNIT] }];
    const management = stackOf(made({ rollouts }), 'management');
    expect(resourcesOf(management, 'aws_backup_region_settings')).toHaveLength(2);
  });

  test('bind the units by guardrails', () => {
    const management = stackOf(made(), 'management');
    const targets = resourcesOf(management, 'aws_organizations_policy_attachment').map(({ target_id: id }) => id);
    expect(targets).toEqual([DESTINATION_ID, 'ou-abc1-workload']);
  });

  test('admit the units to the vault with the roles of the baseline', () => {
    const destination = stackOf(made(), 'destination-vault-eu-west-1');
    const { Statement } = JSON.parse(String(resourceOf(destination, 'aws_backup_vault_policy').policy));
    expect(Statement[0]).toMatchObject({
      Sid: 'AllowUnitsOfRolloutsToCopyIn',
      Condition: {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${UNIT}*`] },
        ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/cab-backup-us-east-1-org'] },
      },
    });
  });
});

describe('a large organization', () => {
  const ous = Array.from({ length: 50 }, (_, index) => `${ROOT}ou-abc1-${String(index).padStart(8, '0')}/`);
  const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];
  const json = stack({ rollouts: [{ name: 'all', plans: ['daily'], regions, ous }] });

  // However many accounts the units hold: none of them is named anywhere.
  test('takes one stack, with a resource for each unit and Region', () => {
    expect(
      Object.fromEntries(Object.entries(json.resource).map(([type, all]) => [type, Object.keys(all).length])),
    ).toEqual({
      aws_cloudformation_stack_set: 1,
      aws_cloudformation_stack_set_instance: 200,
      aws_organizations_policy: 1,
      aws_organizations_policy_attachment: 50,
    });
    expect(JSON.stringify(json).length).toBeLessThan(250_000);
  });
});
