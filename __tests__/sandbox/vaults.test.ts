import {
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
  ListBackupVaultsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-backup';
import { DESTINATION, type Running, SOURCE, startBackup } from './backup-client';

let backup: Running;
beforeEach(async () => {
  backup = await startBackup();
});
afterEach(() => backup.stop());

const KEY = `arn:aws:kms:us-east-1:${SOURCE}:key/11111111-1111-4111-8111-111111111111`;
const make = (name: string, more = {}) =>
  backup.clientOf(SOURCE).send(new CreateBackupVaultCommand({ BackupVaultName: name, EncryptionKeyArn: KEY, ...more }));

describe('vaults', () => {
  test('are as they were made', async () => {
    const { BackupVaultArn, CreationDate } = await make('main', { BackupVaultTags: { Team: 'a b' } });

    expect(BackupVaultArn).toBe(`arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`);
    expect(CreationDate).toBeInstanceOf(Date);
    expect(
      await backup.clientOf(SOURCE).send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' })),
    ).toMatchObject({
      BackupVaultArn,
      CreationDate,
      EncryptionKeyArn: KEY,
      VaultType: 'BACKUP_VAULT',
      NumberOfRecoveryPoints: 0,
      Locked: false,
    });
  });

  test('of each account and Region are apart', async () => {
    await make('main');
    for (const client of [backup.clientOf(DESTINATION), backup.clientOf(SOURCE, 'eu-west-1')]) {
      expect((await client.send(new ListBackupVaultsCommand({}))).BackupVaultList).toEqual([]);
      await expect(client.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: 'Insufficient privileges to perform this action.',
      });
    }
  });

  test('are listed by the page', async () => {
    for (const name of ['one', 'two', 'three']) await make(name);
    const client = backup.clientOf(SOURCE);
    const first = await client.send(new ListBackupVaultsCommand({ MaxResults: 2 }));
    const last = await client.send(new ListBackupVaultsCommand({ MaxResults: 2, NextToken: first.NextToken ?? '' }));

    expect(first.BackupVaultList?.map(({ BackupVaultName }) => BackupVaultName)).toEqual(['one', 'two']);
    expect(last.BackupVaultList?.map(({ BackupVaultName }) => BackupVaultName)).toEqual(['three']);
    expect(last.NextToken).toBeUndefined();
  });

  test('have tags, which come and go', async () => {
    const { BackupVaultArn: ResourceArn } = await make('main', { BackupVaultTags: { a: '1', b: '2' } });
    const client = backup.clientOf(SOURCE);
    await client.send(new TagResourceCommand({ ResourceArn, Tags: { c: '3' } }));
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeyList: ['a'] }));

    expect((await client.send(new ListTagsCommand({ ResourceArn }))).Tags).toEqual({ b: '2', c: '3' });
  });

  test('are gone once deleted', async () => {
    const { BackupVaultArn: ResourceArn } = await make('main');
    const client = backup.clientOf(SOURCE);
    await client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }));

    await expect(client.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }))).rejects.toThrow(
      'privileges',
    );
    await expect(client.send(new ListTagsCommand({ ResourceArn }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('fail when the name is taken, unless the same request asks again', async () => {
    await make('main', { CreatorRequestId: 'once' });
    await make('main', { CreatorRequestId: 'once' });

    await expect(make('main')).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'A Backup vault with the name main already exists',
      Code: 'ERROR_1101',
    });
  });

  test.each([
    ['a name that the model forbids', { BackupVaultName: 'no vault name' }, 'failed to satisfy constraint'],
    ['a key of another Region', { EncryptionKeyArn: KEY.replace('us-east-1', 'eu-west-1') }, 'not in the Region'],
  ])('fail with %s', async (_, given, message) => {
    await expect(make('main', given)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });
});

describe('air-gapped vaults', () => {
  const makeAirGapped = (MinRetentionDays: number, MaxRetentionDays: number) =>
    backup
      .clientOf(SOURCE)
      .send(
        new CreateLogicallyAirGappedBackupVaultCommand({ BackupVaultName: 'gap', MinRetentionDays, MaxRetentionDays }),
      );

  test('are locked from the start', async () => {
    await makeAirGapped(7, 30);
    expect(
      await backup.clientOf(SOURCE).send(new DescribeBackupVaultCommand({ BackupVaultName: 'gap' })),
    ).toMatchObject({
      VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
      VaultState: 'AVAILABLE',
      Locked: true,
      MinRetentionDays: 7,
      MaxRetentionDays: 30,
    });
  });

  test.each([
    [6, 30],
    [30, 7],
  ])('fail with a retention of %i to %i days', async (min, max) => {
    await expect(makeAirGapped(min, max)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});
