import { roleArn } from '../aws/arn';
import type { SourceSite, Topology } from '../topology/topology';
import { type Actor, type Actors, atWork } from './actors';
import { type Check, denied, type Target } from './check';
import type { DeployedVault } from './deployed';
import { madeRolesOf, type SiteView } from './site-view';
import { asTarget, FOR_AWS_RESOURCE, roleToAssume, toStranger, viaService } from './targets';

const COPY_IN = 'copy into a vault uninvited';
const USE_KEY = 'use a key of another account';
const ASSUME = 'take a role of AWS Backup';

/** What anybody could do with a key that lets him in. */
const KEY_USE = [
  'kms:DescribeKey',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ListGrants',
  'kms:GetKeyPolicy',
];
/** Directly, and by way of a service that copies or AWS Backup itself, which is how those who may use it do. */
const uses = (actor: Actor, target: Target, view: SiteView): Check[] =>
  [{}, viaService(view, 'ec2'), viaService(view, 'backup')].flatMap((via: Check['context']) => [
    ...KEY_USE.map((action) => denied(USE_KEY, actor, action, target, via)),
    denied(USE_KEY, actor, 'kms:CreateGrant', target, { ...via, ...FOR_AWS_RESOURCE }),
  ]);

/** The accounts that have no business with a site: two that no config names, and the other side of its copies. */
export function strangersOf(view: SiteView, others: readonly string[], topology: Topology, actors: Actors): Actor[] {
  const [neighbour, outsider] = unknownAccounts(topology);
  return [
    actors.administrator(neighbour),
    actors.serviceLinkedRole(neighbour, true),
    actors.outside(actors.administrator(outsider)),
    ...others.filter((id) => id !== view.site.accountId).map((id) => actors.administrator(id)),
  ];
}

/** An account of the organization that is neither source nor destination, and one of nobody. */
export function unknownAccounts({ management, destinations, sources }: Topology): [string, string] {
  const known = new Set([management, ...destinations, ...sources].map(({ accountId }) => accountId));
  const unknown = Array.from({ length: known.size + 2 }, (_, number) => `${700_000_000_000 + number}`);
  const [neighbour = '', outsider = ''] = unknown.filter((id) => !known.has(id));
  return [neighbour, outsider];
}

/**
 * Nobody copies into a vault but with the roles it names, from accounts it admits, inside the organization; and into one
 * that another has followed, nobody at all.
 */
export function uninvited(
  vault: DeployedVault,
  copiers: { readonly welcome: readonly Actor[]; readonly unwelcome: readonly Actor[] },
  strangers: readonly Actor[],
): Check[] {
  const ofOthers = ({ caller }: Actor) => caller.accountId !== vault.accountId;
  return [
    ...strangers,
    ...copiers.welcome.filter(ofOthers).flatMap((copier) => [asAnother(copier), { ...copier, membership: {} }]),
    ...copiers.unwelcome.filter(ofOthers),
  ].map((actor) => denied(COPY_IN, actor, 'backup:CopyIntoBackupVault', asTarget(vault)));
}

/** The same account with another role of its own, however mighty. */
const asAnother = (copier: Actor): Actor => {
  const id = copier.caller.id.replace(/role\/.*$/, 'role/Another');
  return { ...copier, label: id, caller: { ...copier.caller, id } };
};

