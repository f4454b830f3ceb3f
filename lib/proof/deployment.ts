import { dnsSuffix } from '../aws/arn';
import { scannerService } from '../aws/scans';
import { DEPLOY_ACTIONS } from '../policies/deploy-actions';
import type { Actors } from './actors';
import { allowed, type Check, type Target } from './check';
import type { DeployedRole } from './deployed';
import { madeKeysOf, madeRolesOf, type SiteView, serviceRolesOf } from './site-view';
import { asTarget, everything, FOR_AWS_RESOURCE, planTarget, roleTarget, viaService } from './targets';

/** The deploy role can deploy: with its own permissions, under the guardrails, and past the policies it sets. */
export function deployment(view: SiteView, actors: Actors): Check[] {
  const { site } = view;
  const { accountId, partition, deployRoleArn } = site;
  if (deployRoleArn === undefined) return [];
  const actor = actors.exempted(deployRoleArn, accountId, true);
  const can = (action: string, target: Target, context?: Check['context']): Check =>
    allowed('deploys', actor, action, target, context);
  const each = (actions: readonly string[], targets: readonly Target[], context?: Check['context']) =>
    targets.flatMap((target) => actions.map((action) => can(action, target, context)));
  const anything = [everything(site)];
  const viaBackup = { ...viaService(view, 'backup'), ...FOR_AWS_RESOURCE };
  const asTargets = (roles: readonly DeployedRole[]) => roles.map(({ arn }) => roleTarget(arn, accountId));
  return [
    ...each(DEPLOY_ACTIONS.vault, view.vaults.map(asTarget)),
    ...each(DEPLOY_ACTIONS.plan, view.plans.map(planTarget)),
    ...(view.assumedKeys.includes(view.vaultKey)
      ? []
      : [
          ...each(DEPLOY_ACTIONS.newKey, anything),
          ...each(DEPLOY_ACTIONS.vaultKey, [asTarget(view.vaultKey)], viaBackup),
        ]),
    ...each(DEPLOY_ACTIONS.key, madeKeysOf(view).map(asTarget)),
    ...each(DEPLOY_ACTIONS.newVault, anything),
    ...(site.role === 'source' && site.regionSettings ? each(DEPLOY_ACTIONS.regionSettings, anything) : []),
    ...each(DEPLOY_ACTIONS.role, asTargets(madeRolesOf(view))),
    ...each(DEPLOY_ACTIONS.passedRole, asTargets(serviceRolesOf(view)), {
      'iam:PassedToService': `backup.${dnsSuffix(partition)}`,
    }),
    ...each(DEPLOY_ACTIONS.passedRole, asTargets(view.scannerRole ? [view.scannerRole] : []), {
      'iam:PassedToService': scannerService(partition),
    }),
  ];
}
