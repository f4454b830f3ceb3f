import { BACKUP_PRINCIPAL } from '../aws/backup';
import { STACK_SETS_PRINCIPAL } from '../aws/cloudformation';
import { sortedUnique } from '../topology/collections';
import {
  anyPolicyArn,
  type Organization,
  resourcePolicyArn,
  targetArn,
  targetArns,
} from '../topology/organization-arns';
import type { OrganizationPolicies } from '../topology/rollout';
import type { ManagementSite } from '../topology/topology';
import { DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS } from './deploy-actions';
import type { Statement } from './policy-document';

/** Characters that the targets of policies may take, so that the roles and states of a pipeline have room beside them. */
const TARGETS_ROOM = 2_000;

/** One thing that a deploy role may do. */
export const statement = (
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: Statement['Condition'],
): Statement => ({ Sid, Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });

/** Holds of requests in these Regions: shorter than an ARN for each, and said of what has no ARN too. */
export const inRegions = (regions: readonly string[]): NonNullable<Statement['Condition']> => ({
  StringLike: { 'aws:RequestedRegion': regionPatterns(regions) },
});

/** Regions that a policy names one by one; more are named by their areas, such as `eu-*`, or statements outgrow IAM's limit. */
const NAMED_REGIONS = 8;

/** Regions as conditions say them. */
export function regionPatterns(regions: readonly string[]): string[] {
  const named = sortedUnique(regions);
  return named.length <= NAMED_REGIONS ? named : sortedUnique(named.map((region) => region.replace(/-.*/, '-*')));
}

/** What whoever works in the organization sees of it. */
export const organizationStatements = (): Statement[] => [
  statement('AllowSeeingOrganization', FURTHER_DEPLOY_ACTIONS.organizationReads),
];

/** What the management stack takes. */
export function managementStatements(
  management: ManagementSite,
  organization: Organization,
  guardrailTargetIds: readonly string[] | undefined,
): Statement[] {
  const { globalSettings, delegatedAdministrator, policyTags, resourcePolicy } = FURTHER_DEPLOY_ACTIONS;
  const isOptingIn = management.regionSettings.length > 0;
  const { rollouts } = management;
  const delegatedServices = [
    ...(management.delegatedAdministratorId === undefined ? [] : [BACKUP_PRINCIPAL]),
    ...(rollouts?.stackSetsAdministratorId === undefined ? [] : [STACK_SETS_PRINCIPAL]),
  ];
  const delegateIds = [management.delegatedAdministratorId ?? [], rollouts?.stackSetsAdministratorId ?? []].flat();
  return [
    statement(
      'AllowOrganizationWide',
      [...globalSettings, ...(isOptingIn ? DEPLOY_ACTIONS.regionSettings : [])],
      '*',
      inRegions([management.region, ...management.regionSettings.map(({ region }) => region)]),
    ),
    ...(delegatedServices.length === 0
      ? []
      : [
          statement(
            'AllowDelegatedAdministrator',
            delegatedAdministrator,
            sortedUnique(delegateIds).map((id) => targetArn(organization, id)),
            { StringEquals: { 'organizations:ServicePrincipal': delegatedServices } },
          ),
        ]),
    ...(guardrailTargetIds
      ? policyStatements('Guardrails', 'SERVICE_CONTROL_POLICY', organization, guardrailTargetIds)
      : []),
    ...(rollouts?.delegation === undefined
      ? []
      : [
          // There is one in an organization.
          statement('AllowDelegation', resourcePolicy),
          statement('AllowTagsOfDelegation', policyTags, resourcePolicyArn(organization)),
        ]),
  ];
}

/** What a rollout takes. StackSets that trust the organization are the management account's, whoever makes them. */
export function rolloutStatements(
  { site: { partition, region }, rollouts, baseline }: OrganizationPolicies,
  organization: Organization,
): Statement[] {
  const names = [baseline.units, baseline.accounts].map(({ stackSetName }) => stackSetName);
  const inCloudFormation = (resource: string) => `arn:${partition}:cloudformation:*:*:${resource}`;
  const targetIds = sortedUnique(rollouts.flatMap((rollout) => rollout.targetIds));
  return [
    ...policyStatements('BackupPolicies', 'BACKUP_POLICY', organization, targetIds),
    statement(
      'AllowBaselines',
      FURTHER_DEPLOY_ACTIONS.stackSets,
      [
        ...names.flatMap((name) => [`stackset/${name}:*`, `stackset-target/${name}:*`]).map(inCloudFormation),
        `arn:${partition}:cloudformation:*::type/resource/*`,
      ],
      inRegions([region]),
    ),
  ];
}

/**
 * Policies of one type, and what they are attached to: AWS asks for both in one statement.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_attach.html
 */
function policyStatements(
  what: string,
  type: string,
  organization: Organization,
  targetIds: readonly string[],
): Statement[] {
  const { policies, policyTags } = FURTHER_DEPLOY_ACTIONS;
  const ofType = anyPolicyArn(organization, type);
  return [
    statement(`Allow${what}`, policies, [ofType, ...targetArns(organization, targetIds, TARGETS_ROOM)], {
      // The ARN says the type already, and AWS's own example does not count on the key being there.
      StringEqualsIfExists: { 'organizations:PolicyType': type },
    }),
    statement(`AllowTagsOf${what}`, policyTags, ofType),
  ];
}
