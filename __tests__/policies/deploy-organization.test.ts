import { aConfig, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';
import { RESTORE_ID } from '../support/an-air-gapped-config';
import { allows, type Case, type Context, deployerOf } from './deploy-questions';

const inOrganization = (rest: string) => `arn:aws:organizations::${MANAGEMENT_ID}:${rest.replace('@', 'o-abc1234567')}`;

describe('who deploys the management stack', () => {
  const scp = (id: string) => inOrganization(`policy/@/service_control_policy/${id}`);
  const ofType = (type: string): Context => ({ 'organizations:PolicyType': type });
  const CONTROL = ofType('SERVICE_CONTROL_POLICY');
  const settings = { multiPartyApproval: false, delegatedAdministrator: true };
  const config = aConfig({
    management: {
      accountId: MANAGEMENT_ID,
      region: 'us-east-1',
      globalSettings: settings,
      delegatedAdministrator: 'vault',
    },
  });
  const deployer = deployerOf(config, MANAGEMENT_ID);
  const register = 'organizations:RegisterDelegatedAdministrator';
  const backup = { 'organizations:ServicePrincipal': 'backup.amazonaws.com' };

  test.each<Case>([
    [true, 'organizations:CreatePolicy', scp('*'), CONTROL],
    [false, 'organizations:CreatePolicy', scp('*'), ofType('TAG_POLICY')],
    // Whether or not AWS says the type: the ARN has it.
    [true, 'organizations:CreatePolicy', scp('*')],
    [false, 'organizations:CreatePolicy', inOrganization('policy/@/tag_policy/*')],
    [true, 'organizations:AttachPolicy', scp('p-1'), CONTROL],
    [true, 'organizations:AttachPolicy', inOrganization(`account/@/${SOURCE_ID}`), CONTROL],
    [false, 'organizations:AttachPolicy', inOrganization(`account/@/${SOURCE_ID}`), ofType('TAG_POLICY')],
    [false, 'organizations:DetachPolicy', inOrganization(`account/@/${RESTORE_ID}`), CONTROL],
    [false, 'organizations:DetachPolicy', inOrganization('root/@/r-abc1'), CONTROL],
    [false, 'organizations:UpdatePolicy', inOrganization('policy/@/backup_policy/p-1'), CONTROL],
    [true, 'organizations:TagResource', scp('p-1')],
    [false, 'organizations:TagResource', inOrganization(`account/@/${SOURCE_ID}`)],
    [false, 'organizations:UntagResource', inOrganization('root/@/r-abc1')],
    [true, register, inOrganization(`account/@/${DESTINATION_ID}`), backup],
    [false, register, inOrganization(`account/@/${SOURCE_ID}`), backup],
    [false, register, inOrganization(`account/@/${DESTINATION_ID}`)],
    [true, 'organizations:DescribePolicy', scp('p-1'), { 'aws:RequestedRegion': 'somewhere-else' }],
    [false, 'backup:UpdateGlobalSettings', '*', { 'aws:RequestedRegion': 'eu-central-1' }],
  ])('%s: %s on %s', (...asked) => {
    expect(allows(deployer, asked as Case)).toBe(asked[0]);
  });

  test('attaches to all accounts, and nothing else, where they are too many for a policy', () => {
    const accounts = Array.from({ length: 40 }, (_, index) => String(100_000_000_000 + index));
    const many = { ...deployer, guardrailTargetIds: accounts };
    const attach = (rest: string) => allows(many, [true, 'organizations:AttachPolicy', inOrganization(rest), CONTROL]);
    expect(attach(`account/@/${RESTORE_ID}`)).toBe(true);
    expect(attach('root/@/r-abc1')).toBe(false);
  });
});

describe('who deploys rollouts', () => {
  const policies = { runFrom: 'vault', delegation: { existing: 'none' } };
  const config = aRolloutConfig({ policies });
  const BACKUP: Context = { 'organizations:PolicyType': 'BACKUP_POLICY' };

  test.each<Case>([
    [true, 'organizations:AttachPolicy', inOrganization('policy/@/backup_policy/p-1'), BACKUP],
    [true, 'organizations:AttachPolicy', inOrganization('ou/@/ou-abc1-workload'), BACKUP],
    [false, 'organizations:AttachPolicy', inOrganization('ou/@/ou-abc1-platform'), BACKUP],
    [false, 'organizations:TagResource', inOrganization('ou/@/ou-abc1-workload')],
    [
      true,
      'cloudformation:UpdateStackSet',
      `arn:aws:cloudformation:us-east-1:${MANAGEMENT_ID}:stackset/cab-baseline-units:1`,
    ],
    [
      false,
      'cloudformation:UpdateStackSet',
      `arn:aws:cloudformation:eu-west-1:${MANAGEMENT_ID}:stackset/cab-baseline-units:1`,
    ],
  ])('%s, from a destination: %s on %s', (...asked) => {
    expect(allows(deployerOf(config, DESTINATION_ID), asked as Case)).toBe(asked[0]);
  });

  test('tags the resource policy by which it delegates, in the management account', () => {
    const asked: Case = [true, 'organizations:TagResource', inOrganization('resourcepolicy/@/rp-1')];
    expect(allows(deployerOf(config, MANAGEMENT_ID), asked)).toBe(true);
    expect(allows(deployerOf(aRolloutConfig(), MANAGEMENT_ID), asked)).toBe(false);
  });
});
