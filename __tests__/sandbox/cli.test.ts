import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { CreateBackupVaultCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { describeWhere } from '../support/describe-where';
import { type Running, SOURCE, startBackup } from './backup-client';

const run = promisify(execFile);
const TIMEOUT_MS = 180_000;

function cliIsMissing(): string | undefined {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no aws on the PATH';
  }
}

const missing = cliIsMissing();
describeWhere({ missing, what: 'the AWS CLI against the sandbox' }, 'the AWS CLI', () => {
  const VOLUME = `arn:aws:ec2:us-east-1:${SOURCE}:volume/vol-1`;
  const ROLE = `arn:aws:iam::${SOURCE}:role/backup`;
  let backup: Running;

  beforeAll(async () => {
    const resources = [{ arn: VOLUME, type: 'EBS', tags: {}, sizeInBytes: 1, keyArn: undefined }];
    backup = await startBackup({ resources: () => resources });
    const client = backup.clientOf(SOURCE);
    for (const BackupVaultName of ['main', 'other'])
      await client.send(new CreateBackupVaultCommand({ BackupVaultName }));
    const given = { BackupVaultName: 'main', ResourceArn: VOLUME, IamRoleArn: ROLE };
    await client.send(new StartBackupJobCommand(given));
    await backup.world.settled();
  });
  afterAll(() => backup.stop());

  const aws = async (...args: string[]) => {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: backup.url,
      AWS_ACCESS_KEY_ID: SOURCE,
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_SESSION_TOKEN: '',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
    };
    const { stdout } = await run('aws', ['backup', ...args, '--output', 'json'], { env });
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  test(
    'lists recovery points, copies one, and lists the copy',
    async () => {
      const { RecoveryPoints } = await aws('list-recovery-points-by-backup-vault', '--backup-vault-name', 'main');
      expect(RecoveryPoints).toMatchObject([{ ResourceArn: VOLUME, Status: 'COMPLETED' }]);
      const [{ RecoveryPointArn }] = RecoveryPoints as [{ RecoveryPointArn: string }];
      const to = `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:other`;
      const ends = ['--source-backup-vault-name', 'main', '--destination-backup-vault-arn', to];
      await aws('start-copy-job', '--recovery-point-arn', RecoveryPointArn, ...ends, '--iam-role-arn', ROLE);
      await backup.world.settled();
      expect((await aws('list-copy-jobs')).CopyJobs).toMatchObject([{ State: 'COMPLETED' }]);
    },
    TIMEOUT_MS,
  );

  test(
    'is told at once of what nobody serves',
    async () => {
      await expect(aws('list-legal-holds')).rejects.toMatchObject({
        stderr: expect.stringContaining('(OperationNotInSandbox) when calling the ListLegalHolds operation'),
      });
    },
    TIMEOUT_MS,
  );
});
