import {
  CreateBackupVaultCommand,
  PutBackupVaultLockConfigurationCommand,
  PutBackupVaultNotificationsCommand,
  StartBackupJobCommand,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deliverEvent } from '../../sandbox/events/deliver-event';
import { publishNotification } from '../../sandbox/events/publish-notification';
import { ACCOUNT_HEADER, actAs } from '../../sandbox/tools/act-as';
import { type Moto, motoIsMissing, startMoto } from '../../sandbox/tools/moto';
import { describeWhere } from '../support/describe-where';
import { DESTINATION, type Running, SOURCE, startBackup } from './backup-client';

const PLACE = { accountId: SOURCE, region: 'us-east-1' };
const VOLUME = `arn:aws:ec2:us-east-1:${SOURCE}:volume/vol-1`;
const ROLE = `arn:aws:iam::${SOURCE}:role/backup`;
const vaultArn = (name: string) => `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:${name}`;
const TIMEOUT_MS = 60_000;

const missing = motoIsMissing();
describeWhere({ missing, what: "the sandbox's events" }, 'what happens', () => {
  let moto: Moto;
  let backup: Running;
  const clients: SQSClient[] = [];
  let recoveryPointArn: string;
  let undelivered: string[];

  beforeEach(() => {
    undelivered = [];
  });
  beforeAll(async () => {
    moto = await startMoto();
    backup = await startBackup({
      resources: () => [{ arn: VOLUME, type: 'EBS', tags: {}, sizeInBytes: 1024, keyArn: undefined }],
      onEvent: deliverEvent(moto.url, (arn) => undelivered.push(arn)),
      onNotification: publishNotification(moto.url),
    });
    for (const BackupVaultName of ['main', 'other', 'locked'])
      await client().send(new CreateBackupVaultCommand({ BackupVaultName }));
    const lock = { BackupVaultName: 'locked', MinRetentionDays: 30 };
    await client().send(new PutBackupVaultLockConfigurationCommand(lock));
    recoveryPointArn = await backUp();
  }, TIMEOUT_MS);
  afterAll(async () => {
    for (const one of clients) one.destroy();
    await backup?.stop();
    await moto?.stop();
  });

  const atMoto = () => ({
    region: PLACE.region,
    endpoint: moto.url,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'none' },
  });
  const client = () => backup.clientOf(SOURCE);

  const backUp = async (BackupVaultName = 'main') => {
    const given = { BackupVaultName, ResourceArn: VOLUME, IamRoleArn: ROLE, Lifecycle: { DeleteAfterDays: 7 } };
    const { BackupJobId = '' } = await client().send(new StartBackupJobCommand(given));
    await backup.world.settled();
    return backup.world.place(SOURCE, PLACE.region).backupJobs.get(BackupJobId)?.RecoveryPointArn ?? '';
  };
  const copyTo = async (name: string) => {
    const ends = { SourceBackupVaultName: 'main', DestinationBackupVaultArn: vaultArn(name) };
    const job = { RecoveryPointArn: recoveryPointArn, IamRoleArn: ROLE, ...ends };
    const { CopyJobId } = await client().send(new StartCopyJobCommand(job));
    await backup.world.settled();
    return CopyJobId;
  };

  const makeQueue = async (QueueName: string, at = PLACE) => {
    const sqs = actAs(at.accountId, new SQSClient({ ...atMoto(), region: at.region }));
    clients.push(sqs);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const take = async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
    };
    return { arn: `arn:aws:sqs:${at.region}:${at.accountId}:${QueueName}`, take };
  };
  const makeRule = async (
    Name: string,
    pattern: object,
    targets: readonly Partial<Target>[],
    { at = PLACE, bus = 'default', isDisabled = false } = {},
  ) => {
    const events = actAs(at.accountId, new EventBridgeClient({ ...atMoto(), region: at.region }));
    const there = { EventBusName: bus, EventPattern: JSON.stringify(pattern) };
    if (bus !== 'default') await events.send(new CreateEventBusCommand({ Name: bus }));
    await events.send(new PutRuleCommand({ Name, State: isDisabled ? 'DISABLED' : 'ENABLED', ...there }));
    const Targets = targets.map((target, index) => ({ Arn: undefined, ...target, Id: String(index) }));
    await events.send(new PutTargetsCommand({ Rule: Name, EventBusName: bus, Targets }));
    events.destroy();
  };
  const callSns = async (form: Readonly<Record<string, string>>) => {
    const scope = 'Credential=sandbox/20260101/us-east-1/sns/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`;
    const body = new URLSearchParams({ Version: '2010-03-31', ...form });
    const headers = { [ACCOUNT_HEADER]: SOURCE, authorization };
    expect((await fetch(moto.url, { method: 'POST', headers, body })).status).toBe(200);
  };

  const makeTopic = async (Name: string, Endpoint: string) => {
    const TopicArn = `arn:aws:sns:us-east-1:${SOURCE}:${Name}`;
    await callSns({ Action: 'CreateTopic', Name });
    await callSns({ Action: 'Subscribe', TopicArn, Protocol: 'sqs', Endpoint });
    return TopicArn;
  };

  /** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
  test('reaches the queue of a rule as AWS words it', async () => {
    const queue = await makeQueue('copies');
    const pattern = {
      source: ['aws.backup'],
      'detail-type': ['Copy Job State Change'],
      detail: { state: ['COMPLETED', 'FAILED'] },
    };
    await makeRule('copies', pattern, [{ Arn: queue.arn }]);
    await makeRule('off', pattern, [{ Arn: queue.arn }], { isDisabled: true });
    const good = await copyTo('other');
    const bad = await copyTo('locked');
    const told = await queue.take();

    const common = {
      'detail-type': 'Copy Job State Change',
      source: 'aws.backup',
      account: SOURCE,
      region: 'us-east-1',
      time: expect.stringMatching(/^\d{4}-.*:\d\dZ$/),
      resources: [recoveryPointArn],
    };
    const detail = {
      backupSizeInBytes: 1024,
      resourceArn: VOLUME,
      resourceType: 'EBS',
      iamRoleArn: ROLE,
      creationDate: expect.stringMatching(/^\d{4}-.*Z$/),
      completionDate: expect.stringMatching(/^\d{4}-.*Z$/),
      sourceBackupVaultArn: vaultArn('main'),
    };
    expect(told).toEqual([
      expect.objectContaining({
        ...common,
        detail: {
          ...detail,
          copyJobId: good,
          state: 'COMPLETED',
          destinationBackupVaultArn: vaultArn('other'),
          destinationRecoveryPointArn: expect.stringMatching(/^arn:aws:ec2:us-east-1::snapshot\/snap-/),
        },
      }),
      expect.objectContaining({
        ...common,
        detail: {
          ...detail,
          copyJobId: bad,
          state: 'FAILED',
          statusMessage: expect.stringContaining('Vault Lock'),
          destinationBackupVaultArn: vaultArn('locked'),
          destinationRecoveryPointArn: {},
        },
      }),
    ]);
  });

  test('reaches topics, in the words of the rule, and says what it cannot reach', async () => {
    const queue = await makeQueue('failures');
    const topic = await makeTopic('failures', queue.arn);
    const InputTransformer = {
      InputPathsMap: { job: '$.detail.copyJobId', from: '$.resources[0]', all: '$.detail.createdBy' },
      InputTemplate: '"Job <job> of <from> failed<all>"',
    };
    const lambda = `arn:aws:lambda:us-east-1:${SOURCE}:function:one`;
    const pattern = { detail: { state: ['FAILED'], destinationBackupVaultArn: [{ suffix: ':locked' }] } };
    await makeRule('failures', pattern, [
      { Arn: lambda },
      { Arn: `${queue.arn}-gone` },
      { Arn: topic, InputTransformer },
    ]);
    const failed = await copyTo('locked');

    const [told, ...more] = await queue.take();
    expect(told?.Message).toBe(`"Job ${failed} of ${recoveryPointArn} failed"`);
    expect(more).toEqual([]);
    expect(undelivered).toEqual([lambda, `${queue.arn}-gone`]);
  });

  test('reaches the bus of another account with all that it had, and goes no further', async () => {
    const at = { accountId: DESTINATION, region: 'eu-west-1' };
    const busArn = (name: string) => `arn:aws:events:eu-west-1:${DESTINATION}:event-bus/${name}`;
    const queue = await makeQueue('central', at);
    const pattern = { source: ['aws.backup'], detail: { state: ['COMPLETED'], copyJobId: [{ exists: true }] } };
    await makeRule('forward', pattern, [{ Arn: busArn('first') }]);
    await makeRule('take', pattern, [{ Arn: queue.arn, InputPath: '$.resources' }, { Arn: busArn('second') }], {
      at,
      bus: 'first',
    });
    await makeRule('never', pattern, [{ Arn: queue.arn }], { at, bus: 'second' });
    await copyTo('other');

    expect(await queue.take()).toEqual([[recoveryPointArn]]);
  });

  /** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html */
  test('reaches the topic of a vault as far as it was asked for', async () => {
    const queue = await makeQueue('notes');
    const SNSTopicArn = await makeTopic('notes', queue.arn);
    for (const BackupVaultName of ['main', 'locked']) {
      const BackupVaultEvents = ['BACKUP_JOB_COMPLETED', 'COPY_JOB_FAILED'] as const;
      const given = { BackupVaultName, SNSTopicArn, BackupVaultEvents: [...BackupVaultEvents] };
      await client().send(new PutBackupVaultNotificationsCommand(given));
    }
    const made = await backUp();
    await backUp('locked');
    await copyTo('other');
    const failed = await copyTo('locked');
    const told = (await queue.take()).map(({ Subject, Message, MessageAttributes }) => ({
      subject: Subject,
      message: Message,
      state: (MessageAttributes as { State: { Value: string } }).State.Value,
    }));

    const subject = 'Notification from AWS Backup';
    const successful = `An AWS Backup job was completed successfully. Recovery point ARN: ${made}. Resource ARN : ${VOLUME}. BackupJob ID : `;
    expect(told).toEqual([
      { subject, message: expect.stringContaining(successful), state: 'COMPLETED' },
      {
        subject,
        message: expect.stringContaining(`An AWS Backup job failed. Resource ARN : ${VOLUME}.`),
        state: 'FAILED',
      },
      { subject, message: expect.stringContaining(`CopyJob ID : ${failed}`), state: 'FAILED' },
    ]);
  });
});
