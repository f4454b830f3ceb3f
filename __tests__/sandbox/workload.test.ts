import {
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DescribeRecoveryPointCommand,
  StartBackupJobCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { DeleteVolumeCommand } from '@aws-sdk/client-ec2';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Resource } from '../../sandbox/backup-api/seams';
import { actAs } from '../../sandbox/tools/act-as';
import { type Moto, motoIsMissing, startMoto } from '../../sandbox/tools/moto';
import { openClients } from '../../sandbox/workload/account-clients';
import { type MadeResource, makeWorkload, readWorkload, WORKLOAD_TYPES } from '../../sandbox/workload/workload';
import { describeWhere } from '../support/describe-where';
import { type Running, startBackup } from './backup-client';

const ACCOUNT = '111111111111';
const PLACE = { accountId: ACCOUNT, region: 'eu-west-1' };
const ROLE = `arn:aws:iam::${ACCOUNT}:role/backup`;
const VAULT_KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-1111-4111-8111-111111111111`;
const TYPES = Object.keys(WORKLOAD_TYPES);
const FULLY_MANAGED = ['EFS', 'S3'];
const TIMEOUT_MS = 60_000;

const missing = motoIsMissing();
describeWhere({ missing, what: "the sandbox's workload" }, 'a workload', () => {
  let moto: Moto;
  let backup: Running;
  let made: readonly MadeResource[];
  let keys: { readonly shared: string; readonly unshared: string };
  const of = (type: string, variant: MadeResource['variant']) =>
    made.find((one) => one.type === type && one.variant === variant)?.arn ?? '';
  const read = (): Promise<readonly Resource[]> => readWorkload(moto.url)(ACCOUNT, 'eu-west-1');

  beforeAll(async () => {
    moto = await startMoto();
    keys = { shared: await makeKey(), unshared: await makeKey() };
    const order = {
      tags: { Backup: 'true' },
      types: [...TYPES, 'DocumentDB'],
      sharedKeyArn: keys.shared,
      unsharedKeyArn: keys.unshared,
    };
    const workload = await makeWorkload(moto.url, PLACE, order);
    made = workload.made;
    expect(workload.lacking).toEqual(['DocumentDB']);
    backup = await startBackup({ resources: readWorkload(moto.url) });
    const vault = { BackupVaultName: 'main', EncryptionKeyArn: VAULT_KEY };
    await backup.clientOf(ACCOUNT, 'eu-west-1').send(new CreateBackupVaultCommand(vault));
  }, TIMEOUT_MS);
  afterAll(async () => {
    await backup?.stop();
    await moto?.stop();
  });

  const makeKey = async () => {
    const given = { region: PLACE.region, endpoint: moto.url };
    const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'none' };
    const client = actAs(PLACE.accountId, new KMSClient({ ...given, credentials }));
    const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
    client.destroy();
    return KeyMetadata?.Arn ?? '';
  };

  test('is read back from moto with its tags and keys', async () => {
    const found = await read();
    const wanted = made.map(({ type, variant, arn }) => ({
      arn,
      type,
      tags: variant === 'untagged' ? {} : { Backup: 'true' },
      keyArn: { 'shared-key': keys.shared, 'unshared-key': keys.unshared }[variant as string],
    }));

    expect(made).toHaveLength(4 * TYPES.length);
    for (const { tags, ...one } of wanted)
      expect(found).toContainEqual(expect.objectContaining({ ...one, tags: expect.objectContaining(tags) }));
    const others = found.filter(({ arn }) => !made.some((one) => one.arn === arn));
    expect(others.map(({ type }) => type)).toEqual(Array(4).fill('EBS'));
  });

  test('is of its account and Region alone', async () => {
    await expect(readWorkload(moto.url)('222222222222', 'eu-west-1')).resolves.toEqual([]);
    await expect(readWorkload(moto.url)(ACCOUNT, 'us-east-1')).resolves.toEqual([]);
  });

  test('is what is there when a plan runs', async () => {
    const client = backup.clientOf(ACCOUNT, 'eu-west-1');
    const Rules = [{ RuleName: 'daily', TargetBackupVaultName: 'main' }];
    const plan = { BackupPlan: { BackupPlanName: 'daily', Rules } };
    const { BackupPlanId: planId = '' } = await client.send(new CreateBackupPlanCommand(plan));
    const StringEquals = [{ ConditionKey: 'aws:ResourceTag/Backup', ConditionValue: 'true' }];
    const BackupSelection = {
      SelectionName: 'tagged',
      IamRoleArn: ROLE,
      Resources: ['*'],
      Conditions: { StringEquals },
    };
    await client.send(new CreateBackupSelectionCommand({ BackupPlanId: planId, BackupSelection }));
    const ResourceTypeOptInPreference = { ...Object.fromEntries(TYPES.map((type) => [type, true])), EC2: false };
    await client.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference }));
    const run = async () => (await backup.runPlan({ ...PLACE, planId })).backupJobIds.length;

    expect(await run()).toBe(3 * (TYPES.length - 1));
    await makeWorkload(moto.url, { ...PLACE, region: 'us-east-1' }, { tags: { Backup: 'true' }, types: ['S3', 'EBS'] });
    const clients = openClients(moto.url, PLACE);
    await clients.ec2.send(new DeleteVolumeCommand({ VolumeId: of('EBS', 'no-key').split('/')[1] }));
    clients.close();
    expect(await run()).toBe(3 * (TYPES.length - 1) - 1);
    await backup.world.settled();
  });

  test.each(TYPES)('of %s is backed up under the right key', async (type) => {
    const client = backup.clientOf(ACCOUNT, 'eu-west-1');
    for (const variant of ['shared-key', 'untagged'] as const) {
      const given = { BackupVaultName: 'main', ResourceArn: of(type, variant), IamRoleArn: ROLE };
      const { BackupJobId = '' } = await client.send(new StartBackupJobCommand(given));
      await backup.world.settled();
      const { RecoveryPointArn } = backup.world.place(ACCOUNT, 'eu-west-1').backupJobs.get(BackupJobId) ?? {};
      const there = { BackupVaultName: 'main', RecoveryPointArn };
      const { EncryptionKeyArn, IsEncrypted } = await client.send(new DescribeRecoveryPointCommand(there));

      const own = variant === 'shared-key' ? keys.shared : undefined;
      expect(EncryptionKeyArn).toBe(FULLY_MANAGED.includes(type) ? VAULT_KEY : own);
      expect(IsEncrypted).toBe(EncryptionKeyArn !== undefined);
    }
  });
});
