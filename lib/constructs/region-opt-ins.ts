import { BackupRegionSettings } from '@cdktf/provider-aws/lib/backup-region-settings';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { REPORTED_MANAGED_TYPES } from '../aws/resource-types';

export interface RegionOptInsProps {
  /** Every type of the Region, by its opt-in key: one that is missing shows as a difference for ever. */
  readonly optIn: Readonly<Record<string, boolean>>;
  /** Types that AWS Backup manages fully, which DynamoDB needs to be copied at all. */
  readonly managementPreference: Readonly<Record<string, boolean>>;
  /**
   * The provider of the Region.
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * The types that plans of one account and Region may touch. Destroying it changes nothing in the account.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
 */
export class RegionOptIns extends Construct {
  constructor(scope: Construct, id: string, { optIn, managementPreference, provider }: RegionOptInsProps) {
    super(scope, id);
    new BackupRegionSettings(this, 'Resource', {
      resourceTypeOptInPreference: { ...optIn },
      resourceTypeManagementPreference: { ...managementPreference },
      // AWS returns these too, and would have each plan remove them.
      lifecycle: {
        ignoreChanges: REPORTED_MANAGED_TYPES.map((type) => `resource_type_management_preference["${type}"]`),
      },
      ...(provider ? { provider } : {}),
    });
  }
}
