import {
  type BackupClient,
  CreateBackupVaultCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupVaultCommand,
  ListRecoveryPointsByBackupVaultCommand,
  PutBackupVaultLockConfigurationCommand,
  StartBackupJobCommand,
  UpdateRecoveryPointLifecycleCommand,
} from '@aws-sdk/client-backup';
import { expireRecoveryPoints } from '../../sandbox/backup-api/recovery-points';
import { type Running, SOURCE, startBackup } from './backup-client';

const VOLUME = `arn:aws:ec2:us-east-1:${SOURCE}:volume/vol-1`;
const BackupVaultName = 'main';
const DAY_MILLISECONDS = 86_400_000;

let backup: Running;
let client: BackupClient;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-21T03:00:00Z');
  const resources = [{ arn: VOLUME, type: 'EBS', tags: {}, sizeInBytes: 1, keyArn: undefined }];
  backup = await startBackup({ clock: () => now, resources: () => resources });
  client = backup.clientOf(SOURCE);
  await client.send(new CreateBackupVaultCommand({ BackupVaultName }));
});
afterEach(() => backup.stop());

const lock = (given = {}) => client.send(new PutBackupVaultLockConfigurationCommand({ BackupVaultName, ...given }));
const unlock = () => client.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
const pass = (days: number) => {
  now = new Date(now.getTime() + days * DAY_MILLISECONDS);
};
async function backUp(): Promise<string> {
  const Lifecycle = { DeleteAfterDays: 30 };
  const IamRoleArn = `arn:aws:iam::${SOURCE}:role/backup`;
  await client.send(new StartBackupJobCommand({ BackupVaultName, ResourceArn: VOLUME, IamRoleArn, Lifecycle }));
  await backup.world.settled();
  const { RecoveryPoints } = await client.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName }));
  return RecoveryPoints?.[0]?.RecoveryPointArn ?? '';
}

describe('a lock', () => {
  test('never tells for how many days it may be changed, only until when', async () => {
    await lock({ ChangeableForDays: 3, MinRetentionDays: 7, MaxRetentionDays: 400 });
    const vault = await client.send(new DescribeBackupVaultCommand({ BackupVaultName }));

    expect(vault).toMatchObject({ Locked: true, MinRetentionDays: 7, MaxRetentionDays: 400 });
    expect(vault.LockDate).toEqual(new Date('2026-11-24T03:00:00Z'));
    expect(vault).not.toHaveProperty('ChangeableForDays');
  });

  test('in compliance mode can be taken off until its date, and by nobody afterwards', async () => {
    await lock({ ChangeableForDays: 3 });
    await unlock();
    await lock({ ChangeableForDays: 3 });
    pass(3);

    await expect(unlock()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(lock({ MinRetentionDays: 1 })).rejects.toThrow('cannot be changed or deleted');
  });

  test('in governance mode can be taken off at any time', async () => {
    await lock({ MinRetentionDays: 7 });
    pass(1000);
    await unlock();
    expect(await client.send(new DescribeBackupVaultCommand({ BackupVaultName }))).toMatchObject({ Locked: false });
  });

  test.each([
    ['two days to change one’s mind', { ChangeableForDays: 2 }],
    ['a minimum of no day', { MinRetentionDays: 0 }],
    ['a maximum below the minimum', { MinRetentionDays: 8, MaxRetentionDays: 7 }],
    ['a maximum of more than a hundred years', { MaxRetentionDays: 36_501 }],
  ])('fails with %s', async (_, given) => {
    await expect(lock(given)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('a vault with recovery points', () => {
  test('cannot be deleted', async () => {
    await backUp();
    await expect(client.send(new DeleteBackupVaultCommand({ BackupVaultName }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Backup vault cannot be deleted because it contains recovery points.',
      Code: 'ERROR_9101',
    });
  });

  test('keeps them from deletion and from a new lifecycle as long as it is locked', async () => {
    const RecoveryPointArn = await backUp();
    const point = { BackupVaultName, RecoveryPointArn };
    const shorten = () =>
      client.send(new UpdateRecoveryPointLifecycleCommand({ ...point, Lifecycle: { DeleteAfterDays: 1 } }));
    const remove = () => client.send(new DeleteRecoveryPointCommand(point));
    await lock({ MinRetentionDays: 7 });

    await expect(remove()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(shorten()).rejects.toThrow('locked by Vault Lock');
    await unlock();
    const { CalculatedLifecycle } = await shorten();
    expect(CalculatedLifecycle?.DeleteAt).toEqual(new Date('2026-11-22T03:00:00Z'));
    await remove();
    await client.send(new DeleteBackupVaultCommand({ BackupVaultName }));
  });

  test('loses them when they expire, locked or not', async () => {
    await backUp();
    await lock({ MinRetentionDays: 7 });
    const count = async () =>
      (await client.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName }))).RecoveryPoints?.length;

    pass(29);
    expireRecoveryPoints(backup.world);
    expect(await count()).toBe(1);
    pass(1);
    expireRecoveryPoints(backup.world);
    expect(await count()).toBe(0);
  });
});
