import { join } from 'node:path';
import { type Faults, faults } from '../../sandbox/gateway/faults';
import { findTerraform } from '../../sandbox/tools/terraform';
import { Deployment } from '../../sandbox/trial/deployment';
import { copyConfig, layOut } from '../../sandbox/trial/project';
import type { Trial } from '../../sandbox/trial/trial';
import { temporaryFolder } from '../support/temporary-folder';
import { aTrial, changesPlanned, describeE2e, E2E_TIMEOUT_MS, succeeded } from './e2e';

const CONFIG = join(__dirname, 'small.yaml');
const DESTINATION = 'destination-vault-eu-west-1';
const folder = temporaryFolder();

describeE2e('deploys with states in a bucket, on an unreliable AWS', () => {
  let trial: Trial;
  let made: Faults | undefined;

  beforeAll(async () => {
    trial = await aTrial(CONFIG, { intercept: (scope, incoming) => made?.intercept(scope, incoming) });
  }, E2E_TIMEOUT_MS);
  afterAll(() => trial?.stop());

  test(
    'converge where 5 % of the calls are throttled and 2 % answered 500',
    async () => {
      made = faults({ throttled: 0.05, failing: 0.02, seed: 20261121 });
      const outcome = await trial.deployment.deploy();
      const { counts } = made;
      made = undefined;
      succeeded(outcome);
      expect(counts.throttled / counts.requests).toBeCloseTo(0.05, 1);
      expect(Math.min(counts.throttled, counts.failing)).toBeGreaterThan(3);
      expect(await changesPlanned(trial)).toEqual({});
      const { vaults } = trial.aws.backup.world.place('222222222222', 'eu-west-1');
      expect([...vaults.keys()]).toEqual(['cab-destination']);
    },
    E2E_TIMEOUT_MS,
  );

  test(
    'keep the state whole where two run at once: one of them waits or is refused by the lock',
    async () => {
      const tagged = copyConfig(CONFIG, join(folder, 'tagged.yaml'), (config) => {
        config.tags = { team: 'platform' };
      });
      const terraform = findTerraform();
      if (!terraform.isAvailable) throw new Error(terraform.reason);
      const project = layOut(join(folder, 'colleague'), tagged);
      const { operators, aws } = trial;
      const colleague = await Deployment.of({ endpoint: aws.url, project, operators, terraform });

      const outcomes = await Promise.all([
        trial.deployment.deploy({ stacks: [DESTINATION], configFile: tagged }),
        colleague.deploy({ stacks: [DESTINATION] }),
      ]);

      const refused = outcomes.filter(({ code }) => code !== 0);
      expect(refused.length).toBeLessThan(2);
      for (const { output } of refused) expect(output).toContain('Error acquiring the state lock');
      // By the one who was served: the state knows the tags, and nothing is there twice.
      expect(await changesPlanned(trial, [DESTINATION])).toEqual({});
      expect([...aws.backup.world.place('222222222222', 'eu-west-1').vaults.keys()]).toEqual(['cab-destination']);
    },
    E2E_TIMEOUT_MS,
  );
});
