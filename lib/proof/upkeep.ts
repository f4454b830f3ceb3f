import {
  GRANT_TAMPER_ACTIONS,
  KEY_TAMPER_ACTIONS,
  PLAN_TAMPER_ACTIONS,
  ROLE_TAMPER_ACTIONS,
  SHARE_TAMPER_ACTIONS,
  SHARING_ACTIONS,
  VAULT_TAMPER_ACTIONS,
} from '../policies/tamper-actions';
import type { Actors } from './actors';
import { allowed, type Check, type Target } from './check';
import { AIR_GAPPED_KEY_USE } from './copy-grants';
import type { DeployedKey, DeployedRole } from './deployed';
import { madeKeysOf, type SiteView, serviceRolesOf } from './site-view';
import { ATTEMPTS, type TamperRequest } from './tamper-requests';
import {
  asTarget,
  bystanders,
  everything,
  FOR_AWS_RESOURCE,
  MARKING,
  markedCopy,
  recoveryPointsIn,
  recoveryPointsOf,
  roleToAssume,
  snapshotFor,
  TAGGING_PROTECTION,
  viaService,
} from './targets';

/** Those who are exempted can do what everybody else is denied: Terraform changes it, and an emergency undoes it. */
export function changes({ site }: SiteView, requests: readonly TamperRequest[], actors: Actors): Check[] {
  const { accountId, exemptions } = site;
  // Whatever their own policies say, of which the deploy role's are asked elsewhere: here the denies are in question.
  const deployers = exemptions.deployers.map((arn) => actors.exempted(arn, accountId, false));
  const all = [...deployers, ...exemptions.breakGlass.map((arn) => actors.exempted(arn, accountId, false))];
  return requests.flatMap(({ attempt, action, target, context }) => {
    const { exempts } = ATTEMPTS[attempt];
    const able = exempts === 'none' ? [] : exempts === 'deployers' ? deployers : all;
    return able.map((actor) => allowed('changes by the exempted roles', actor, action, target, context));
  });
}

/** AWS Backup takes its roles, backs up, and deletes what has expired: with the backup role, or else its own. */
export function lifecycle(view: SiteView, actors: Actors): Check[] {
  const { accountId } = view.site;
  const service = actors.service();
  const ownRole = actors.serviceLinkedRole(accountId, true);
  return [
    ...serviceRolesOf(view).map((role) =>
      allowed('AWS Backup at work', service, 'sts:AssumeRole', roleToAssume(role), { 'aws:SourceAccount': accountId }),
    ),
    ...recoveryPointsOf(view).map((target) => allowed('expiry', ownRole, 'backup:DeleteRecoveryPoint', target)),
    ...(view.backupRole ? expiryBy(view.backupRole, view, actors) : []),
  ];
}

function expiryBy(role: DeployedRole, view: SiteView, actors: Actors): Check[] {
  const backupRole = actors.role(role);
  return [
    ...['ec2:DeleteSnapshot', 'ec2:DeregisterImage', 'rds:DeleteDBSnapshot', 'rds:DeleteDBClusterSnapshot'].map(
      (action) => allowed('expiry', backupRole, action, markedCopy(action, view)),
    ),
    // Without it a selection by tags finds nothing.
    allowed('AWS Backup at work', backupRole, 'tag:GetResources', everything(view.site)),
    allowed('AWS Backup at work', backupRole, 'ec2:CreateTags', markedCopy('ec2:CreateTags', view), MARKING),
    // Recovery points get the tags of their resources, whoever chose those.
    ...recoveryPointsIn(view, view.vault)
      .slice(0, 1)
      .map((target) => allowed('AWS Backup at work', backupRole, 'backup:TagResource', target, TAGGING_PROTECTION)),
  ];
}

/** Recovery points come back: whoever may starts a restore, and the restore role reads the keys and cleans up. */
export function restores(view: SiteView, actors: Actors): Check[] {
  const { accountId } = view.site;
  const operator = actors.administrator(accountId);
  const role = actors.role(view.restoreRole);
  const via = viaService(view, 'ec2');
  const snapshot = markedCopy('ec2:DeleteSnapshot', view);
  return [
    ...recoveryPointsOf(view).flatMap((target) =>
      ['backup:StartRestoreJob', 'backup:GetRecoveryPointRestoreMetadata'].map((action) =>
        allowed('restores', operator, action, target),
      ),
    ),
    ...madeKeysOf(view).flatMap((key) => [
      ...['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom'].map((action) =>
        allowed('restores', role, action, asTarget(key), via),
      ),
      allowed('restores', role, 'kms:CreateGrant', asTarget(key), { ...via, ...FOR_AWS_RESOURCE }),
    ]),
    ...(view.airGapped?.key ? restorersUse(view.airGapped.sharedWith, view.airGapped.key, actors) : []),
    allowed('restores', role, 'ec2:CreateVolume', snapshot),
    // A restore from the archive makes a snapshot and takes it away again.
    allowed('restores', role, 'ec2:DeleteSnapshot', snapshot),
    allowed('restores', role, 'ec2:DeleteTags', snapshot, MARKING),
  ];
}

/** Accounts that an air-gapped vault is shared with read it under its key, each with a role of its own. */
const restorersUse = (accountIds: readonly string[], key: DeployedKey, actors: Actors): Check[] =>
  accountIds.flatMap((id) =>
    ['kms:DescribeKey', ...AIR_GAPPED_KEY_USE, 'kms:CreateGrant'].map((action) =>
      allowed('restores', actors.administrator(id), action, asTarget(key), FOR_AWS_RESOURCE),
    ),
  );

/** Guardrails leave alone what is not of the backups: other vaults, plans, keys, snapshots, roles and tags. */
export function freedoms(view: SiteView, actors: Actors): Check[] {
  const { accountId } = view.site;
  if (!actors.isGuarded(accountId)) return [];
  const administrator = actors.administrator(accountId);
  const { vault, plan, key, role, share } = bystanders(view);
  const free = (actions: readonly string[], target: Target, context: Check['context'] = {}) =>
    actions.map((action) =>
      allowed('what is none of the backups', administrator, action, target, context, 'guardrails'),
    );
  return [
    ...free(VAULT_TAMPER_ACTIONS, vault),
    ...free(PLAN_TAMPER_ACTIONS, plan),
    ...free(KEY_TAMPER_ACTIONS, key),
    ...free(ROLE_TAMPER_ACTIONS, role),
    ...free(SHARING_ACTIONS, share, { 'ram:RequestedResourceType': 'ec2:Subnet' }),
    ...free(SHARE_TAMPER_ACTIONS, share),
    ...free(['ec2:CreateTags', 'ec2:DeleteTags'], snapshotFor('ec2:CreateTags', view, false), {
      'aws:TagKeys': ['team'],
    }),
    ...free(GRANT_TAMPER_ACTIONS, key),
    // A service gives back what it was granted.
    ...madeKeysOf(view).flatMap((one) => free(GRANT_TAMPER_ACTIONS, asTarget(one), viaService(view, 'ec2'))),
    ...free(['backup:TagResource', 'backup:UntagResource'], vault, { 'aws:TagKeys': ['team'] }),
    ...free(['kms:TagResource', 'kms:UntagResource'], key, { 'aws:TagKeys': ['team'] }),
    ...['ec2:DeleteSnapshot', 'ec2:DeregisterImage', 'rds:DeleteDBSnapshot', 'rds:DeleteDBClusterSnapshot'].flatMap(
      (action) => free([action], snapshotFor(action, view, false)),
    ),
  ];
}
