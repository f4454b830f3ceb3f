import type { BackupApi } from './backup-api/backup-api';
import { createBackupApi } from './backup-api/backup-api';
import { type GatewayOptions, startGateway } from './gateway/gateway';
import { identifyByMoto } from './gateway/identify';
import type { OrganizationSetup } from './organizations-api/directory';
import { createOrganizationsApi, type OrganizationsApi } from './organizations-api/organizations-api';
import { startMoto } from './tools/moto';
import { readWorkload } from './workload/workload';

/** All of AWS that the sandbox has, behind one endpoint. */
export interface EmulatedAws {
  /** What to set `AWS_ENDPOINT_URL` to. */
  readonly url: string;
  /** Where moto listens, of which the gateway alone should be asked but for setting things up. */
  readonly motoUrl: string;
  readonly backup: BackupApi;
  readonly organizations: OrganizationsApi;
  stop(): Promise<void>;
}

export interface EmulatedAwsOptions {
  readonly organization: OrganizationSetup;
  readonly intercept?: GatewayOptions['intercept'];
}

/** Starts moto, and the gateway with AWS Backup and AWS Organizations before it. */
export async function startEmulatedAws({ organization, intercept }: EmulatedAwsOptions): Promise<EmulatedAws> {
  const moto = await startMoto();
  const organizations = createOrganizationsApi({ setup: organization });
  const backup = createBackupApi({ organization: organizations.directory, resources: readWorkload(moto.url) });
  const gateway = await startGateway({
    services: { backup: backup.serve, organizations: organizations.serve },
    identify: identifyByMoto(moto.url),
    upstream: moto.url,
    ...(intercept ? { intercept } : {}),
  });
  return {
    url: gateway.url,
    motoUrl: moto.url,
    backup,
    organizations,
    stop: async () => {
      await gateway.close();
      await moto.stop();
    },
  };
}
