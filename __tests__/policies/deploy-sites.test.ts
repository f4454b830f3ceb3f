import { deployRolePolicy } from '../../lib/policies/deploy-role';
import { policyJson } from '../../lib/policies/policy-document';
import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { anAirGappedConfig, RESTORE_ID } from '../support/an-air-gapped-config';
import { allows, type Case, type Context, deployerOf } from './deploy-questions';

const inSource = (rest: string) => `arn:aws:${rest.replace('@', SOURCE_ID)}`;
const copyTo = (arn: string): Context => ({ 'backup:CopyTargets': [arn] });
const via = (service: string): Context => ({ 'kms:ViaService': `${service}.amazonaws.com` });
const vault = (region: string, accountId: string, name: string) =>
  `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;
const KEY = 'key/1234abcd-12ab-34cd-56ef-1234567890ab';
const POINT = 'ec2:us-east-1::snapshot/snap-0a1b2c3d';

const SEVENTEEN_REGIONS = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

describe('the deploy role of a source', () => {
  const deployer = deployerOf(aConfig(), SOURCE_ID);

  test.each<Case>([
    [true, 'backup:CreateBackupVault', vault('us-east-1', SOURCE_ID, 'cab-source')],
    [false, 'backup:CreateBackupVault', vault('eu-central-1', SOURCE_ID, 'cab-source')],
    [false, 'backup:CreateBackupVault', vault('us-east-1', SOURCE_ID, 'of-others')],
    [true, 'backup:UpdateBackupPlan', inSource('backup:us-east-1:@:backup-plan:one')],
    [false, 'backup:UpdateBackupPlan', inSource('backup:eu-central-1:@:backup-plan:one')],
    [true, 'kms:CreateKey', '*'],
    [false, 'kms:CreateKey', '*', { 'aws:RequestedRegion': 'eu-central-1' }],
    [false, 'backup-storage:MountCapsule', '*', { 'aws:RequestedRegion': 'eu-central-1' }],
    [true, 'kms:EnableKey', inSource(`kms:us-east-1:@:${KEY}`)],
    [false, 'kms:ScheduleKeyDeletion', inSource(`kms:eu-central-1:@:${KEY}`)],
    [true, 'kms:CreateAlias', inSource('kms:us-east-1:@:alias/cab-source')],
    [false, 'kms:UpdateAlias', inSource('kms:us-east-1:@:alias/of-others')],
    [true, 'kms:CreateGrant', inSource(`kms:us-east-1:@:${KEY}`), via('backup.us-east-1')],
    [false, 'kms:Decrypt', inSource(`kms:eu-central-1:@:${KEY}`), via('backup.eu-central-1')],
    [false, 'kms:Decrypt', inSource(`kms:us-east-1:@:${KEY}`), via('s3.us-east-1')],
    [true, 'iam:ListRoles', '*', { 'aws:RequestedRegion': 'somewhere-else' }],
    [true, 'backup:StartCopyJob', inSource(POINT)],
    [
      true,
      'backup:CopyFromBackupVault',
      inSource(POINT),
      copyTo(vault('eu-west-1', DESTINATION_ID, 'cab-destination')),
    ],
    [false, 'backup:CopyFromBackupVault', inSource(POINT), copyTo(vault('eu-west-1', DESTINATION_ID, 'of-others'))],
    [false, 'backup:CopyFromBackupVault', inSource(POINT), copyTo(vault('eu-west-1', RESTORE_ID, 'cab-destination'))],
    [false, 'backup:CopyFromBackupVault', inSource(POINT)],
    [false, 'backup:PutBackupVaultSharingPolicy', vault('us-east-1', SOURCE_ID, 'cab-source')],
    [false, 'ram:CreateResourceShare', '*'],
  ])('%s: %s on %s', (...asked) => {
    expect(allows(deployer, asked as Case)).toBe(asked[0]);
  });

  test('touches only keys that are there where it makes none', () => {
    const keyArn = `arn:aws:kms:us-east-1:${DESTINATION_ID}:${KEY}`;
    const sources = { production: { accountId: SOURCE_ID, regions: { 'us-east-1': { keyArn } }, plans: ['daily'] } };
    const given = deployerOf(aConfig({ sources }), SOURCE_ID);
    expect(allows(given, [true, 'kms:CreateGrant', keyArn, via('backup.us-east-1')])).toBe(true);
    expect(allows(given, [false, 'kms:CreateGrant', inSource(`kms:us-east-1:@:${KEY}`), via('backup.us-east-1')])).toBe(
      false,
    );
    expect(allows(given, [false, 'kms:CreateKey', '*'])).toBe(false);
  });
});

describe('the deploy role of a destination', () => {
  const sourceVault = vault('us-east-1', SOURCE_ID, 'cab-source');
  const point = 'arn:aws:ec2:eu-west-1::snapshot/snap-0a1b2c3d';
  const copyBack = (sources: object) => aConfig({ sources });
  const source = (accountId: string, fields: object = {}) => ({
    accountId,
    regions: ['us-east-1'],
    plans: ['daily'],
    ...fields,
  });

  test('copies back to sources that take recovery points back, and to no other', () => {
    const without = deployerOf(aConfig(), DESTINATION_ID);
    const taking = deployerOf(copyBack({ production: source(SOURCE_ID, { copyBack: true }) }), DESTINATION_ID);
    const asked: Case = [true, 'backup:CopyFromBackupVault', point, copyTo(sourceVault)];
    expect([without, taking].map((one) => allows(one, asked))).toEqual([false, true]);
    expect([without, taking].map((one) => allows(one, [true, 'backup:StartCopyJob', point]))).toEqual([false, true]);
  });

  test('fits into an inline policy with sources by the hundred, and copies to their organization alone', () => {
    const many = Array.from({ length: 150 }, (_, index) => [
      `team-${index}`,
      source(String(100_000_000_000 + index), { copyBack: true }),
    ]);
    const hub = deployerOf(copyBack(Object.fromEntries(many)), DESTINATION_ID);
    const to = (paths: readonly string[]): Case => [
      true,
      'backup:CopyFromBackupVault',
      point,
      { ...copyTo(sourceVault), 'backup:CopyTargetOrgPaths': paths },
    ];
    expect(policyJson(deployRolePolicy(hub)).length).toBeLessThan(10_240);
    expect(allows(hub, to(['o-abc1234567/r-abc1/']))).toBe(true);
    expect(allows(hub, to(['o-zzz1234567/r-abc1/']))).toBe(false);
    expect(allows(hub, to([]))).toBe(false);
  });

  test('fits into an inline policy with sites in seventeen Regions', () => {
    const regions = SEVENTEEN_REGIONS;
    const sources = { production: source(DESTINATION_ID, { regions, copyBack: true }) };
    const destinations = { vault: { accountId: DESTINATION_ID, regions } };
    const one = deployerOf(aConfig({ sources, destinations }), DESTINATION_ID);
    expect(one.sites).toHaveLength(34);
    expect(policyJson(deployRolePolicy(one)).length).toBeLessThan(10_240);
    const look = (region: string): Case => [
      true,
      'backup:DescribeBackupVault',
      vault(region, DESTINATION_ID, 'cab-source'),
    ];
    expect(allows(one, look('eu-west-3'))).toBe(true);
    expect(allows(one, look('me-south-1'))).toBe(false);
  });
});

describe('the deploy role of a vault that is shared', () => {
  const deployer = deployerOf(anAirGappedConfig({ destination: { shareWith: [RESTORE_ID] } }), DESTINATION_ID);
  const share = `arn:aws:ram:eu-west-1:${DESTINATION_ID}:resource-share/1`;

  const own = (name: string) => vault('eu-west-1', DESTINATION_ID, name);

  test.each<Case>([
    [true, 'backup:PutBackupVaultSharingPolicy', own('cab-destination-air-gapped')],
    [false, 'backup:PutBackupVaultSharingPolicy', own('cab-destination')],
    [true, 'ram:DeleteResourceShare', share],
    [false, 'ram:DeleteResourceShare', share.replace('eu-west-1', 'eu-central-1')],
    [true, 'ram:CreateResourceShare', '*', { 'aws:RequestedRegion': 'eu-west-1' }],
    [false, 'ram:CreateResourceShare', '*', { 'aws:RequestedRegion': 'eu-central-1' }],
  ])('%s: %s on %s', (...asked) => {
    expect(allows(deployer, asked as Case)).toBe(asked[0]);
  });
});
