import type { Proof } from '../../lib/proof/proof';
import { aPlan, SOURCE_ID } from '../support/a-config';
import { aRolloutConfig, UNIT } from '../support/a-rollout';
import { type Address, type Files, replaced, withBlock, without, withStatements } from '../support/edit-stacks';
import { provable } from '../support/prove-in-memory';

const rule = (fields: object) => [
  {
    name: 'daily',
    schedule: 'cron(0 3 ? * * *)',
    deleteAfterDays: 35,
    copies: [{ to: 'vault/eu-west-1', deleteAfterDays: 90 }],
    ...fields,
  },
];
const { stacks, prove } = provable(
  aRolloutConfig({
    plans: {
      daily: aPlan({ rules: rule({ scan: 'incremental', index: ['EBS'] }) }),
      scanned: aPlan({ rules: rule({ scan: 'full' }) }),
    },
    others: {
      sources: {
        production: {
          accountId: SOURCE_ID,
          ouPath: UNIT,
          regions: { 'us-east-1': { createResourceKey: true } },
          plans: ['scanned'],
        },
      },
    },
  }),
);
const SOURCE = 'source-production-us-east-1';
const PLAN: Address = [SOURCE, 'aws_backup_plan', 'Plan-scanned'];
const POLICY: Address = ['organization-policies', 'aws_organizations_policy', 'Policy-workloads-1_'];
const STACK_SET: Address = ['organization-policies', 'aws_cloudformation_stack_set', 'UnitBaseline_'];
const GUARDRAILS: Address = ['management', 'aws_organizations_policy', 'Guardrails'];
const KEY: Address = [SOURCE, 'aws_kms_key', 'ResourceKey'];

const told = (files: Files) => prove(files).failures.join('\n');
const groupOf = ({ groups }: Proof, group: string) => groups.find((one) => one.group === group);
const withText = (address: Address, attribute: string, text: string, by: string) =>
  withBlock(stacks, address, (block) => {
    const before = String(block[attribute]);
    if (!before.includes(text)) throw new Error(`${text} is not in ${attribute}`);
    return { ...block, [attribute]: before.replaceAll(text, () => by) };
  });
const unattached = (...ids: readonly string[]) =>
  ids.reduce<Files>(
    (files, id) => withBlock(files, [SOURCE, 'aws_iam_role_policy_attachment', id], () => undefined),
    stacks,
  );

describe('the proof of scans', () => {
  test('shows that they work, in stacks and rollouts, and that indexes do', () => {
    const proof = prove();
    expect(proof.failures).toEqual([]);
    for (const group of ['malware scans', 'indexes for search']) {
      const row = groupOf(proof, group);
      expect(row?.right).toBe(row?.of);
      expect(row?.expected).toBe('allowed');
    }
    expect(groupOf(proof, 'malware scans')?.actions).toBe(16);
    expect(groupOf(proof, 'share or delete more than a scan needs')).toMatchObject({ expected: 'denied', actions: 2 });
  });

  test.each([
    [
      'AWS Backup cannot start them',
      unattached('BackupRole_Backup_', 'BackupRole_Scans_'),
      /cab-backup-us-east-1: guardduty:StartMalwareScan/,
    ],
    ['GuardDuty cannot read', unattached('ScannerRole_GuardDutyScans_'), /cab-scan-us-east-1: ebs:GetSnapshotBlock/],
    [
      'GuardDuty cannot take the role',
      withStatements(stacks, [SOURCE, 'aws_iam_role', 'ScannerRole_'], (all) =>
        JSON.parse(JSON.stringify(all).replace('malware-protection.', '')),
      ),
      /GuardDuty: sts:AssumeRole on .*role\/cab-scan-us-east-1/,
    ],
    [
      'guardrails forbid the scanner to open recovery points',
      withStatements(
        stacks,
        GUARDRAILS,
        replaced('DenyOpeningRecoveryPoints', (statement) => ({ ...statement, Condition: {} })),
      ),
      /must be allowed, and is denied by .*DenyOpeningRecoveryPoints.*cab-scan-us-east-1: backup:CreateBackupAccessPoint/,
    ],
    [
      'a key forbids it to decrypt',
      withStatements(stacks, KEY, without('AllowAccountAdministration')),
      /cab-scan-us-east-1: kms:Decrypt/,
    ],
    [
      'the roles of a rollout cannot',
      withText(STACK_SET, 'template_body', 'malware-protection.guardduty', 'backup'),
      /GuardDuty: sts:AssumeRole on .*cab-scan-us-east-1-org/,
    ],
  ])('fails when %s', (_, files, problem) => {
    expect(told(files)).toMatch(problem);
  });

  test('fails when anybody may open a recovery point, or become the scanner', () => {
    expect(told(withStatements(stacks, GUARDRAILS, without('DenyOpeningRecoveryPoints')))).toMatch(
      /must be denied by the guardrails alone.*backup:CreateBackupAccessPoint/,
    );
    const unprotected = withText(GUARDRAILS, 'content', '"arn:aws:iam::*:role/cab-scan-us-east-1",', '');
    expect(told(unprotected)).toMatch(
      /iam:UpdateAssumeRolePolicy on arn:aws:iam::111111111111:role\/cab-scan-us-east-1,/,
    );
  });

  test.each([
    [
      'a stack scans less than the config says',
      withBlock(stacks, PLAN, ({ scan_setting: _, ...plan }) => plan),
      /plan cab-scanned: scan settings must be .*"ALL".*, and is \[\]/,
    ],
    [
      'a stack scans in another mode',
      withBlock(stacks, PLAN, (plan) => JSON.parse(JSON.stringify(plan).replace('FULL_SCAN', 'INCREMENTAL_SCAN'))),
      /rule daily: scans must be .*FULL_SCAN.* and is .*INCREMENTAL_SCAN/,
    ],
    [
      'a policy scans in another mode',
      withText(POLICY, 'content', 'INCREMENTAL_SCAN', 'FULL_SCAN'),
      /plan cab-daily-us-east-1-org, rule daily: scans must be/,
    ],
    [
      'a policy scans with another role',
      withText(POLICY, 'content', 'role/cab-scan-us-east-1-org', 'role/Admin'),
      /plan cab-daily-us-east-1-org: scan settings must be .*cab-scan-us-east-1-org.* and is .*role\/Admin/,
    ],
    [
      'a policy indexes another type',
      withText(
        POLICY,
        'content',
        '"index_actions":{"resource_types":{"@@assign":["EBS"]',
        '"index_actions":{"resource_types":{"@@assign":["S3"]',
      ),
      /rule daily: indexes must be \["EBS"\], and is \["S3"\]/,
    ],
  ])('fails when %s', (_, files, problem) => {
    expect(told(files)).toMatch(problem);
  });
});
