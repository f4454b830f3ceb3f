import { scannerService } from '../aws/scans';
import type { Actors } from './actors';
import { allowed, type Check, denied, type Target } from './check';
import type { DeployedRole } from './deployed';
import { madeKeysOf, type SiteView } from './site-view';
import {
  asTarget,
  everything,
  FOR_AWS_RESOURCE,
  markedCopy,
  recoveryPointsIn,
  roleTarget,
  roleToAssume,
  snapshotFor,
  viaService,
} from './targets';

const SCANS = 'malware scans';
const INDEXES = 'indexes for search';
const SHARE = 'ec2:ModifySnapshotAttribute';
const BEYOND = 'share or delete more than a scan needs';

/** What GuardDuty asks of a key of snapshots. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupGuardDutyRolePolicyForScans.html */
const GRANT_FOR_SNAPSHOTS: NonNullable<Check['context']> = {
  ...FOR_AWS_RESOURCE,
  'kms:EncryptionContext:aws:guardduty:id': 'snap-0a1b2c3d',
  'kms:GrantOperations': ['Decrypt', 'CreateGrant', 'GenerateDataKeyWithoutPlaintext', 'RetireGrant', 'DescribeKey'],
};

/** GuardDuty is started by AWS Backup, is passed the scanner role, and with it gets at what AWS Backup made. */
export function scanning(view: SiteView, actors: Actors): Check[] {
  const { backupRole, scannerRole } = view;
  if (!backupRole || !scannerRole) return [];
  return [...starts(view, backupRole, scannerRole, actors), ...reads(view, scannerRole, actors)];
}

function starts(view: SiteView, backupRole: DeployedRole, scannerRole: DeployedRole, actors: Actors): Check[] {
  const { accountId, partition } = view.site;
  const starter = actors.role(backupRole);
  return [
    allowed(SCANS, actors.scanner(), 'sts:AssumeRole', roleToAssume(scannerRole)),
    allowed(SCANS, starter, 'iam:PassRole', roleTarget(scannerRole.arn, accountId), {
      'iam:PassedToService': scannerService(partition),
    }),
    ...['guardduty:StartMalwareScan', 'guardduty:GetMalwareScan'].map((action) =>
      allowed(SCANS, starter, action, everything(view.site)),
    ),
  ];
}

function reads(view: SiteView, scannerRole: DeployedRole, actors: Actors): Check[] {
  const scanner = actors.role(scannerRole);
  // The family of ARNs that AWS Backup gives itself comes first.
  const managed = [view.vault, ...(view.airGapped ? [view.airGapped.vault] : [])].flatMap((vault) =>
    recoveryPointsIn(view, vault).slice(0, 1),
  );
  const keys = madeKeysOf(view).map(asTarget);
  const asks = (actions: readonly string[], target: Target, context?: Check['context']) =>
    actions.map((action) => allowed(SCANS, scanner, action, target, context));
  return [
    ...[snapshotFor(SHARE, view, true), markedCopy(SHARE, view)].flatMap((snapshot) =>
      asks([SHARE, 'ebs:ListSnapshotBlocks', 'ebs:ListChangedBlocks', 'ebs:GetSnapshotBlock'], snapshot),
    ),
    ...managed.flatMap((point) => asks(['backup:DescribeRecoveryPoint', 'backup:CreateBackupAccessPoint'], point)),
    ...asks(['backup:DescribeBackupAccessPoint', 'backup:DeleteBackupAccessPoint'], everything(view.site)),
    ...keys.flatMap((key) => [
      ...asks(['kms:Decrypt'], key, {
        ...viaService(view, 'backup'),
        'kms:EncryptionContext:aws:backup:backup-vault': view.vault.arn,
      }),
      ...asks(['kms:CreateGrant'], key, { ...viaService(view, 'guardduty'), ...GRANT_FOR_SNAPSHOTS }),
      ...asks(['kms:ReEncryptFrom', 'kms:ReEncryptTo'], key, {
        ...viaService(view, 'ec2'),
        'kms:EncryptionContext:aws:ebs:id': 'vol-0a1b2c3d',
      }),
    ]),
    denied(BEYOND, scanner, SHARE, snapshotFor(SHARE, view, false), {}, 'role policy'),
    denied(BEYOND, scanner, 'ec2:DeleteSnapshot', markedCopy('ec2:DeleteSnapshot', view), {}, 'role policy'),
  ];
}

/** AWS Backup reads the snapshots that it indexes with the backup role. */
export function indexing(view: SiteView, actors: Actors): Check[] {
  const { backupRole, plans } = view;
  const isIndexing = plans.some(({ rules }) => rules.some((rule) => (rule.index_resource_types ?? []).length > 0));
  if (!backupRole || !isIndexing) return [];
  const reader = actors.role(backupRole);
  return [
    ...['ebs:ListSnapshotBlocks', 'ebs:GetSnapshotBlock'].map((action) =>
      allowed(INDEXES, reader, action, snapshotFor(SHARE, view, true)),
    ),
    ...madeKeysOf(view).map((key) => allowed(INDEXES, reader, 'kms:Decrypt', asTarget(key), viaService(view, 'ec2'))),
  ];
}
