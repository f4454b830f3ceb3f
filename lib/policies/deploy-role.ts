import {
  accountRootArn,
  backupServiceLinkedRoleArn,
  dnsSuffix,
  kmsArn,
  managedPolicyArn,
  type Place,
} from '../aws/arn';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { scannerService } from '../aws/scans';
import type { Organization } from '../topology/organization-arns';
import type { OrganizationPolicies } from '../topology/rollout';
import type { DestinationSite, ManagementSite, SourceSite } from '../topology/topology';
import { DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS } from './deploy-actions';
import { copyStatements } from './deploy-copy-statements';
import {
  inRegions,
  managementStatements,
  organizationStatements,
  regionPatterns,
  rolloutStatements,
  statement,
} from './deploy-role-statements';
import { deployTargets } from './deploy-targets';
import { OPERATOR_ACTIONS } from './operator-actions';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';

/** An identity that Terraform works under in an account, and the sites of the account that it deploys. */
export interface Deployer extends Pick<Place, 'partition' | 'accountId'> {
  readonly sites: readonly (DestinationSite | SourceSite)[];
  /** Undefined of one that does not deploy the management stack. */
  readonly management: ManagementSite | undefined;
  /** What the management stack attaches service control policies to; undefined where it holds none. */
  readonly guardrailTargetIds: readonly string[] | undefined;
  /** What it rolls out; undefined of one that does not deploy that stack. */
  readonly organizationPolicies: OrganizationPolicies | undefined;
  readonly organization: Organization;
}

/** A role that Terraform assumes. */
export interface DeployRole extends Deployer {
  readonly arn: string;
}

/**
 * The least that a deploy role needs, to deploy and for the commands of the day after. Vaults, aliases, roles and what
 * policies are attached to are named; plans, keys, shares and policies cannot be, for AWS makes up their ids.
 */
export function deployRolePolicy(deployer: Deployer): PolicyDocument {
  const { sites, management, guardrailTargetIds, organizationPolicies, organization } = deployer;
  return policyDocument([
    ...(sites.length > 0 ? siteStatements(deployer) : []),
    ...(management || organizationPolicies ? organizationStatements() : []),
    ...(management ? managementStatements(management, organization, guardrailTargetIds) : []),
    ...(organizationPolicies ? rolloutStatements(organizationPolicies, organization) : []),
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

function siteStatements({ partition, accountId, sites, organization }: Deployer): Statement[] {
  const anyRegion: Place = { partition, accountId, region: '*' };
  const targets = deployTargets(anyRegion, sites);
  const { regions, vaultArns, sharedVaultArns, aliasArns, existingKeyArns, roleArns, scannerRoleArns } = targets;
  const here = inRegions(regions);
  const anyKey = aliasArns.length > 0 ? [kmsArn(anyRegion, 'key/*')] : [];
  const sources = sites.filter((site) => site.role === 'source');
  const hasPlans = sources.some(({ plans }) => plans.length > 0);
  const isOptingIn = sources.some(({ regionSettings }) => regionSettings !== undefined);
  return [
    statement(
      'AllowVaults',
      [
        ...DEPLOY_ACTIONS.vault,
        ...(targets.hasAirGapped ? FURTHER_DEPLOY_ACTIONS.airGappedVault : []),
        ...OPERATOR_ACTIONS.vault,
      ],
      vaultArns,
      here,
    ),
    ...(hasPlans
      ? [
          statement(
            'AllowPlans',
            [...DEPLOY_ACTIONS.plan, ...FURTHER_DEPLOY_ACTIONS.planTags, ...OPERATOR_ACTIONS.plan],
            `arn:${partition}:backup:*:${accountId}:backup-plan:*`,
            here,
          ),
        ]
      : []),
    ...(anyKey.length > 0
      ? [
          // Of any key, whatever its tags: a tag holds for KMS only minutes after it is set, and whoever adopts a key without
          // one tags it and writes its policy in one apply. Who may tag any key would not be held by a tag either.
          // https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
          statement(
            'AllowKeys',
            [...DEPLOY_ACTIONS.key, ...FURTHER_DEPLOY_ACTIONS.key],
            [...anyKey, ...aliasArns],
            here,
          ),
        ]
      : []),
    statement('AllowVaultsUnderKeys', DEPLOY_ACTIONS.vaultKey, [...anyKey, ...existingKeyArns], {
      StringLike: {
        'kms:ViaService': regionPatterns(regions).map((region) => `backup.${region}.${dnsSuffix(partition)}`),
      },
    }),
    statement(
      'AllowRoles',
      [...DEPLOY_ACTIONS.role, ...FURTHER_DEPLOY_ACTIONS.role],
      [...roleArns, ...scannerRoleArns],
    ),
    statement('AllowRolesToBackup', DEPLOY_ACTIONS.passedRole, roleArns, {
      StringEquals: { 'iam:PassedToService': `backup.${dnsSuffix(partition)}` },
    }),
    ...(scannerRoleArns.length > 0
      ? [
          statement('AllowRolesToScan', DEPLOY_ACTIONS.passedRole, scannerRoleArns, {
            StringEquals: { 'iam:PassedToService': scannerService(partition) },
          }),
        ]
      : []),
    statement(
      'AllowWhatHasNoName',
      [
        ...(anyKey.length > 0 ? [...DEPLOY_ACTIONS.newKey, ...FURTHER_DEPLOY_ACTIONS.aliases] : []),
        ...DEPLOY_ACTIONS.newVault,
        ...(isOptingIn ? DEPLOY_ACTIONS.regionSettings : []),
      ],
      '*',
      here,
    ),
    statement('AllowLooking', OPERATOR_ACTIONS.look, '*', here),
    // IAM answers in a Region of its own.
    statement('AllowListingRoles', FURTHER_DEPLOY_ACTIONS.lookingAround),
    ...copyStatements(anyRegion, sites, organization.id, here),
    statement('AllowReadingPolicies', OPERATOR_ACTIONS.policy, [
      managedPolicyArn(partition, '*'),
      `arn:${partition}:iam::${accountId}:policy/*`,
    ]),
    statement(
      'AllowServiceLinkedRole',
      FURTHER_DEPLOY_ACTIONS.serviceLinkedRole,
      backupServiceLinkedRoleArn(partition, accountId),
      { StringEquals: { 'iam:AWSServiceName': BACKUP_PRINCIPAL } },
    ),
    ...(sharedVaultArns.length > 0
      ? [
          statement('AllowSharedVaults', FURTHER_DEPLOY_ACTIONS.sharedVault, sharedVaultArns, here),
          statement(
            'AllowNewShares',
            [...FURTHER_DEPLOY_ACTIONS.newShare, ...FURTHER_DEPLOY_ACTIONS.shareReads],
            '*',
            here,
          ),
          statement(
            'AllowShares',
            FURTHER_DEPLOY_ACTIONS.share,
            `arn:${partition}:ram:*:${accountId}:resource-share/*`,
            here,
          ),
        ]
      : []),
  ];
}
