import { backupServiceLinkedRoleArn } from '../aws/arn';
import { COPY_TAG, SHARED_VAULT_TYPE } from '../policies/guardrails';
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
} from '../policies/tamper-actions';
import { PROTECTION_TAG } from '../topology/names';
import type { Check, Layer, Target } from './check';
import { madeKeysOf, madeRolesOf, type SiteView } from './site-view';
import {
  asTarget,
  copiesOf,
  everything,
  planTarget,
  recoveryPointsOf,
  roleTarget,
  snapshotsFor,
  TAGGING_PROTECTION,
  toStranger,
} from './targets';

/** What somebody tries in order to destroy copies, or to have none made. */
export interface TamperRequest {
  /** What it would achieve. */
  readonly attempt: Attempt;
  readonly action: string;
  readonly target: Target;
  readonly context?: Check['context'];
}

/**
 * Attempts, with the protections that must stop each, each alone; those of whom the deploy role is capable besides; and
 * whether AWS Backup's own roles or the scanner's may do it, which expire, share and open what was made.
 */
export const ATTEMPTS = {
  'delete, unlock or reopen a vault': { layers: ['resource policy', 'guardrails'], exempts: 'all' },
  'delete or shorten a recovery point': { layers: ['resource policy', 'guardrails'], exempts: 'all' },
  'copy a recovery point elsewhere': { layers: ['resource policy', 'guardrails'], exempts: 'none' },
  'delete, disable or reopen a key': { layers: ['resource policy', 'guardrails'], exempts: 'all' },
  'grant a key to somebody': { layers: ['resource policy'], exempts: 'none' },
  'open a recovery point to others': { layers: ['guardrails'], exempts: 'all and scanner roles' },
  'retire a grant of AWS Backup': { layers: ['guardrails'], exempts: 'all' },
  'stop or narrow a plan': { layers: ['guardrails'], exempts: 'all' },
  'change settings, holds or jobs': { layers: ['guardrails'], exempts: 'all' },
  'take the protecting tag away': { layers: ['guardrails'], exempts: 'all' },
  'delete or share a snapshot past AWS Backup': { layers: ['guardrails'], exempts: 'all and backup roles' },
  'share an air-gapped vault': { layers: ['guardrails'], exempts: 'all' },
  'change or make an exempted role': { layers: ['guardrails'], exempts: 'deployers' },
  'give the account up': { layers: ['guardrails'], exempts: 'none' },
} as const satisfies Record<
  string,
  {
    readonly layers: readonly Layer[];
    readonly exempts: 'all' | 'all and backup roles' | 'all and scanner roles' | 'deployers' | 'none';
  }
>;
export type Attempt = keyof typeof ATTEMPTS;

/** Everything that can be tried on one site, each action on each thing it can be done to. */
export function tamperRequests(view: SiteView): TamperRequest[] {
  const { site } = view;
  const { partition, accountId, exemptions } = site;
  const madeKeys = madeKeysOf(view);
  const of = (attempt: Attempt, actions: readonly string[], targets: readonly Target[], context?: Check['context']) =>
    targets.flatMap((target) =>
      actions.map((action): TamperRequest => ({ attempt, action, target, ...(context ? { context } : {}) })),
    );
  const points = recoveryPointsOf(view);
  const roles = [...exemptions.deployers, ...exemptions.breakGlass, ...madeRolesOf(view).map(({ arn }) => arn)].map(
    (arn) => roleTarget(arn, accountId),
  );
  const snapshots = [...SNAPSHOT_TAMPER_ACTIONS, ...DATABASE_SNAPSHOT_TAMPER_ACTIONS];
  return [
    ...of('delete, unlock or reopen a vault', VAULT_TAMPER_ACTIONS, view.vaults.map(asTarget)),
    ...of('delete or shorten a recovery point', RECOVERY_POINT_TAMPER_ACTIONS, points),
    ...of('copy a recovery point elsewhere', ['backup:CopyFromBackupVault'], points, toStranger(view)),
    // One that names no target, which is no way around a list of targets.
    ...of('copy a recovery point elsewhere', ['backup:CopyFromBackupVault'], points.slice(0, 1)),
    ...of('delete, disable or reopen a key', KEY_TAMPER_ACTIONS, madeKeys.map(asTarget)),
    ...of('grant a key to somebody', ['kms:CreateGrant', 'kms:RevokeGrant'], madeKeys.map(asTarget)),
    ...of('grant a key to somebody', ['kms:CreateGrant', 'kms:RevokeGrant'], madeKeys.map(asTarget), {
      'kms:GrantIsForAWSResource': 'false',
    }),
    ...of('open a recovery point to others', OPENING_ACTIONS, points.slice(0, 1)),
    ...of('retire a grant of AWS Backup', GRANT_TAMPER_ACTIONS, madeKeys.map(asTarget)),
    ...of('stop or narrow a plan', PLAN_TAMPER_ACTIONS, view.plans.map(planTarget)),
    ...of('change settings, holds or jobs', SETTINGS_TAMPER_ACTIONS, [everything(site)]),
    ...of('take the protecting tag away', ofService('backup'), view.vaults.map(asTarget), TAGGING_PROTECTION),
    ...of('take the protecting tag away', ofService('backup'), view.plans.map(planTarget), TAGGING_PROTECTION),
    ...of('take the protecting tag away', ofService('kms'), madeKeys.map(asTarget), TAGGING_PROTECTION),
    ...snapshots.flatMap((action) =>
      of('delete or share a snapshot past AWS Backup', [action], snapshotsFor(action, view)),
    ),
    ...of('delete or share a snapshot past AWS Backup', SNAPSHOT_TAGGING_ACTIONS, copiesOf(view), {
      'aws:TagKeys': [COPY_TAG],
    }),
    ...of('change or make an exempted role', ofRoles, roles),
    ...of(
      'change or make an exempted role',
      ['iam:DeleteServiceLinkedRole'],
      [roleTarget(backupServiceLinkedRoleArn(partition, accountId), accountId)],
    ),
    ...(view.airGapped ? sharingRequests(view, of) : []),
    ...of('give the account up', ACCOUNT_TAMPER_ACTIONS, [everything(site)]),
  ];
}

const ofService = (service: string) => TAGGING_ACTIONS.filter((action) => action.startsWith(`${service}:`));

const ofRoles = ROLE_TAMPER_ACTIONS.filter((action) => action !== 'iam:DeleteServiceLinkedRole');

type Of = (
  attempt: Attempt,
  actions: readonly string[],
  targets: readonly Target[],
  context?: Check['context'],
) => TamperRequest[];

/** With a share of one's own, or by the share there is. */
function sharingRequests({ site, airGapped }: SiteView, of: Of): TamperRequest[] {
  const { partition, region, accountId } = site;
  const share = (name: string, tags: Target['tags']): Target => ({
    arn: `arn:${partition}:ram:${region}:${accountId}:resource-share/${name}`,
    accountId,
    policy: undefined,
    tags,
  });
  const ours = share('ours', { [PROTECTION_TAG.key]: PROTECTION_TAG.value });
  const attempt = 'share an air-gapped vault';
  return [
    ...of(attempt, SHARING_ACTIONS, [share('own', {})], { 'ram:RequestedResourceType': SHARED_VAULT_TYPE }),
    ...of(attempt, SHARE_TAMPER_ACTIONS, [ours]),
    ...of(attempt, VAULT_SHARING_ACTIONS, airGapped ? [asTarget(airGapped.vault)] : []),
    ...of('take the protecting tag away', SHARE_TAGGING_ACTIONS, [ours], TAGGING_PROTECTION),
  ];
}
