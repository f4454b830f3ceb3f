import { BackupGlobalSettings } from '@cdktf/provider-aws/lib/backup-global-settings';
import { OrganizationsDelegatedAdministrator } from '@cdktf/provider-aws/lib/organizations-delegated-administrator';
import { Construct } from 'constructs';
import { BACKUP_PRINCIPAL } from '../aws/backup';

export interface OrganizationSettingsProps {
  readonly isCrossAccountBackupEnabled: boolean;
  readonly isMpaEnabled: boolean;
  readonly isDelegatedAdministratorEnabled: boolean;
  /**
   * The account that administers AWS Backup for the organization.
   * @default - none is registered
   */
  readonly delegatedAdministratorId?: string | undefined;
}

/**
 * AWS Backup's settings of the whole organization. All three keys are always written: one that is left out shows as a
 * difference for ever. Destroying them changes nothing in the organization.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateGlobalSettings.html
 */
export class OrganizationSettings extends Construct {
  constructor(scope: Construct, id: string, { delegatedAdministratorId, ...settings }: OrganizationSettingsProps) {
    super(scope, id);
    new BackupGlobalSettings(this, 'Resource', {
      globalSettings: Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)])),
    });
    if (delegatedAdministratorId !== undefined) {
      new OrganizationsDelegatedAdministrator(this, 'DelegatedAdministrator', {
        accountId: delegatedAdministratorId,
        servicePrincipal: BACKUP_PRINCIPAL,
      });
    }
  }
}
