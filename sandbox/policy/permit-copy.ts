import { partitionOf } from '../backup-api/arns';
import type { CopyRequest, PermitCopy } from '../backup-api/seams';
import type { Actor, Actors, OrganizationView } from './actors';
import { type KeyUse, keyUses } from './copy-keys';
import { keyNotAccessible, notAssumable, notShared, vaultDenied } from './copy-messages';
import type { Keys } from './keys';
import { refusalOf } from './verdict';

/** What a copy is judged by. */
export interface CopyJudges {
  readonly actors: Actors;
  readonly keys: Keys;
  readonly organization: OrganizationView;
}

/**
 * Permits a copy as AWS does: the role of the job makes a recovery point available and names the vault it goes to, and
 * AWS Backup's own role of the account it goes to makes the copy.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export const permitCopyBy =
  (judges: CopyJudges): PermitCopy =>
  async (copy) => {
    const { source, destination, roleArn, recoveryPoint } = copy;
    const copier = await judges.actors.roleAt(roleArn);
    if (copier?.caller.accountId !== source.accountId || !isTrusting(judges, copier, roleArn))
      return notAssumable(roleArn);
    if (!mayCopy(judges, copier, copy)) return vaultDenied;
    const isCrossAccount = source.accountId !== destination.accountId;
    if (isCrossAccount && !mayShare(judges, copier, copy)) return notShared;
    const receiver = await judges.actors.backupsOwn(partitionOf(destination.region), destination.accountId);
    if (isCrossAccount && !receiver) return vaultDenied;
    for (const use of keyUses(copy, { copier, receiver: isCrossAccount ? receiver : undefined }))
      if (!(await mayUse(judges, use, copy))) return keyNotAccessible(recoveryPoint.ResourceType, use.end, use.keyArn);
    return undefined;
  };

function isTrusting({ actors }: CopyJudges, role: Actor & { readonly trust: string | undefined }, arn: string) {
  const accountId = role.caller.accountId ?? '';
  return may(actors.service('backup.amazonaws.com', accountId), 'sts:AssumeRole', { arn, accountId }, role.trust);
}

function mayCopy({ actors, organization }: CopyJudges, copier: Actor, copy: CopyRequest): boolean {
  const { recoveryPoint, source, destination } = copy;
  const from = { arn: recoveryPoint.RecoveryPointArn, accountId: source.accountId };
  const isMember = organization.isMember(destination.accountId);
  const targets = {
    'backup:CopyTargets': [destination.arn],
    ...(isMember ? { 'backup:CopyTargetOrgPaths': [organization.pathOf(destination.accountId)] } : {}),
  };
  const here = actors.surroundings(source.accountId, source.region);
  const there = actors.surroundings(destination.accountId, destination.region);
  return (
    may(copier, 'backup:DescribeBackupVault', source, source.policy, here) &&
    may(copier, 'backup:CopyFromBackupVault', from, source.policy, { ...here, ...targets }) &&
    may(copier, 'backup:CopyIntoBackupVault', destination, destination.policy, there)
  );
}

/** What lets the other account see a snapshot, by type; AWS Backup's own recovery points need nothing. */
const SHARING: Readonly<Record<string, readonly string[]>> = {
  EBS: ['ec2:ModifySnapshotAttribute'],
  'Storage Gateway': ['ec2:ModifySnapshotAttribute'],
  EC2: ['ec2:ModifyImageAttribute'],
  RDS: ['rds:ModifyDBSnapshotAttribute'],
  Aurora: ['rds:ModifyDBClusterSnapshotAttribute'],
  DocumentDB: ['rds:ModifyDBClusterSnapshotAttribute'],
  Neptune: ['rds:ModifyDBClusterSnapshotAttribute'],
  FSx: ['fsx:CopyBackup', 'fsx:ManageBackupPrincipalAssociations'],
};

function mayShare({ actors }: CopyJudges, copier: Actor, { recoveryPoint, source }: CopyRequest): boolean {
  if (source.type !== 'BACKUP_VAULT') return true;
  const context = {
    ...actors.surroundings(source.accountId, source.region),
    'aws:ResourceTag/aws:backup:source-resource': recoveryPoint.ResourceArn,
  };
  const snapshot = { arn: recoveryPoint.RecoveryPointArn, accountId: source.accountId };
  return (SHARING[recoveryPoint.ResourceType] ?? []).every((action) =>
    may(copier, action, snapshot, undefined, context),
  );
}

/** KMS may be called in the name of either Region, so both have to be let in. */
async function mayUse({ actors, keys }: CopyJudges, use: KeyUse, copy: CopyRequest): Promise<boolean> {
  const { source, destination } = copy;
  const own = use.end === 'source' ? source : destination;
  const place = { ...own, partition: partitionOf(own.region) };
  const arn = await keys.arnOf(use.keyArn, place);
  const key = arn === undefined ? undefined : await keys.at(arn);
  if (!key?.isEnabled) return false;
  if (key.isAwsManaged) return key.accountId === use.actor.caller.accountId;
  const dnsSuffix = partitionOf(source.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return [...new Set([source.region, destination.region])].every((region) => {
    const context = {
      ...actors.surroundings(key.accountId, own.region),
      'aws:ViaAWSService': 'true',
      'kms:CallerAccount': use.actor.caller.accountId ?? '',
      'kms:ViaService': `${use.service}.${region}.${dnsSuffix}`,
    };
    return use.actions.every((action) =>
      may(use.actor, action, key, key.policy, {
        ...context,
        ...(action === 'kms:CreateGrant' ? { 'kms:GrantIsForAWSResource': 'true' } : {}),
      }),
    );
  });
}

function may(
  actor: Actor,
  action: string,
  { arn, accountId }: { readonly arn: string; readonly accountId: string },
  policy: string | undefined,
  context: Actor['context'] = {},
): boolean {
  const resource = { arn, accountId };
  return refusalOf({ actor, action, resource, policy, policyKind: 'resource-based policy', context }) === undefined;
}
