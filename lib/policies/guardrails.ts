import { backupServiceLinkedRoleArn, roleArn } from '../aws/arn';
import { POLICY_LIMITS } from '../aws/limits';
import { PROTECTION_TAG } from '../topology/names';
import type { Guardrails } from '../topology/topology';
import { collapsedVaults } from './collapsed-vaults';
import { type PolicyDocument, policyDocument, policyJson, type Statement } from './policy-document';
import {
  ACCOUNT_TAMPER_ACTIONS,
  DATABASE_SNAPSHOT_TAMPER_ACTIONS,
  GRANT_TAMPER_ACTIONS,
  KEY_TAMPER_ACTIONS,
  OPENING_ACTIONS,
  PLAN_TAMPER_ACTIONS,
  RECOVERY_POINT_TAMPER_ACTIONS,
  ROLE_TAMPER_ACTIONS,
  SETTINGS_TAMPER_ACTIONS,
  SHARE_TAGGING_ACTIONS,
  SHARE_TAMPER_ACTIONS,
  SHARING_ACTIONS,
  SNAPSHOT_TAGGING_ACTIONS,
  SNAPSHOT_TAMPER_ACTIONS,
  TAGGING_ACTIONS,
  VAULT_SHARING_ACTIONS,
  VAULT_TAMPER_ACTIONS,
} from './tamper-actions';
import { denyCopyingElsewhere } from './vault-protection';

/**
 * Service control policies that forbid in every guarded account what its own administrators could otherwise do to
 * backups. They bind neither the management account nor service-linked roles. Statements are kept whole: half of a list
 * of exceptions in a Deny would deny what the other half excepts.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function guardrailPolicies(guardrails: Guardrails): PolicyDocument[] {
  const documents: Statement[][] = [];
  for (const statement of statements(guardrails)) {
    const last = documents.at(-1);
    if (last && fits([...last, statement])) last.push(statement);
    else documents.push([statement]);
  }
  return documents.map(policyDocument);
}

const fits = (statements: readonly Statement[]) => sizeOf(policyDocument(statements)) <= POLICY_LIMITS.serviceControl;

/** The length that AWS counts against a policy's limit, in characters. */
export const sizeOf = (document: PolicyDocument): number => policyJson(document).length;

