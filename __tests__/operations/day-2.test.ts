import { join } from 'node:path';
import type { RecoveryPoint } from '../../sandbox/backup-api/place';
import { runPlans } from '../../sandbox/trial/copies';
import { sandboxEnvironment } from '../../sandbox/trial/identities';
import { copyConfig } from '../../sandbox/trial/project';
import type { Trial } from '../../sandbox/trial/trial';
import { makeWorkload } from '../../sandbox/workload/workload';
import { aTrial, describeE2e, E2E_TIMEOUT_MS, succeeded } from '../e2e/e2e';
import { operate } from '../jobs/operate';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const PRODUCTION = { accountId: '111111111111', region: 'us-east-1' };
const SOURCE_VAULT = 'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source';
const DESTINATION_VAULT = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';

describeE2e('the commands of the day after, on what cdktf has deployed', () => {
  let trial: Trial;

  beforeAll(async () => {
    const config = copyConfig(join(__dirname, '../e2e/small.yaml'), join(folder, 'day-2.yaml'), (copy) => {
      copy.state = { backend: 'local' };
      copy.deployRole = 'infrastructure/Deployer';
      copy.sources = {
        production: { accountId: PRODUCTION.accountId, regions: ['us-east-1'], plans: ['daily'], copyBack: true },
      };
    });
    trial = await aTrial(config);
    succeeded(await trial.deployment.deploy());
  }, E2E_TIMEOUT_MS);
  afterAll(() => trial?.stop());

  const run = async (command: string, ...args: string[]) => {
    const { aws, operators, project } = trial;
    const env = sandboxEnvironment(aws.url, operators.management, 'us-east-1');
    const { code, out, err } = await operate(command, [...args, '--json'], {
      env: { ...env, BACKUP_CONFIG: project.configFile },
    });
    if (code !== 0) throw new Error(`${command}: exit code ${code}: ${err}`);
    return JSON.parse(out);
  };
  const pointsIn = (vaultArn: string): RecoveryPoint[] => [
    ...(trial.aws.backup.world.vaultAt(vaultArn)?.recoveryPoints.values() ?? []),
  ];

  test(
    'tell of the copies, copy one back past all guardrails, restore it, and copy it out again',
    async () => {
      await makeWorkload(trial.aws.motoUrl, PRODUCTION, { tags: { Backup: 'true' }, types: ['EFS'] });
      await runPlans(trial.aws);

      const status = await run('status');
      expect(status).toMatchObject({ edges: [{ verdict: 'met' }], jobs: [], unread: [] });
      expect(status.vaults.map(({ count }: { count: number }) => count)).toEqual([1, 1]);

      const [copied] = pointsIn(DESTINATION_VAULT);
      const back = await run('copy-back', '--recovery-point', copied?.RecoveryPointArn ?? '');
      expect(back).toMatchObject({ vaultArn: SOURCE_VAULT, wasThere: false });
      expect(back.grants.map(({ isThere }: { isThere: unknown }) => isThere)).toEqual(Array(6).fill(true));

      const known = ['file-system-id=fs-1', 'newFileSystem=false'].flatMap((pair) => ['--set', pair]);
      const restored = await run('restore', '--recovery-point', back.recoveryPointArn, ...known);
      expect(restored.createdResourceArn).toMatch(/^arn:aws:elasticfilesystem:us-east-1:111111111111:file-system\//);

      const out = await run('copy', '--recovery-point', back.recoveryPointArn, '--to', 'vault/eu-west-1');
      expect(out).toMatchObject({ vaultArn: DESTINATION_VAULT, wasThere: false });
      expect(pointsIn(DESTINATION_VAULT)).toHaveLength(2);
    },
    E2E_TIMEOUT_MS,
  );
});
