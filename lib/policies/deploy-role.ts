import {
  accountRootArn,
  backupServiceLinkedRoleArn,
  dnsSuffix,
  managedPolicyArn,
  type Place,
  vaultArn,
} from '../aws/arn';
import { STACK_SETS_PRINCIPAL } from '../aws/cloudformation';
import { sortedUnique } from '../topology/collections';
import type { OrganizationPolicies } from '../topology/rollout';
import type { DestinationSite, ManagementSite, SourceSite } from '../topology/topology';
import { DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS } from './deploy-actions';
import { OPERATOR_ACTIONS } from './operator-actions';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';
import { recoveryPointArns } from './recovery-point-arns';

/** A role that Terraform assumes, and the sites of its account that it deploys. */
export interface DeployRole extends Pick<Place, 'partition' | 'accountId'> {
  readonly arn: string;
  readonly sites: readonly (DestinationSite | SourceSite)[];
  /** Undefined of a role that does not deploy the management stack. */
  readonly management: ManagementSite | undefined;
  /** Whether the management stack holds service control policies. */
  readonly hasGuardrails: boolean;
  /** What it rolls out; undefined of a role that does not deploy that stack. */
  readonly organizationPolicies: OrganizationPolicies | undefined;
}

/**
 * The least that a deploy role needs, to deploy and for the commands of the day after. Vaults and roles are named; plans and keys cannot be, for AWS makes up their ids, and
 * a tag holds for KMS only minutes after it is set, which a deploy does not wait for.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
 */
export function deployRolePolicy(role: DeployRole): PolicyDocument {
  const { sites, management, hasGuardrails, organizationPolicies } = role;
  return policyDocument([
    ...(sites.length > 0 ? siteStatements(role) : []),
    ...(management ? managementStatements(management, hasGuardrails) : []),
    ...(organizationPolicies ? rolloutStatements(organizationPolicies) : []),
  ]);
}

/** Lets principals take a deploy role. */
export const deployTrustPolicy = (principalArns: readonly string[]): PolicyDocument =>
  policyDocument([
    { Sid: 'AllowToDeploy', Effect: 'Allow', Principal: { AWS: principalArns }, Action: 'sts:AssumeRole' },
  ]);

/** Who may take a deploy role when nobody else is named: whoever the management account lets. */
export const usualDeployers = ({ partition, accountId }: ManagementSite): string[] => [
  accountRootArn(partition, accountId),
];

const statement = (
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: Statement['Condition'],
): Statement => ({ Sid, Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });

function siteStatements({ partition, accountId, sites }: DeployRole): Statement[] {
  const anyRegion: Place = { partition, accountId, region: '*' };
  const inBackup = (resource: string) => `arn:${partition}:backup:*:${accountId}:${resource}`;
  const inKms = (resource: string) => `arn:${partition}:kms:*:${accountId}:${resource}`;
  const vaults = sites.flatMap((site) => [
    site.vault,
    ...site.retiredVaults,
    ...(site.airGapped ? [site.airGapped] : []),
  ]);
  const vaultArns = sortedUnique(vaults.map(({ vaultName }) => vaultArn(anyRegion, vaultName)));
  const existingKeys = sites.flatMap(({ vault: { key } }) => ('existingKeyArn' in key ? [key.existingKeyArn] : []));
  const roleArns = sortedUnique(
    sites.flatMap((site) => [site.restoreRole.arn, ...(site.role === 'source' ? [site.backupRole.arn] : [])]),
  );
  const isShared = sites.some(({ airGapped }) => airGapped && airGapped.sharedWith.length > 0);
  return [
    statement(
      'AllowVaults',
      [...DEPLOY_ACTIONS.vault, ...FURTHER_DEPLOY_ACTIONS.airGappedVault, ...OPERATOR_ACTIONS.vault],
      vaultArns,
    ),
    statement('AllowPlans', [...DEPLOY_ACTIONS.plan, ...FURTHER_DEPLOY_ACTIONS.planTags], inBackup('backup-plan:*')),
    statement('AllowKeys', [...DEPLOY_ACTIONS.key, ...FURTHER_DEPLOY_ACTIONS.key], [inKms('key/*'), inKms('alias/*')]),
    statement('AllowVaultsUnderKeys', DEPLOY_ACTIONS.vaultKey, [inKms('key/*'), ...sortedUnique(existingKeys)], {
      StringLike: { 'kms:ViaService': `backup.*.${dnsSuffix(partition)}` },
    }),
    statement('AllowRoles', [...DEPLOY_ACTIONS.role, ...FURTHER_DEPLOY_ACTIONS.role], roleArns),
    statement('AllowRolesToBackup', DEPLOY_ACTIONS.passedRole, roleArns, {
      StringEquals: { 'iam:PassedToService': `backup.${dnsSuffix(partition)}` },
    }),
    statement('AllowWhatHasNoName', [
      ...DEPLOY_ACTIONS.newKey,
      ...DEPLOY_ACTIONS.newVault,
      ...DEPLOY_ACTIONS.regionSettings,
      ...FURTHER_DEPLOY_ACTIONS.aliases,
      ...FURTHER_DEPLOY_ACTIONS.lookingAround,
    ]),
    statement('AllowLookingAtJobs', OPERATOR_ACTIONS.look),
    statement(
      'AllowCopiesAndRestores',
      [...OPERATOR_ACTIONS.lookAtPoint, ...OPERATOR_ACTIONS.copyPoint, ...OPERATOR_ACTIONS.restorePoint],
      recoveryPointArns(anyRegion),
    ),
    statement('AllowReadingPolicies', OPERATOR_ACTIONS.policy, [
      managedPolicyArn(partition, '*'),
      `arn:${partition}:iam::${accountId}:policy/*`,
    ]),
    statement(
      'AllowServiceLinkedRole',
      FURTHER_DEPLOY_ACTIONS.serviceLinkedRole,
      backupServiceLinkedRoleArn(partition, accountId),
      { StringEquals: { 'iam:AWSServiceName': 'backup.amazonaws.com' } },
    ),
    ...(isShared
      ? [statement('AllowShares', [...FURTHER_DEPLOY_ACTIONS.share, ...FURTHER_DEPLOY_ACTIONS.shareReads])]
      : []),
  ];
}

function managementStatements(management: ManagementSite, hasGuardrails: boolean): Statement[] {
  const { organizationReads, globalSettings, delegatedAdministrator, resourcePolicy } = FURTHER_DEPLOY_ACTIONS;
  const isOptingIn = management.regionSettings.length > 0;
  const { rollouts } = management;
  const delegatedServices = [
    ...(management.delegatedAdministratorId === undefined ? [] : ['backup.amazonaws.com']),
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

/** StackSets that trust the organization are the management account's, whoever makes them. */
function rolloutStatements({ site: { partition }, baseline }: OrganizationPolicies): Statement[] {
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
