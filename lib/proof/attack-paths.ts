import { backupServiceLinkedRoleArn, stackSetsExecutionRoleArn } from '../aws/arn';
import { compilePolicy } from '../iam/policy';
import type { Actor, Actors } from './actors';
import { answer, type Check, denied, type Target } from './check';
import type { SiteView } from './site-view';
import {
  asTarget,
  everything,
  recoveryPointsIn,
  roleTarget,
  snapshotFor,
  TAGGING_PROTECTION,
  toStranger,
} from './targets';

/** An attack of several steps, each made possible by the one before. */
export interface AttackPath {
  readonly name: string;
  /** Each step as it stands when all before it have succeeded. */
  readonly steps: readonly Check[];
}

/** The step that an attack ends at, counted from 1; undefined when nothing stops it. */
export function stoppedAt({ steps }: AttackPath): number | undefined {
  const index = steps.findIndex((step) => !answer(step).isAllowed);
  return index < 0 ? undefined : index + 1;
}

/** What a patient administrator of a site's account would try, to get round one denial by way of another. */
export function attackPaths(view: SiteView, actors: Actors): AttackPath[] {
  const { site, vault, vaultKey } = view;
  const { accountId, partition, exemptions } = site;
  const attacker = actors.administrator(accountId);
  const [point] = recoveryPointsIn(view, vault);
  if (!point) return [];
  const step = (action: string, target: Target, actor: Actor = attacker, context?: Check['context']): Check =>
    denied('attacks in steps', actor, action, target, context);
  const as = (arn: string) => actors.exempted(arn, accountId, false);
  const deleteAs = (arn: string) => [
    step('sts:AssumeRole', { arn: as(arn).caller.id, accountId, policy: TRUSTS_EVERYBODY }),
    step('backup:DeleteRecoveryPoint', point, as(arn)),
  ];
  const openVault: Target = { ...asTarget(vault), policy: undefined };
  const openPoint: Target = { ...point, policy: undefined };
  const left = { ...attacker, serviceControl: [], membership: {} };
  const backupRole = view.backupRole?.arn ?? view.restoreRole.arn;
  const takeScanner = (arn: string): AttackPath => ({
    name: "make the scanner's role one's own, open a recovery point with it",
    steps: [
      step('iam:UpdateAssumeRolePolicy', roleTarget(arn, accountId)),
      step('sts:AssumeRole', { arn, accountId, policy: TRUSTS_EVERYBODY }),
      step('backup:CreateBackupAccessPoint', openPoint, { ...attacker, caller: { ...attacker.caller, id: arn } }),
    ],
  });
  return [
    ...[...exemptions.deployers.filter((arn) => !arn.includes('*')), ...exemptions.breakGlass].map((arn) => ({
      name: 'rewrite the trust of an exempted role, take it, delete',
      steps: [step('iam:UpdateAssumeRolePolicy', roleTarget(arn, accountId)), ...deleteAs(arn)],
    })),
    {
      name: 'make a role under a name of StackSets, take it, delete',
      steps: [
        step('iam:CreateRole', roleTarget(stackSetsExecutionRoleArn(partition, accountId), accountId)),
        ...deleteAs(stackSetsExecutionRoleArn(partition, accountId)),
      ],
    },
    {
      name: "make a role of AWS Backup one of one's own, delete snapshots with it",
      steps: [
        step('iam:UpdateAssumeRolePolicy', roleTarget(backupRole, accountId)),
        step('sts:AssumeRole', { arn: backupRole, accountId, policy: TRUSTS_EVERYBODY }),
        step('ec2:DeleteSnapshot', snapshotFor('ec2:DeleteSnapshot', view, true), {
          ...attacker,
          caller: { ...attacker.caller, id: backupRole },
        }),
      ],
    },
    ...(view.scannerRole ? [takeScanner(view.scannerRole.arn)] : []),
    {
      name: 'take the tag off a key, delete the key',
      steps: [
        step('kms:UntagResource', asTarget(vaultKey), attacker, TAGGING_PROTECTION),
        step('kms:ScheduleKeyDeletion', { ...asTarget(vaultKey), tags: {} }),
      ],
    },
    {
      name: 'reopen the policy of a key, delete the key',
      steps: [
        step('kms:PutKeyPolicy', asTarget(vaultKey)),
        step('kms:ScheduleKeyDeletion', { ...asTarget(vaultKey), policy: opened(accountId) }),
      ],
    },
    {
      name: 'remove the policy of a vault, delete',
      steps: [
        step('backup:DeleteBackupVaultAccessPolicy', asTarget(vault)),
        step('backup:DeleteRecoveryPoint', openPoint),
      ],
    },
    {
      name: 'reopen the policy of a vault, copy to a stranger',
      steps: [
        step('backup:PutBackupVaultAccessPolicy', asTarget(vault)),
        step('backup:CopyFromBackupVault', openPoint, attacker, toStranger(view)),
      ],
    },
    {
      name: 'take off the lock, remove the policy, delete',
      steps: [
        step('backup:DeleteBackupVaultLockConfiguration', asTarget(vault)),
        step('backup:DeleteBackupVaultAccessPolicy', openVault),
        step('backup:DeleteRecoveryPoint', openPoint),
      ],
    },
    {
      name: 'leave the organization, delete snapshots past AWS Backup',
      steps: [
        step('organizations:LeaveOrganization', everything(site)),
        step('ec2:DeleteSnapshot', snapshotFor('ec2:DeleteSnapshot', view, true), left),
      ],
    },
    {
      name: "stop AWS Backup's own role, so that nothing is copied or expires",
      steps: [
        step('iam:DeleteServiceLinkedRole', {
          ...everything(site),
          arn: backupServiceLinkedRoleArn(partition, accountId),
        }),
      ],
    },
  ];
}

const TRUSTS_EVERYBODY = compilePolicy('a rewritten trust policy', {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
});

const opened = (accountId: string) =>
  compilePolicy('a rewritten key policy', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'kms:*', Resource: '*' }],
  });