function statements(guardrails: Guardrails): Statement[] {
  const { partition, deployers, breakGlass } = guardrails;
  const exempt = [...deployers, ...breakGlass];
  const named = (names: readonly string[]) => names.map((name) => roleArn(partition, '*', name));
  const backupRoles = named(guardrails.backupRoleNames);
  const restoreRoles = named(guardrails.restoreRoleNames);
  const scannerRoles = named(guardrails.scannerRoleNames);
  const sharers = [...exempt, ...backupRoles, ...restoreRoles, ...scannerRoles];
  const deny = (
    what: string,
    actions: readonly string[],
    resources: string | readonly string[],
    condition: NonNullable<Statement['Condition']> = {},
    excepted: readonly string[] = exempt,
  ): Statement => ({
    Sid: `Deny${what}`,
    Effect: 'Deny',
    Action: actions,
    Resource: resources,
    Condition: { ...condition, ArnNotLike: { 'aws:PrincipalArn': excepted } },
  });
  const isProtected = { StringEquals: { [`aws:ResourceTag/${PROTECTION_TAG.key}`]: PROTECTION_TAG.value } };

  return [
    deny(
      'TamperingWithVaults',
      [...VAULT_TAMPER_ACTIONS, ...(guardrails.hasAirGappedVaults ? VAULT_SHARING_ACTIONS : [])],
      guardrails.vaultNames.map((name) => `arn:${partition}:backup:*:*:backup-vault:${name}`),
    ),
    deny(
      'TamperingWithRecoveryPoints',
      [
        ...RECOVERY_POINT_TAMPER_ACTIONS,
        ...(scannerRoles.length > 0 ? [] : OPENING_ACTIONS),
        ...SETTINGS_TAMPER_ACTIONS,
      ],
      '*',
    ),
    ...(scannerRoles.length > 0
      ? [deny('OpeningRecoveryPoints', OPENING_ACTIONS, '*', {}, [...exempt, ...scannerRoles])]
      : []),
    deny('TamperingWithPlansAndKeys', [...PLAN_TAMPER_ACTIONS, ...KEY_TAMPER_ACTIONS], '*', isProtected),
    deny('RetiringGrants', GRANT_TAMPER_ACTIONS, '*', {
      ...isProtected,
      // Services retire what they were granted when it is used no more.
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
    }),
    deny(
      'ChangingProtection',
      [...TAGGING_ACTIONS, ...(guardrails.hasAirGappedVaults ? SHARE_TAGGING_ACTIONS : [])],
      // Not recovery points: AWS Backup tags those as their resources are tagged, whatever the tags.
      [
        `arn:${partition}:backup:*:*:backup-vault:*`,
        `arn:${partition}:backup:*:*:backup-plan:*`,
        `arn:${partition}:kms:*:*:key/*`,
        ...(guardrails.hasAirGappedVaults ? [`arn:${partition}:ram:*:*:resource-share/*`] : []),
      ],
      // Condition keys know no case: another tag that differs in case alone would stand for this one.
      { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [PROTECTION_TAG.key] } },
    ),
    ...(guardrails.hasAirGappedVaults
      ? [
          deny('SharingVaults', SHARING_ACTIONS, '*', {
            StringEquals: { 'ram:RequestedResourceType': SHARED_VAULT_TYPE },
          }),
          deny('ChangingVaultShares', SHARE_TAMPER_ACTIONS, '*', isProtected),
        ]
      : []),
    denyCopyingElsewhere(collapsedVaults(guardrails.copyTargets, COPY_TARGETS_ROOM), {}),
    deny(
      'TamperingWithSnapshots',
      SNAPSHOT_TAMPER_ACTIONS,
      '*',
      // AWS Backup's own tag, which nobody else can set or take away.
      { Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' } },
      sharers,
    ),
    deny(
      'TamperingWithSnapshotCopies',
      SNAPSHOT_TAMPER_ACTIONS,
      '*',
      { Null: { [`aws:ResourceTag/${COPY_TAG}`]: 'false' } },
      sharers,
    ),
    deny(
      'MarkingSnapshotCopies',
      SNAPSHOT_TAGGING_ACTIONS,
      '*',
      { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [COPY_TAG] } },
      [...exempt, ...backupRoles, ...restoreRoles],
    ),
    deny(
      'TamperingWithDatabaseSnapshots',
      DATABASE_SNAPSHOT_TAMPER_ACTIONS,
      [`arn:${partition}:rds:*:*:snapshot:awsbackup:*`, `arn:${partition}:rds:*:*:cluster-snapshot:awsbackup:*`],
      {},
      [...exempt, ...backupRoles, ...named(guardrails.copyBackRoleNames)],
    ),
    // Whoever may rewrite who takes an exempted role is exempted himself.
    deny(
      'ChangingExemptRoles',
      ROLE_TAMPER_ACTIONS,
      [...sharers, backupServiceLinkedRoleArn(partition, '*')],
      {},
      deployers,
    ),
    { Sid: 'DenyGivingUpAccount', Effect: 'Deny', Action: ACCOUNT_TAMPER_ACTIONS, Resource: '*' },
  ];
}

/**
 * What AWS RAM calls a backup vault; only logically air-gapped ones can be shared.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export const SHARED_VAULT_TYPE = 'backup:backup-vault';

/**
 * What AWS Backup's service-linked role, which makes copies, puts on EBS snapshots and images and knows them by. Other
 * than the tags of its own that begin with aws:, anybody could take it off.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceLinkedRolePolicyForBackup.html
 */
export const COPY_TAG = 'AWSBackupManagedResource';

/** Characters that the list of vaults may take, so that its statement still fits into one policy. */
const COPY_TARGETS_ROOM = POLICY_LIMITS.serviceControl - 300;
