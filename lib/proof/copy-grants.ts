import { COPYING_SERVICES, RESOURCE_KEY_READING, VAULT_KEY_READING } from '../policies/key-sharing';
import { type Actor, type Actors, atWork } from './actors';
import { allowed, type Check } from './check';
import type { DeployedKey } from './deployed';
import type { Edge } from './edges';
import { asTarget, FOR_AWS_RESOURCE, recoveryPointsOf, snapshotFor, viaService } from './targets';

/** What a copy needs, and whose answer it is; the columns of the report. */
export const COPY_GRANTS = ['copy out', 'copy in', 'share', 'vault key', 'resource key', 'destination key'] as const;

/**
 * Everything that has to be allowed for a copy to arrive, for fully managed types and for those that keep the key of the
 * resource: who asks is the copying role in the account it leaves, and AWS Backup's own role in the account it reaches.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export function copyGrants(edge: Edge, actors: Actors): Check[] {
  const copier = actors.role(edge.copier);
  const receiver = actors.serviceLinkedRole(edge.to.accountId);
  const receiverAtWork = actors.serviceLinkedRole(edge.to.accountId, true);
  const { vaultKey, airGapped } = edge.from;
  return [
    ...copyOut(edge, actors, copier),
    ...copyIn(edge, copier),
    ...sharing(edge, copier),
    ...keyGrants('vault key', receiverAtWork, vaultKey, VAULT_KEY_READING, ['backup'], edge),
    ...(airGapped?.key
      ? keyGrants(
          'vault key',
          receiverAtWork,
          airGapped.key,
          ['kms:DescribeKey', ...AIR_GAPPED_KEY_USE],
          ['backup'],
          edge,
        )
      : []),
    ...edge.readKeys.flatMap((key) =>
      keyGrants('resource key', receiver, key, ['kms:DescribeKey', ...READING.strict], COPYING_SERVICES, edge),
    ),
    // The longer list is for what the role does inside, beyond its documented policy.
    ...(edge.keyPolicy === 'strict'
      ? []
      : edge.readKeys.flatMap((key) =>
          READING.compat.map((action) =>
            allowed('resource key', receiverAtWork, action, asTarget(key), FOR_AWS_RESOURCE),
          ),
        )),
    ...(edge.toKey && !edge.isAirGapped
      ? keyGrants('destination key', receiver, edge.toKey, READING.strict, COPYING_SERVICES, edge)
      : []),
    ...(edge.toKey && edge.isAirGapped ? airGappedKeyUse(edge, copier, edge.toKey) : []),
  ];
}

const READING = RESOURCE_KEY_READING;

/**
 * AWS's guide asks for more than the policy of a backup role allows it: the rest AWS Backup does itself, as that role.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
const airGappedKeyUse = (edge: Edge, copier: Actor, key: DeployedKey): Check[] => [
  ...keyGrants('destination key', copier, key, ['kms:DescribeKey'], ['backup'], edge),
  ...keyGrants('destination key', atWork(copier), key, AIR_GAPPED_KEY_USE, ['backup'], edge),
];

/** What is done with the key of an air-gapped vault, besides describing it and granting. */
export const AIR_GAPPED_KEY_USE = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
];

const copyOut = ({ from, to }: Edge, actors: Actors, copier: Actor): Check[] =>
  recoveryPointsOf(from).map((target) =>
    allowed('copy out', copier, 'backup:CopyFromBackupVault', target, {
      'backup:CopyTargets': [to.arn],
      'backup:CopyTargetOrgPaths': actors.membershipOf(to.accountId)['aws:PrincipalOrgPaths'] ?? [],
    }),
  );

const copyIn = ({ from, to }: Edge, copier: Actor): Check[] => [
  allowed('copy in', copier, 'backup:CopyIntoBackupVault', asTarget(to)),
  allowed('copy in', copier, 'backup:DescribeBackupVault', asTarget(from.vault)),
];

function sharing({ from, to }: Edge, copier: Actor): Check[] {
  // Inside one account there is nobody to share with.
  if (to.accountId === from.site.accountId) return [];
  const { partition, region, accountId } = from.site;
  const snapshots = [
    'ec2:ModifySnapshotAttribute',
    'ec2:ModifyImageAttribute',
    'rds:ModifyDBSnapshotAttribute',
    'rds:ModifyDBClusterSnapshotAttribute',
  ].map((action) => allowed('share', copier, action, snapshotFor(action, from, true)));
  const fileSystem = `arn:${partition}:fsx:${region}:${accountId}:backup/backup-0a1b2c3d`;
  const recoveryPoint = `arn:${partition}:backup:${region}:${accountId}:recovery-point:0a1b2c3d`;
  return [
    ...snapshots,
    ...['fsx:CopyBackup', 'fsx:ManageBackupPrincipalAssociations'].map((action) =>
      allowed('share', copier, action, { arn: fileSystem, accountId, policy: undefined }),
    ),
    allowed('share', copier, 'backup:TagResource', { arn: recoveryPoint, accountId, policy: undefined }),
  ];
}

/** The service may be named for either Region: in a copy across Regions both ends call. */
function keyGrants(
  group: (typeof COPY_GRANTS)[number],
  actor: Actor,
  key: DeployedKey,
  actions: readonly string[],
  services: readonly string[],
  { from, to }: Edge,
): Check[] {
  const regions = [...new Set([from.site.region, to.region])];
  const vias = services.flatMap((service) => regions.map((region) => viaService(from, service, region)));
  return vias.flatMap((via) => [
    ...actions.map((action) => allowed(group, actor, action, asTarget(key), via)),
    allowed(group, actor, 'kms:CreateGrant', asTarget(key), { ...via, ...FOR_AWS_RESOURCE }),
  ]);
}
