import { BACKUP_PRINCIPAL } from '../aws/backup';
import { STACK_SETS_PRINCIPAL } from '../aws/cloudformation';
import type { OrganizationPolicies } from '../topology/rollout';
import type { ManagementSite } from '../topology/topology';
import { DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS } from './deploy-actions';
import type { Statement } from './policy-document';

/** One thing that a deploy role may do. */
export const statement = (
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: Statement['Condition'],
): Statement => ({ Sid, Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });

/** What the management stack takes. */
export function managementStatements(management: ManagementSite, hasGuardrails: boolean): Statement[] {
  const { organizationReads, globalSettings, delegatedAdministrator, resourcePolicy } = FURTHER_DEPLOY_ACTIONS;
  const isOptingIn = management.regionSettings.length > 0;
  const { rollouts } = management;
  const delegatedServices = [
    ...(management.delegatedAdministratorId === undefined ? [] : [BACKUP_PRINCIPAL]),
    ...(rollouts?.stackSetsAdministratorId === undefined ? [] : [STACK_SETS_PRINCIPAL]),
  ];
  return [
    statement('AllowOrganizationWide', [
      ...organizationReads,
      ...globalSettings,
      ...(isOptingIn ? DEPLOY_ACTIONS.regionSettings : []),
    ]),
    ...(delegatedServices.length === 0
      ? []
      : [
          statement('AllowDelegatedAdministrator', delegatedAdministrator, '*', {
            StringEqualsIfExists: { 'organizations:ServicePrincipal': delegatedServices },
          }),
        ]),
    ...(hasGuardrails ? policyStatements('Guardrails', 'SERVICE_CONTROL_POLICY') : []),
    ...(rollouts?.delegation === undefined ? [] : [statement('AllowDelegation', resourcePolicy)]),
  ];
}

/** What a rollout takes. StackSets that trust the organization are the management account's, whoever makes them. */
export function rolloutStatements({ site: { partition }, baseline }: OrganizationPolicies): Statement[] {
  const { organizationReads, stackSets } = FURTHER_DEPLOY_ACTIONS;
  const names = [baseline.units, baseline.accounts].map(({ stackSetName }) => stackSetName);
  const inCloudFormation = (resource: string) => `arn:${partition}:cloudformation:*:*:${resource}`;
  return [
    statement('AllowSeeingOrganization', organizationReads),
    ...policyStatements('BackupPolicies', 'BACKUP_POLICY'),
    statement('AllowBaselines', stackSets, [
      ...names.flatMap((name) => [`stackset/${name}:*`, `stackset-target/${name}:*`]).map(inCloudFormation),
      `arn:${partition}:cloudformation:*::type/resource/*`,
    ]),
  ];
}

const policyStatements = (what: string, type: string): Statement[] => [
  statement(`Allow${what}`, FURTHER_DEPLOY_ACTIONS.policies, '*', {
    StringEqualsIfExists: { 'organizations:PolicyType': type },
  }),
  statement(`AllowTagsOf${what}`, FURTHER_DEPLOY_ACTIONS.policyTags),
];
