import { GetRoleCommand, GetRolePolicyCommand, type IAMClient, type Role } from '@aws-sdk/client-iam';
import { SCANNER_PRINCIPAL } from '../../aws/scans';
import { ask } from '../../live/ask';
import { attachedPolicies, inlinePolicyNames } from '../../live/role-policies';
import {
  backupPolicies,
  backupTrustPolicy,
  type ManagedPolicies,
  restorePolicies,
  scannerPolicies,
  scannerTrustPolicy,
} from '../../policies/backup-role-policies';
import { copyBackPolicy } from '../../policies/copy-back-policy';
import type { PolicyDocument } from '../../policies/policy-document';
import type { RoleNames } from '../../topology/topology';
import type { VaultSite } from '../auditee';
import { type CheckOf, redeploy } from '../check';
import { differenceText, policyDifference } from '../compare-policies';
import { error, type Problem, warning } from '../finding';

/** A role that AWS Backup takes, as it should be. */
interface ExpectedRole extends RoleNames {
  readonly purpose: 'backup' | 'restore' | 'scanner';
  /** Who may take it: in words, and as a policy. */
  readonly taker: string;
  readonly trust: PolicyDocument;
  readonly managedPolicies: ManagedPolicies;
  /** By name. */
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
}

function expectedRoles(site: VaultSite): ExpectedRole[] {
  const { partition, accountId, restoreRole } = site;
  const ofBackup = { taker: 'backup.amazonaws.com for this account alone', trust: backupTrustPolicy(accountId) };
  const vaultArns = site.role === 'destination' ? site.copyBacks.map(({ vaultArn }) => vaultArn) : [];
  return [
    ...(site.role === 'source'
      ? [
          {
            ...site.backupRole,
            ...ofBackup,
            purpose: 'backup' as const,
            managedPolicies: backupPolicies(site),
            inlinePolicies: {},
          },
        ]
      : []),
    ...(site.role === 'source' && site.scannerRole
      ? [
          {
            ...site.scannerRole,
            taker: SCANNER_PRINCIPAL,
            trust: scannerTrustPolicy(),
            purpose: 'scanner' as const,
            managedPolicies: scannerPolicies(partition),
            inlinePolicies: {},
          },
        ]
      : []),
    {
      ...restoreRole,
      ...ofBackup,
      purpose: 'restore',
      managedPolicies: restorePolicies(partition),
      inlinePolicies: vaultArns.length === 0 ? {} : { CopyBack: copyBackPolicy(partition, accountId, vaultArns) },
    },
  ];
}

/** The roles that AWS Backup works under: without one, or when it may not take it, every job of the Region fails. */
export const roles: CheckOf<'site'> = {
  name: 'roles',
  of: 'site',
  problems: async ({ site, iam }) =>
    (await Promise.all(expectedRoles(site).map((role) => problemsOf(role, site, iam)))).flat(),
};

async function problemsOf(expected: ExpectedRole, site: VaultSite, iam: IAMClient): Promise<Problem[]> {
  const { purpose, arn, managedPolicies } = expected;
  // What comes before the name is a path, which IAM does not look for.
  const RoleName = expected.name.replace(/^.*\//, '');
  const what = `${purpose} role ${RoleName}`;
  const remedy = redeploy(site);
  const { Role } = await ask<{ Role?: Role | undefined }>(
    'iam:GetRole',
    () => iam.send(new GetRoleCommand({ RoleName })),
    { NoSuchEntityException: {} },
  );
  if (!Role) return [error(what, 'not there', arn, remedy)];
  const trust: unknown = JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument ?? '{}'));
  const difference = policyDifference(trust, expected.trust);
  const attached = (await attachedPolicies(iam, RoleName)).flatMap(({ PolicyArn }) => PolicyArn ?? []);
  const lacking = Object.values(managedPolicies).filter((policy) => !attached.includes(policy));
  const strangers = attached.filter((policy) => !Object.values(managedPolicies).includes(policy));
  const boundary = Role.PermissionsBoundary?.PermissionsBoundaryArn;
  return [
    ...(Role.Arn === arn ? [] : [error(what, `has another path: ${Role.Arn}`, arn, remedy)]),
    ...(difference ? [error(`trust of ${what}`, differenceText(difference), expected.taker, remedy)] : []),
    ...(lacking.length > 0
      ? [error(`policies of ${what}`, `lacks ${lacking.map(nameOf).join(', ')}`, 'attached', remedy)]
      : []),
    ...strangerProblems(`policies of ${what}`, strangers.map(nameOf), 'detach'),
    ...(boundary === undefined
      ? []
      : [warning(what, `has the boundary ${boundary}`, 'none', 'see that it allows what the role has to do')]),
    ...(await inlineProblems(expected, RoleName, what, site, iam)),
  ];
}

async function inlineProblems(
  { inlinePolicies }: ExpectedRole,
  RoleName: string,
  what: string,
  site: VaultSite,
  iam: IAMClient,
): Promise<Problem[]> {
  const names = await inlinePolicyNames(iam, RoleName);
  const problems = strangerProblems(
    `policies of ${what}`,
    names.filter((name) => !Object.hasOwn(inlinePolicies, name)),
    'delete',
  );
  for (const [PolicyName, expected] of Object.entries(inlinePolicies)) {
    const { PolicyDocument } = await ask<{ PolicyDocument?: string | undefined }>(
      'iam:GetRolePolicy',
      () => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
      { NoSuchEntityException: {} },
    );
    const about = `policy ${PolicyName} of ${what}`;
    const difference = policyDifference(JSON.parse(decodeURIComponent(PolicyDocument ?? '{}')), expected);
    if (PolicyDocument === undefined) problems.push(error(about, 'not there', 'as the config has it', redeploy(site)));
    else if (difference)
      problems.push(error(about, differenceText(difference), 'as the config has it', redeploy(site)));
  }
  return problems;
}

/** @param away - what takes one away */
const strangerProblems = (what: string, names: readonly string[], away: 'detach' | 'delete'): Problem[] =>
  names.length === 0
    ? []
    : [
        warning(
          what,
          `has ${names.join(', ')} besides`,
          'none besides its own',
          `${away} what nobody needs: who may pass this role has these rights`,
        ),
      ];

const nameOf = (policyArn: string) => policyArn.replace(/^.*\//, '');
