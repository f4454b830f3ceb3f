import { accountRootArn, type Partition } from '../aws/arn';
import type { PolicyDelegation } from '../topology/rollout';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';

/** The sids of the delegation, by which a kept statement could be taken for one of them. */
export const DELEGATION_SIDS = [
  'AllowReadingOrganization',
  'AllowReadingBackupPolicies',
  'AllowManagingBackupPolicies',
  'AllowTaggingBackupPolicies',
] as const;

const [READ_ORGANIZATION, READ_POLICIES, MANAGE, TAG] = DELEGATION_SIDS;

/**
 * The organization's resource policy: what was there, and what lets the roles of one account manage backup policies on
 * what the rollouts target. Less than AWS's example: no policy type is switched on or off, and no other role of the
 * account takes part.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate-examples.html
 */
export const delegationPolicy = (partition: Partition, delegation: PolicyDelegation): PolicyDocument =>
  policyDocument([...((delegation.existing?.statements ?? []) as Statement[]), ...statements(partition, delegation)]);

function statements(
  partition: Partition,
  { delegateId, roleArns, targetArns, policyArn }: PolicyDelegation,
): Statement[] {
  const allow = (
    sid: string,
    actions: readonly string[],
    resources: string | readonly string[],
    condition: NonNullable<Statement['Condition']> = {},
  ): Statement => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: accountRootArn(partition, delegateId) },
    Action: actions.map((action) => `organizations:${action}`),
    Resource: resources,
    Condition: { ...condition, ArnEquals: { 'aws:PrincipalArn': roleArns } },
  });
  const ofBackup = { StringLikeIfExists: { 'organizations:PolicyType': 'BACKUP_POLICY' } };
  return [
    allow(READ_ORGANIZATION, READING, '*'),
    allow(READ_POLICIES, POLICY_READING, '*', ofBackup),
    allow(MANAGE, POLICY_MANAGING, [...targetArns, policyArn], ofBackup),
    allow(TAG, ['TagResource', 'UntagResource'], policyArn),
  ];
}

const READING = [
  'DescribeAccount',
  'DescribeOrganization',
  'DescribeOrganizationalUnit',
  'ListAccounts',
  'ListAccountsForParent',
  'ListChildren',
  'ListOrganizationalUnitsForParent',
  'ListParents',
  'ListRoots',
  'ListTagsForResource',
];

const POLICY_READING = [
  'DescribeEffectivePolicy',
  'DescribePolicy',
  'ListPolicies',
  'ListPoliciesForTarget',
  'ListTargetsForPolicy',
];

/** What a backup policy is managed by. */
export const POLICY_MANAGING = ['AttachPolicy', 'CreatePolicy', 'DeletePolicy', 'DetachPolicy', 'UpdatePolicy'];