/** A role that sources copy with, by its name, in an account that no destination lists. */
export const namesake = (copier: Actor, topology: Topology, all: Actors): Actor => {
  const { management } = topology;
  const [accountId] = unknownAccounts(topology);
  const id = roleArn(management.partition, accountId, copier.caller.id.replace(/^.*:role\//, ''));
  const membership = all.membershipOf(accountId);
  return { ...copier, label: id, caller: { ...copier.caller, id, accountId }, serviceControl: [], membership };
};

/** Keys open to AWS Backup of the accounts that copies go to, for copies; to nobody else, and for nothing else. */
export function keysOfOthers(view: SiteView, strangers: readonly Actor[], receivers: readonly string[], all: Actors) {
  const resourceKeys = view.resourceKeys.map(asTarget);
  const vaultKey = asTarget(view.vaultKey);
  const isSource = view.site.role === 'source';
  const keyPolicy = isSource ? (view.site as SourceSite).keyPolicy : undefined;
  const known = receivers.filter((id) => id !== view.site.accountId);
  const airGappedKeys = view.airGapped?.key ? [asTarget(view.airGapped.key)] : [];
  const restorers = view.airGapped?.sharedWith ?? [];
  return [
    ...strangers.flatMap((actor) => {
      // AWS documents only that a source's vault key is shared with the whole account that copies go to.
      const isReceiver = isSource && known.includes(actor.caller.accountId ?? '');
      const mayRestore = restorers.includes(actor.caller.accountId ?? '');
      return [...resourceKeys, ...(isReceiver ? [] : [vaultKey]), ...(mayRestore ? [] : airGappedKeys)].flatMap((key) =>
        uses(actor, key, view),
      );
    }),
    ...restorers.flatMap((id) => airGappedKeys.flatMap((key) => uses(all.outside(all.administrator(id)), key, view))),
    ...known.flatMap((id) => {
      const left = all.outside(all.serviceLinkedRole(id, true));
      const atWork = all.serviceLinkedRole(id, true);
      return [
        ...[vaultKey, ...airGappedKeys].flatMap((key) => [
          denied(USE_KEY, left, 'kms:Decrypt', key),
          denied(USE_KEY, left, 'kms:CreateGrant', key, FOR_AWS_RESOURCE),
        ]),
        ...(keyPolicy === 'strict'
          ? resourceKeys.flatMap((key) =>
              [...KEY_USE.filter((action) => action !== 'kms:DescribeKey'), 'kms:CreateGrant'].map((action) =>
                denied(USE_KEY, atWork, action, key, { ...FOR_AWS_RESOURCE, 'kms:ViaService': 'lambda.amazonaws.com' }),
              ),
            )
          : []),
      ];
    }),
  ];
}

/** The roles that copy into an air-gapped vault use its key by way of AWS Backup, and inside the organization. */
export const copiersBeyond = (view: SiteView, copiers: readonly Actor[]): Check[] =>
  copiers
    .filter(({ caller }) => caller.accountId !== view.site.accountId)
    .flatMap((copier) => {
      const key = view.airGapped?.key && asTarget(view.airGapped.key);
      if (!key) return [];
      const left = { ...atWork(copier), membership: {} };
      return ['kms:Decrypt', 'kms:CreateGrant'].flatMap((action) => [
        denied(USE_KEY, left, action, key, { ...viaService(view, 'backup'), ...FOR_AWS_RESOURCE }),
        denied(USE_KEY, atWork(copier), action, key, FOR_AWS_RESOURCE),
      ]);
    });

/** A service takes a role for its own account only, and nobody else takes it at all. */
export function roleTaking(view: SiteView, strangers: readonly Actor[], all: Actors): Check[] {
  return madeRolesOf(view).flatMap((one) => {
    const role = roleToAssume(one);
    return [
      ...[all.administrator(view.site.accountId), ...strangers].map((actor) =>
        denied(ASSUME, actor, 'sts:AssumeRole', role),
      ),
      denied(ASSUME, all.service(), 'sts:AssumeRole', role, { 'aws:SourceAccount': '700000000099' }),
    ];
  });
}

/** What a role of ours may not do by itself, were there no other policy at all. */
export function overreach(view: SiteView, all: Actors): Check[] {
  if (view.site.role === 'source') return [];
  const role = all.role(view.restoreRole);
  const { partition, region, accountId } = view.site;
  const point: Target = {
    arn: `arn:${partition}:backup:${region}:${accountId}:recovery-point:0a1b2c3d`,
    accountId,
    policy: undefined,
  };
  const byHand: Target = {
    arn: `arn:${partition}:ec2:${region}::snapshot/snap-0a1b2c3d`,
    accountId,
    policy: undefined,
  };
  const alone = (action: string, target: Target, context?: Check['context']): Check =>
    denied('copy or share more than a restore role should', role, action, target, context, 'role policy');
  return [
    alone('backup:CopyFromBackupVault', point),
    alone('backup:CopyFromBackupVault', point, toStranger(view)),
    ...['ec2:ModifySnapshotAttribute', 'ec2:ModifyImageAttribute'].map((action) => alone(action, byHand)),
  ];
}
