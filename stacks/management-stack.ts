import { DataAwsOrganizationsOrganization } from '@cdktf/provider-aws/lib/data-aws-organizations-organization';
import type { Construct } from 'constructs';
import { OrganizationSettings } from '../lib/constructs/organization-settings';
import { RegionOptIns } from '../lib/constructs/region-opt-ins';
import type { ManagementSite } from '../lib/topology/topology';
import { AccountStack, type StackContext } from './account-stack';

/** The management account: what AWS Backup may do in the whole organization. Reads no other stack's state. */
export class ManagementStack extends AccountStack {
  constructor(scope: Construct, site: ManagementSite, context: StackContext) {
    super(scope, site, context);
    const organization = this.readOrganization(context);
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
    this.output('organization_id', organization.id, 'The organization, to which vaults and keys limit access');
    this.output('root_id', organization.roots.get(0).id, 'The root of the organization');
    this.output('management_account_id', organization.masterAccountId, 'The management account');
  }

  /** The organization is read and never made: its resource would own every setting that others have made in it. */
  private readOrganization({ organization: { id, rootId } }: StackContext): DataAwsOrganizationsOrganization {
    const expected = [
      { what: 'id', actual: 'self.id', expected: id },
      ...(rootId === undefined ? [] : [{ what: 'rootId', actual: 'self.roots[0].id', expected: rootId }]),
    ];
    return new DataAwsOrganizationsOrganization(this, 'Organization', {
      lifecycle: {
        postcondition: expected.map(({ what, actual, expected }) => ({
          condition: `\${${actual} == "${expected}"}`,
          errorMessage: `organization.${what} in the config is ${expected}, but these credentials belong to another organization.`,
        })),
      },
    });
  }
}
