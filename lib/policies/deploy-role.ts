import {
  accountRootArn,
  backupServiceLinkedRoleArn,
  dnsSuffix,
  kmsArn,
  managedPolicyArn,
  type Place,
  vaultArn,
} from '../aws/arn';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { scannerService } from '../aws/scans';
import { sortedUnique } from '../topology/collections';
import type { Organization } from '../topology/organization-arns';
import type { OrganizationPolicies } from '../topology/rollout';
import type { DestinationSite, ManagementSite, SourceSite } from '../topology/topology';
import { DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS } from './deploy-actions';
import { managementStatements, organizationStatements, rolloutStatements, statement } from './deploy-role-statements';
import { OPERATOR_ACTIONS } from './operator-actions';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';
import { recoveryPointArns } from './recovery-point-arns';

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
 * The least that a deploy role needs, to deploy and for the commands of the day after. Vaults and roles are named; plans and
 * keys cannot be, for AWS makes up their ids, and a tag holds for KMS only minutes after it is set, which a deploy does not
 * wait for.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
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

function siteStatements({ partition, accountId, sites }: Deployer): Statement[] {
  const anyRegion: Place = { partition, accountId, region: '*' };
  const inBackup = (resource: string) => `arn:${partition}:backup:*:${accountId}:${resource}`;
  const inKms = (resource: string) => kmsArn(anyRegion, resource);
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
  const sources = sites.filter((site) => site.role === 'source');
  const scannerRoleArns = sortedUnique(sources.flatMap(({ scannerRole }) => scannerRole?.arn ?? []));
  const hasPlans = sources.some(({ plans }) => plans.length > 0);
  const isOptingIn = sources.some(({ regionSettings }) => regionSettings !== undefined);
  const makesKeys = sites.some(makesKey);
  const hasAirGapped = sites.some(({ airGapped }) => airGapped !== undefined);
  const isShared = sites.some(({ airGapped }) => airGapped && airGapped.sharedWith.length > 0);
  return [
    statement(
      'AllowVaults',
      [
        ...DEPLOY_ACTIONS.vault,
        ...(hasAirGapped ? FURTHER_DEPLOY_ACTIONS.airGappedVault : []),
        ...OPERATOR_ACTIONS.vault,
      ],
      vaultArns,
    ),
    ...(hasPlans
      ? [
          statement(
            'AllowPlans',
            [...DEPLOY_ACTIONS.plan, ...FURTHER_DEPLOY_ACTIONS.planTags, ...OPERATOR_ACTIONS.plan],
            inBackup('backup-plan:*'),
          ),
        ]
      : []),
    ...(makesKeys
      ? [
          statement(
            'AllowKeys',
            [...DEPLOY_ACTIONS.key, ...FURTHER_DEPLOY_ACTIONS.key],
            [inKms('key/*'), inKms('alias/*')],
          ),
        ]
      : []),
    statement('AllowVaultsUnderKeys', DEPLOY_ACTIONS.vaultKey, [inKms('key/*'), ...sortedUnique(existingKeys)], {
      StringLike: { 'kms:ViaService': `backup.*.${dnsSuffix(partition)}` },
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
    statement('AllowWhatHasNoName', [
      ...(makesKeys ? [...DEPLOY_ACTIONS.newKey, ...FURTHER_DEPLOY_ACTIONS.aliases] : []),
      ...DEPLOY_ACTIONS.newVault,
      ...(isOptingIn ? DEPLOY_ACTIONS.regionSettings : []),
      ...FURTHER_DEPLOY_ACTIONS.lookingAround,
    ]),
    statement('AllowLooking', OPERATOR_ACTIONS.look),
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
      { StringEquals: { 'iam:AWSServiceName': BACKUP_PRINCIPAL } },
    ),
    ...(isShared
      ? [statement('AllowShares', [...FURTHER_DEPLOY_ACTIONS.share, ...FURTHER_DEPLOY_ACTIONS.shareReads])]
      : []),
  ];
}

const makesKey = (site: DestinationSite | SourceSite): boolean =>
  [site.vault, ...site.retiredVaults].some(({ key }) => 'alias' in key) ||
  site.airGapped?.keyAlias !== undefined ||
  (site.role === 'source' && site.resourceKeyAlias !== undefined);
