import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { createBackupApi } from '../../sandbox/backup-api/backup-api';
import { startGateway } from '../../sandbox/gateway/gateway';
import { identifyByMoto } from '../../sandbox/gateway/identify';
import { createOrganizationsApi } from '../../sandbox/organizations-api/organizations-api';
import { motoIsMissing, startMoto } from '../../sandbox/tools/moto';
import { findTerraform } from '../../sandbox/tools/terraform';
import { describeWhere } from '../support/describe-where';
import { temporaryFolder } from '../support/temporary-folder';
import { aSetup } from './a-directory';

/** The account of an access key that moto does not know. */
const MANAGEMENT = '123456789012';
const TIMEOUT_MS = 480_000;

const terraform = findTerraform();
const missing = terraform.isAvailable ? motoIsMissing() : terraform.reason;
const folder = temporaryFolder();

describeWhere({ missing, what: "the sandbox's Terraform round trip" }, 'a configuration by hand', () => {
  const stops: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const startSandbox = async () => {
    const moto = await startMoto();
    stops.push(moto.stop);
    const organizations = createOrganizationsApi({ setup: aSetup(MANAGEMENT) });
    const { directory } = organizations;
    const backup = createBackupApi({ organization: directory });
    const gateway = await startGateway({
      services: { backup: backup.serve, organizations: organizations.serve },
      identify: identifyByMoto(moto.url),
      upstream: moto.url,
    });
    stops.push(gateway.close);
    await prepare(gateway.url);
    return { backup, directory, url: gateway.url };
  };

  /** What an operator does before the first deploy. */
  const prepare = async (endpoint: string) => {
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'none' };
    const client = new OrganizationsClient({ region: 'us-east-1', endpoint, credentials });
    await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'backup.amazonaws.com' }));
    for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'BACKUP_POLICY'] as const)
      await client.send(new EnablePolicyTypeCommand({ RootId: 'r-abc1', PolicyType }));
    client.destroy();
  };

  test(
    'is deployed, planned without a change, and destroyed',
    async () => {
      if (!terraform.isAvailable) throw new Error(`cannot deploy: ${terraform.reason}`);
      const { backup, directory, url } = await startSandbox();
      copyFileSync(join(__dirname, 'round-trip.tf'), join(folder, 'main.tf'));
      const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'operator', AWS_SECRET_ACCESS_KEY: 'none' };
      const run = (...args: string[]) => terraform.run(folder, [...args, '-input=false', '-no-color'], env);
      const succeed = async (...args: string[]) => {
        const { code, output } = await run(...args);
        if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}\n${output}`);
      };

      await succeed('init');
      await succeed('apply', '-auto-approve');
      await succeed('plan', '-detailed-exitcode');

      const source = backup.world.place('111111111111', 'us-east-1');
      const destination = backup.world.place('222222222222', 'eu-west-1');
      expect([...source.vaults.keys()]).toEqual(['main']);
      expect([...destination.vaults.keys()].sort()).toEqual(['copies', 'gap']);
      expect(backup.world.globalSettings.isCrossAccountBackupEnabled).toBe('true');

      await succeed('destroy', '-auto-approve', '-refresh=false');
      expect([source.vaults.size, source.plans.size, destination.vaults.size]).toEqual([0, 0, 0]);
      expect(directory.policies.size).toBe(1);
    },
    TIMEOUT_MS,
  );
});
