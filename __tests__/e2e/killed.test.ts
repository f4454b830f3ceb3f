import { join } from 'node:path';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { faults } from '../../sandbox/gateway/faults';
import { copyConfig } from '../../sandbox/trial/project';
import type { Trial } from '../../sandbox/trial/trial';
import { temporaryFolder } from '../support/temporary-folder';
import { aTrial, changesPlanned, describeE2e, E2E_TIMEOUT_MS, succeeded } from './e2e';

const DESTINATION = 'destination-vault-eu-west-1';
const STACKS = ['management', DESTINATION];
/** Long enough for what is made beside the vault, which waits for its key only. */
const UNTIL_THE_REST_IS_MADE_MS = 8_000;
const folder = temporaryFolder();

describeE2e('a Terraform that is killed in the middle of an apply', () => {
  let trial: Trial;
  let onVault: (() => void) | undefined;

  beforeAll(async () => {
    const config = copyConfig(join(__dirname, 'small.yaml'), join(folder, 'local.yaml'), (copy) => {
      copy.state = { backend: 'local' };
    });
    const { intercept: throttle } = faults({ throttled: 1, failing: 0, seed: 1 });
    trial = await aTrial(config, {
      intercept: (scope, incoming) => {
        if (!onVault || incoming.method !== 'PUT' || incoming.url !== '/backup-vaults/cab-destination')
          return undefined;
        onVault();
        return throttle(scope, incoming);
      },
    });
  }, E2E_TIMEOUT_MS);
  afterAll(() => trial?.stop());

  test(
    'leaves nothing that the next deploy loses or makes twice',
    async () => {
      const once = new Promise<void>((resolve) => {
        onVault = () => setTimeout(resolve, UNTIL_THE_REST_IS_MADE_MS);
      });
      const { code, output } = await trial.deployment.deploy({ stacks: STACKS, killed: once });
      onVault = undefined;
      expect([code, output.includes('BackupVault: Creation complete')]).toEqual([1, false]);
      const { vaults } = trial.aws.backup.world.place('222222222222', 'eu-west-1');
      expect(vaults.size).toBe(0);

      succeeded(await trial.deployment.deploy({ stacks: STACKS }));

      expect([...vaults.keys()]).toEqual(['cab-destination']);
      const credentials = await trial.operators.of('222222222222');
      const kms = new KMSClient({ region: 'eu-west-1', endpoint: trial.aws.url, credentials });
      const { Keys } = await kms.send(new ListKeysCommand({}));
      kms.destroy();
      expect(Keys).toHaveLength(1);
      expect(await changesPlanned(trial, [DESTINATION])).toEqual({});
    },
    E2E_TIMEOUT_MS,
  );
});
