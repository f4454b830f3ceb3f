import { DeleteSnapshotCommand, DescribeSnapshotsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  AttachUserPolicyCommand,
  CreateRoleCommand,
  DeleteServiceLinkedRoleCommand,
  DetachUserPolicyCommand,
  GetRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  KMSClient,
  ListKeysCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-kms';
import { DeleteDBSnapshotCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';
import { describeWithMoto, document } from './policed';
import { type ClientConfig, type PolicedWorld, startPolicedWorld } from './policed-world';

const TAG = { TagKey: 'backup-protection', TagValue: 'on' };
const PROTECTED = { StringEquals: { [`aws:ResourceTag/${TAG.TagKey}`]: TAG.TagValue } };
const ownersAccess = (accountId: string) => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: 'kms:*',
  Resource: '*',
});
const notAuthorized = (action: string) =>
  new RegExp(`^User: arn:aws:\\S+ is not authorized to perform: ${action} on resource: \\S+ `);
const NO_IDENTITY = 'because no identity-based policy allows the';
const SCP = 'with an explicit deny in a service control policy';

describeWithMoto('the guard of what goes to moto', () => {
  let world: PolicedWorld;

  beforeAll(async () => {
    world = await startPolicedWorld();
  }, 60_000);
  afterAll(() => world.stop());
  afterEach(() => world.control());

  const kms = (config: ClientConfig) => new KMSClient(config);
  const aKey = async (account = SOURCE, ...statements: object[]) => {
    const Policy = document(ownersAccess(account), ...statements);
    const client = kms(world.administrator(account));
    const { KeyMetadata } = await client.send(new CreateKeyCommand({ Policy, Tags: [TAG] }));
    return { id: KeyMetadata?.KeyId ?? '', arn: KeyMetadata?.Arn ?? '' };
  };

  test('refuses in every protocol what no policy of the caller allows', async () => {
    const reader = await world.user('reader', { Effect: 'Allow', Action: ['kms:List*'], Resource: '*' });
    await kms(reader).send(new ListKeysCommand({}));
    const refused: [Promise<unknown>, string, string][] = [
      [kms(reader).send(new CreateKeyCommand({})), 'AccessDeniedException', 'kms:CreateKey'],
      [new IAMClient(reader).send(new GetRoleCommand({ RoleName: 'none' })), 'AccessDenied', 'iam:GetRole'],
      [
        new RDSClient(reader).send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: 'a' })),
        'AccessDenied',
        'rds:DeleteDBSnapshot',
      ],
      [
        new S3Client(reader).send(new CreateBucketCommand({ Bucket: 'some-bucket' })),
        'AccessDenied',
        's3:CreateBucket',
      ],
      [new SQSClient(reader).send(new CreateQueueCommand({ QueueName: 'a' })), 'AccessDenied', 'sqs:CreateQueue'],
      [
        new EventBridgeClient(reader).send(new PutRuleCommand({ Name: 'a' })),
        'AccessDeniedException',
        'events:PutRule',
      ],
    ];
    for (const [sent, name, action] of refused) {
      const error = await sent.then(
        () => new Error('was allowed'),
        (reason: Error) => reason,
      );
      expect([error.name, error.message]).toEqual([name, expect.stringMatching(notAuthorized(action))]);
      expect(error.message).toContain(`${NO_IDENTITY} ${action} action`);
    }
    const describe = new EC2Client(reader).send(new DescribeSnapshotsCommand({}));
    await expect(describe).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining('You are not authorized to perform this operation. User: '),
    });
    const { Account } = await new STSClient(reader).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe(SOURCE);
  });

  test('refuses to delete or retag a key where a service control policy says so, root users too', async () => {
    const { arn, id } = await aKey();
    const exempt = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci/deploy' } };
    world.control(
      {
        Effect: 'Deny',
        Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
        Resource: '*',
        Condition: { ...PROTECTED, ...exempt },
      },
      {
        Effect: 'Deny',
        Action: 'kms:TagResource',
        Resource: '*',
        Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': TAG.TagKey } },
      },
    );
    for (const config of [world.administrator(SOURCE), world.root(SOURCE)]) {
      await expect(kms(config).send(new ScheduleKeyDeletionCommand({ KeyId: id }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringMatching(new RegExp(`ScheduleKeyDeletion on resource: ${arn} ${SCP}$`)),
      });
      await expect(kms(config).send(new TagResourceCommand({ KeyId: id, Tags: [TAG] }))).rejects.toThrow(SCP);
    }
    const team = [{ TagKey: 'team', TagValue: 'a' }];
    await kms(world.administrator(SOURCE)).send(new TagResourceCommand({ KeyId: id, Tags: team }));
    await kms(await world.session('deploy')).send(new DisableKeyCommand({ KeyId: id }));
    const other = await aKey(MANAGEMENT);
    await kms(world.administrator(MANAGEMENT)).send(new ScheduleKeyDeletionCommand({ KeyId: other.id }));
  });

  test('reads the policy of a key, by whatever name the key is called', async () => {
    const spared = `arn:aws:iam::${SOURCE}:role/ci/break-glass`;
    const deny = {
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:ScheduleKeyDeletion'],
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': spared } },
    };
    const { id, arn } = await aKey(SOURCE, deny);
    const client = kms(world.administrator(SOURCE));
    await client.send(new CreateAliasCommand({ AliasName: 'alias/guarded', TargetKeyId: id }));
    const schedule = (config: ClientConfig, KeyId: string) =>
      kms(config).send(new ScheduleKeyDeletionCommand({ KeyId }));
    for (const KeyId of [id, arn, 'alias/guarded', arn.replace(/key\/.*/, 'alias/guarded')])
      await expect(schedule(world.administrator(SOURCE), KeyId)).rejects.toThrow(
        'with an explicit deny in a resource-based policy',
      );
    await expect(schedule(world.root(SOURCE), id)).rejects.toThrow('resource-based policy');
    await schedule(await world.session('break-glass'), id);
  });

  test('lets a key be used only by whom its policy means', async () => {
    const { id, arn } = await aKey();
    const client = kms(world.administrator(SOURCE));
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: id, Plaintext: Buffer.from('secret') }));
    const foreign = new DescribeKeyCommand({ KeyId: arn });
    await expect(kms(world.administrator(OUTSIDER)).send(foreign)).rejects.toThrow(
      'because no resource-based policy allows the kms:DescribeKey action',
    );
    const Policy = document({ ...ownersAccess(SOURCE), Action: ['kms:Describe*', 'kms:PutKeyPolicy'] });
    await client.send(new PutKeyPolicyCommand({ KeyId: id, PolicyName: 'default', Policy }));
    await client.send(new DescribeKeyCommand({ KeyId: id }));
    await expect(client.send(new DecryptCommand({ CiphertextBlob }))).rejects.toThrow(
      'because no resource-based policy allows the kms:Decrypt action',
    );
    await expect(client.send(new DescribeKeyCommand({ KeyId: 'alias/none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('lets a role be taken only if its trust policy and the caller’s policies both allow it', async () => {
    const RoleName = 'trusting';
    const trusting = (AWS: string) => document({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
    const iam = new IAMClient(world.administrator(DESTINATION));
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(MANAGEMENT) }));
    const RoleArn = `arn:aws:iam::${DESTINATION}:role/${RoleName}`;
    const take = (config: ClientConfig, arn = RoleArn) =>
      new STSClient(config).send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'x' }));

    await take(world.administrator(MANAGEMENT));
    await expect(take(world.administrator(SOURCE))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(/because no role trust policy allows the sts:AssumeRole action$/),
    });
    await expect(take(world.administrator(MANAGEMENT), `${RoleArn}-none`)).rejects.toThrow(
      new RegExp(`not authorized to perform: sts:AssumeRole on resource: ${RoleArn}-none$`),
    );
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trusting(SOURCE) }));
    await take(world.administrator(SOURCE));
    await expect(take(world.administrator(MANAGEMENT))).rejects.toThrow('role trust policy');
    const weak = await world.user('weak', { Effect: 'Allow', Action: 'sts:Get*', Resource: '*' });
    await expect(take(weak)).rejects.toThrow(NO_IDENTITY);
  });

  test('protects roles and AWS Backup’s own by their ARNs', async () => {
    const guarded = [
      'arn:aws:iam::*:role/ci/kept',
      'arn:aws:iam::*:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
    ];
    await world.session('kept');
    world.control({ Effect: 'Deny', Action: 'iam:*', Resource: guarded });
    const iam = new IAMClient(world.administrator(SOURCE));
    await expect(iam.send(new GetRoleCommand({ RoleName: 'kept' }))).rejects.toThrow(SCP);
    // Moto's own name for it differs in a letter.
    const own = new DeleteServiceLinkedRoleCommand({ RoleName: 'AWSServiceRoleForbackup' });
    await expect(iam.send(own)).rejects.toThrow(SCP);
    const made = { RoleName: 'kept', Path: '/ci/', AssumeRolePolicyDocument: document() };
    await expect(iam.send(new CreateRoleCommand(made))).rejects.toThrow(SCP);
  });

  test('knows the tags of snapshots behind recovery points', async () => {
    const vault = world.backup.world.place(SOURCE, 'us-east-1');
    const RecoveryPointArn = 'arn:aws:ec2:us-east-1::snapshot/snap-1';
    vault.vaults.set('main', { recoveryPoints: new Map([[RecoveryPointArn, { ResourceArn: 'a/vol-1' }]]) } as never);
    const Null = { 'aws:ResourceTag/aws:backup:source-resource': 'false' };
    world.control({ Effect: 'Deny', Action: 'ec2:DeleteSnapshot', Resource: '*', Condition: { Null } });
    const remove = (SnapshotId: string) =>
      new EC2Client(world.administrator(SOURCE)).send(new DeleteSnapshotCommand({ SnapshotId }));
    await expect(remove('snap-1')).rejects.toThrow(SCP);
    await expect(remove('snap-2')).rejects.toMatchObject({ name: 'InvalidSnapshot.NotFound' });
  });

  test('notices at once what goes through the gateway', async () => {
    const late = await world.user('late', { Effect: 'Allow', Action: 'sts:*', Resource: '*' });
    const list = () => kms(late).send(new ListKeysCommand({}));
    const policy = { UserName: 'late', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    const iam = new IAMClient(world.administrator(SOURCE));
    await expect(list()).rejects.toThrow(NO_IDENTITY);
    await iam.send(new AttachUserPolicyCommand(policy));
    await list();
    await iam.send(new DetachUserPolicyCommand(policy));
    await expect(list()).rejects.toThrow(NO_IDENTITY);
  });

  test('does not hold objects of S3 up', async () => {
    const s3 = new S3Client(world.administrator(SOURCE));
    await s3.send(new CreateBucketCommand({ Bucket: 'objects' }));
    const where = { Bucket: 'objects', Key: 'a/large one' };
    await s3.send(new PutObjectCommand({ ...where, Body: Buffer.alloc(3_000_000), ContentType: 'application/json' }));
    expect((await s3.send(new GetObjectCommand(where))).ContentLength).toBe(3_000_000);
    world.control({ Effect: 'Deny', Action: 's3:PutObject', Resource: 'arn:aws:s3:::objects/a/*' });
    const again = s3.send(new PutObjectCommand({ ...where, Body: Buffer.alloc(3_000_000) }));
    await expect(again).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining(SCP) });
  });
});
