import { dnsSuffix } from '../aws/arn';
import type { Actors } from './actors';
import { allowed, type Check, type Target } from './check';
import { madeKeysOf, type SiteView, serviceRolesOf } from './site-view';
import { asTarget, everything, FOR_AWS_RESOURCE, planTarget, roleTarget, viaService } from './targets';

/** What Terraform calls to make, read and destroy what a stack of a site holds, by what it is done to. */
const CALLS = {
  vault: [
    'CreateBackupVault',
    'DeleteBackupVault',
    'DeleteBackupVaultAccessPolicy',
    'DeleteBackupVaultLockConfiguration',
    'DescribeBackupVault',
    'GetBackupVaultAccessPolicy',
    'ListTags',
    'PutBackupVaultAccessPolicy',
    'PutBackupVaultLockConfiguration',
    'TagResource',
    'UntagResource',
  ],
  plan: [
    'CreateBackupPlan',
    'CreateBackupSelection',
    'DeleteBackupPlan',
    'DeleteBackupSelection',
    'GetBackupPlan',
    'GetBackupSelection',
    'UpdateBackupPlan',
  ],
  key: [
    'CreateAlias',
    'DeleteAlias',
    'DescribeKey',
    'EnableKeyRotation',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
    'ListResourceTags',
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
    'TagResource',
    'UntagResource',
    'UpdateKeyDescription',
  ],
  role: [
    'AttachRolePolicy',
    'CreateRole',
    'DeleteRole',
    'DeleteRolePolicy',
    'DetachRolePolicy',
    'GetRole',
    'GetRolePolicy',
    'ListAttachedRolePolicies',
    'ListInstanceProfilesForRole',
    'ListRolePolicies',
    'PutRolePolicy',
    'TagRole',
    'UntagRole',
    'UpdateAssumeRolePolicy',
  ],
} as const;

/** What AWS Backup asks of whoever makes a vault under a key. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html */
const VAULT_KEY_CALLS = ['kms:CreateGrant', 'kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey'];

/** The deploy role can deploy: with its own permissions, under the guardrails, and past the policies it sets. */
export function deployment(view: SiteView, actors: Actors): Check[] {
  const { site } = view;
  const { accountId, partition, deployRoleArn } = site;
  if (deployRoleArn === undefined) return [];
  const actor = actors.exempted(deployRoleArn, accountId, true);
  const can = (action: string, target: Target, context?: Check['context']): Check =>
    allowed('deploys', actor, action, target, context);
  const each = (service: string, names: readonly string[], targets: readonly Target[]) =>
    targets.flatMap((target) => names.map((name) => can(`${service}:${name}`, target)));
  const key = asTarget(view.vaultKey);
  const viaBackup = { ...viaService(view, 'backup'), ...FOR_AWS_RESOURCE };
  const roleTargets = serviceRolesOf(view).map(({ arn }) => roleTarget(arn, accountId));
  return [
    ...each('backup', CALLS.vault, view.vaults.map(asTarget)),
    ...each('backup', CALLS.plan, view.plans.map(planTarget)),
    ...(view.assumedKeys.includes(view.vaultKey)
      ? []
      : [can('kms:CreateKey', everything(site)), ...VAULT_KEY_CALLS.map((action) => can(action, key, viaBackup))]),
    ...each('kms', CALLS.key, madeKeysOf(view).map(asTarget)),
    can('backup-storage:MountCapsule', everything(site)),
    ...(site.role === 'source' && site.regionSettings
      ? each('backup', ['DescribeRegionSettings', 'UpdateRegionSettings'], [everything(site)])
      : []),
    ...each('iam', CALLS.role, roleTargets),
    ...roleTargets.map((role) =>
      can('iam:PassRole', role, { 'iam:PassedToService': `backup.${dnsSuffix(partition)}` }),
    ),
  ];
}
