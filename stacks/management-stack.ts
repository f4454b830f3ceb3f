import { DataAwsOrganizationsOrganization } from '@cdktf/provider-aws/lib/data-aws-organizations-organization';
import type { Construct } from 'constructs';
import { STACK_SETS_PRINCIPAL } from '../lib/aws/cloudformation';
import { OrganizationGuardrails } from '../lib/constructs/organization-guardrails';
import { OrganizationSettings } from '../lib/constructs/organization-settings';
import { RegionOptIns } from '../lib/constructs/region-opt-ins';
import { RolloutDelegation } from '../lib/constructs/rollout-delegation';
import { delegationPolicy } from '../lib/policies/delegation-policy';
import { guardrailPolicies } from '../lib/policies/guardrails';
import type { Guardrails, ManagementSite } from '../lib/topology/topology';
import { AccountStack, type StackContext } from './account-stack';

/** The management account: what AWS Backup may do in the whole organization. Reads no other stack's state. */
export class ManagementStack extends AccountStack {
  constructor(scope: Construct, site: ManagementSite, context: StackContext, guardrails: Guardrails | undefined) {
    super(scope, site, context);
    const organization = this.readOrganization(context, [
      ...(guardrails === undefined ? [] : [SERVICE_CONTROL_POLICIES_ENABLED]),
      ...(site.needsVaultSharing ? [SHARING_ENABLED] : []),
      ...(site.rollouts === undefined ? [] : [BACKUP_POLICIES_ENABLED, STACK_SETS_ENABLED]),
    ]);
    new OrganizationSettings(this, 'OrganizationSettings', {
      ...site.globalSettings,
      delegatedAdministratorId: site.delegatedAdministratorId,
    });
    for (const { region, optIn, managementPreference } of site.regionSettings) {
      const isOwnRegion = region === site.region;
      const provider = isOwnRegion
        ? {}
        : { provider: this.addProvider(`Provider-${region}`, `management-${region}`, region) };
      new RegionOptIns(this, `OptIns-${region}`, { optIn, managementPreference, ...provider });
    }
    if (guardrails) {
      new OrganizationGuardrails(this, 'Guardrails', {
        name: guardrails.name,
        documents: guardrailPolicies(guardrails),
        targetIds: guardrails.targetIds,
      });
    }
    if (site.rollouts?.stackSetsAdministratorId !== undefined) {
      const { stackSetsAdministratorId: accountId, delegation } = site.rollouts;
      new RolloutDelegation(this, 'RolloutDelegation', {
        accountId,
        ...(delegation === undefined
          ? {}
          : {
              resourcePolicy: {
                document: delegationPolicy(site.partition, delegation),
                existingId: delegation.existing?.id,
              },
            }),
      });
    }
    this.output('organization_id', organization.id, 'The organization, to which vaults and keys limit access');
    this.output('root_id', organization.roots.get(0).id, 'The root of the organization');
    this.output('management_account_id', organization.masterAccountId, 'The management account');
  }

  /** The organization is read and never made: its resource would own every setting that others have made in it. */
  private readOrganization(
    { organization: { id, rootId } }: StackContext,
    demands: readonly Postcondition[],
  ): DataAwsOrganizationsOrganization {
    const another = (what: string, expected: string) =>
      `organization.${what} in the config is ${expected}, but these credentials belong to another organization.`;
    const postcondition = [
      { condition: `\${self.id == "${id}"}`, errorMessage: another('id', id) },
      ...(rootId === undefined
        ? []
        : [{ condition: `\${self.roots[0].id == "${rootId}"}`, errorMessage: another('rootId', rootId) }]),
      ...demands,
    ];
    return new DataAwsOrganizationsOrganization(this, 'Organization', { lifecycle: { postcondition } });
  }
}

interface Postcondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * Until RAM may share within the organization, its own accounts are strangers to a share.
 * @see https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
 */
const SHARING_ENABLED: Postcondition = {
  condition: `\${contains(self.aws_service_access_principals, "ram.amazonaws.com")}`,
  errorMessage:
    'Air-gapped vaults are shared by AWS RAM, which may not yet share within the organization: aws ram enable-sharing-with-aws-organization.',
};

const SERVICE_CONTROL_POLICIES_ENABLED: Postcondition = {
  condition: `\${contains(self.enabled_policy_types, "SERVICE_CONTROL_POLICY")}`,
  errorMessage:
    'Guardrails are service control policies, and the organization has that type of policy switched off: aws organizations enable-policy-type --policy-type SERVICE_CONTROL_POLICY --root-id <root>.',
};

const BACKUP_POLICIES_ENABLED: Postcondition = {
  condition: `\${contains(self.enabled_policy_types, "BACKUP_POLICY")}`,
  errorMessage:
    'Rollouts are backup policies, and the organization has that type of policy switched off: aws organizations enable-policy-type --policy-type BACKUP_POLICY --root-id <root>.',
};

/**
 * Without it StackSets can neither see the accounts of a unit nor work in them.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
const STACK_SETS_ENABLED: Postcondition = {
  condition: `\${contains(self.aws_service_access_principals, "${STACK_SETS_PRINCIPAL}")}`,
  errorMessage:
    'Rollouts make what they need by StackSets, which may not yet work in the organization: aws cloudformation activate-organizations-access.',
};
