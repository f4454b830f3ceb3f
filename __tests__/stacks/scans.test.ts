import { aConfig, aPlan, SOURCE_ID } from '../support/a-config';
import { resourceOf, resourcesOf, type StackJson, stackOf, synthesize } from '../support/synthesize';

const sourceWith = (rule: object, plan: object = {}, site: object = {}): StackJson => {
  const daily = aPlan({ rules: [{ ...aPlan().rules[0], ...rule }], ...plan });
  const production = { accountId: SOURCE_ID, regions: { 'us-east-1': site }, plans: ['daily'] };
  return stackOf(synthesize(aConfig({ plans: { daily }, sources: { production } })), 'source-production-us-east-1');
};
const providerOf = ({ terraform }: StackJson) => terraform.required_providers.aws?.version;
const attached = (stack: StackJson) =>
  resourcesOf(stack, 'aws_iam_role_policy_attachment').map(({ policy_arn: arn }) => String(arn).split('/').at(-1));

describe('a source whose plan scans', () => {
  const stack = sourceWith({ scan: 'incremental' }, { scanTypes: ['S3', 'EBS'] });
  const roleId = Object.keys(stack.resource.aws_iam_role ?? {}).find((id) => id.startsWith('ScannerRole'));

  test('makes the role that GuardDuty takes, and nobody else', () => {
    const role = stack.resource.aws_iam_role?.[roleId ?? ''];
    expect(role?.name).toBe('cab-scan-us-east-1');
    expect(JSON.parse(String(role?.assume_role_policy)).Statement).toEqual([
      {
        Sid: 'AllowGuardDutyToAssume',
        Effect: 'Allow',
        Principal: { Service: 'malware-protection.guardduty.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ]);
    expect(stack.output.scanner_role_arn?.value).toBe(`\${aws_iam_role.${roleId}.arn}`);
  });

  test('gives it what it reads with, and AWS Backup what it starts it with', () => {
    expect(attached(stack)).toEqual(
      expect.arrayContaining(['AWSBackupGuardDutyRolePolicyForScans', 'AWSBackupServiceRolePolicyForScans']),
    );
    expect(attached(stack)).not.toContain('AWSBackupServiceRolePolicyForIndexing');
  });

  test('says in the plan what is scanned, and how', () => {
    expect(resourceOf(stack, 'aws_backup_plan')).toMatchObject({
      rule: [{ scan_action: [{ malware_scanner: 'GUARDDUTY', scan_mode: 'INCREMENTAL_SCAN' }] }],
      scan_setting: [
        {
          malware_scanner: 'GUARDDUTY',
          resource_types: ['EBS', 'S3'],
          scanner_role_arn: `\${aws_iam_role.${roleId}.arn}`,
        },
      ],
    });
  });

  test('asks for a provider that can, which no other stack needs', () => {
    expect(providerOf(stack)).toBe('>= 6.25.0, < 7.0.0');
  });

  test('calls the role as it is told to', () => {
    const named = sourceWith({ scan: 'full' }, {}, { names: { scannerRole: 'Scanner' } });
    expect(resourcesOf(named, 'aws_iam_role').map(({ name }) => name)).toContain('Scanner');
  });
});

test('a source without scans has nothing of them', () => {
  const stack = sourceWith({});
  expect(resourcesOf(stack, 'aws_iam_role')).toHaveLength(2);
  expect(attached(stack)).toHaveLength(4);
  expect(Object.keys(stack.output)).not.toContain('scanner_role_arn');
  expect(JSON.stringify(resourceOf(stack, 'aws_backup_plan'))).not.toContain('scan');
  expect(providerOf(stack)).toBe('>= 5.100.0, < 7.0.0');
});
