import type { BackupPlan } from '@aws-sdk/client-backup';
import { differences } from '../../lib/audit/differences';
import { expectedPlan, foundPlan } from '../../lib/audit/expected-plan';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aPlan } from '../support/a-config';

const ROLE = 'arn:aws:iam::111111111111:role/cab-scan-us-east-1';

/** What differs between a plan as AWS tells it and one of the config whose only rule may scan. */
function told(given: { readonly scan?: 'full' }, there: Pick<BackupPlan, 'ScanSettings'> & { ScanActions?: object[] }) {
  const [rule] = aPlan().rules;
  const daily = aPlan({ rules: [{ ...rule, ...given }], ...(given.scan && { scanTypes: ['S3', 'EC2'] }) });
  const { sources, destinations } = resolveTopology(aConfig({ plans: { daily } }));
  const [site] = sources;
  const [plan] = site?.plans ?? [];
  if (!site || !plan) throw new Error('the config has no plan');
  const { ScanActions, ...settings } = there;
  const found = {
    BackupPlanName: 'cab-daily',
    Rules: [
      {
        RuleName: 'daily-kept-35-days',
        TargetBackupVaultName: 'cab-source',
        ScheduleExpression: 'cron(0 3 ? * * *)',
        StartWindowMinutes: 480,
        CompletionWindowMinutes: 10_080,
        Lifecycle: { DeleteAfterDays: 35 },
        CopyActions: [
          {
            DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination',
            Lifecycle: { DeleteAfterDays: 365 },
          },
        ],
        ...(ScanActions && { ScanActions }),
      },
    ],
    ...settings,
  };
  return differences(foundPlan(found as BackupPlan), expectedPlan(plan, site, destinations));
}

const ACTIONS = [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }];
const SETTINGS: BackupPlan['ScanSettings'] = [
  { MalwareScanner: 'GUARDDUTY', ResourceTypes: ['S3', 'EC2'], ScannerRoleArn: ROLE },
];

describe('plans that are compared', () => {
  test('are the same where neither scans, whatever AWS leaves out', () => {
    expect(told({}, {})).toEqual([]);
    expect(told({}, { ScanActions: [], ScanSettings: [] })).toEqual([]);
  });

  test('are the same where both scan, types in any order', () => {
    expect(told({ scan: 'full' }, { ScanActions: ACTIONS, ScanSettings: SETTINGS })).toEqual([]);
  });

  test('differ where somebody has ended the scans', () => {
    expect(told({ scan: 'full' }, {})).toEqual(['rules.daily-kept-35-days.scan lacks', 'scanned lacks']);
  });

  test('differ in what is scanned, how and by whom', () => {
    const there = {
      ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'INCREMENTAL_SCAN' }],
      ScanSettings: SETTINGS.map((setting) => ({ ...setting, ResourceTypes: ['S3'], ScannerRoleArn: `${ROLE}-2` })),
    };
    expect(told({ scan: 'full' }, there)).toEqual([
      'rules.daily-kept-35-days.scan.GUARDDUTY INCREMENTAL_SCAN instead of FULL_SCAN',
      'scanned.GUARDDUTY.types S3 instead of EC2, S3',
      `scanned.GUARDDUTY.role ${ROLE}-2 instead of ${ROLE}`,
    ]);
  });

  test('differ where somebody has begun to scan', () => {
    expect(told({}, { ScanActions: ACTIONS, ScanSettings: SETTINGS })).toEqual([
      'rules.daily-kept-35-days.scan is there besides',
      'scanned is there besides',
    ]);
  });
});
