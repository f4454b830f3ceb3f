import { Directory } from '../../sandbox/organizations-api/directory';
import { questionsOf } from '../../sandbox/organizations-api/questions';
import { aSetup } from './a-directory';
import { MANAGEMENT, SOURCE } from './backup-client';

const ORGANIZATIONS = `arn:aws:organizations::${MANAGEMENT}`;
const WORKLOADS = 'ou-abc1-workloads';

describe('questionsOf', () => {
  const directory = new Directory(aSetup(MANAGEMENT), new Date());
  directory.policies.set('p-1', {
    id: 'p-1',
    type: 'BACKUP_POLICY',
    isAwsManaged: false,
    name: 'daily',
    description: '',
    content: '{}',
  });
  const asked = (name: string, input: object) =>
    questionsOf(name, input as Record<string, unknown>, directory).map(({ action, arn, context }) =>
      [action.replace('organizations:', ''), arn.replace(ORGANIZATIONS, ''), ...Object.values(context)].join(' '),
    );

  test.each([
    ['CreatePolicy', { Type: 'BACKUP_POLICY' }, ['CreatePolicy :policy/o-abc1234567/backup_policy/* BACKUP_POLICY']],
    [
      'CreatePolicy',
      { Type: 'BACKUP_POLICY', Tags: [{ Key: 'a', Value: 'b' }] },
      ['CreatePolicy', 'TagResource'].map((name) => `${name} :policy/o-abc1234567/backup_policy/* BACKUP_POLICY`),
    ],
    [
      'AttachPolicy',
      { PolicyId: 'p-1', TargetId: WORKLOADS },
      [
        'AttachPolicy :policy/o-abc1234567/backup_policy/p-1 BACKUP_POLICY',
        `AttachPolicy :ou/o-abc1234567/${WORKLOADS} BACKUP_POLICY`,
      ],
    ],
    [
      'DescribeEffectivePolicy',
      { PolicyType: 'BACKUP_POLICY', TargetId: SOURCE },
      [`DescribeEffectivePolicy :account/o-abc1234567/${SOURCE} BACKUP_POLICY`],
    ],
    [
      'DescribePolicy',
      { PolicyId: 'p-FullAWSAccess' },
      [
        'DescribePolicy arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess SERVICE_CONTROL_POLICY',
      ],
    ],
    ['ListPolicies', { Filter: 'BACKUP_POLICY' }, ['ListPolicies * BACKUP_POLICY']],
    [
      'EnableAWSServiceAccess',
      { ServicePrincipal: 'backup.amazonaws.com' },
      ['EnableAWSServiceAccess * backup.amazonaws.com'],
    ],
  ])('asks of %s what IAM knows of it', (name, input, questions) => {
    expect(asked(name, input)).toEqual(questions);
  });
});
