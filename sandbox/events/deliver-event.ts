import { randomUUID } from 'node:crypto';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  ResourceNotFoundException,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { QueueDoesNotExist, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { BackupEvent } from '../backup-api/seams';
import { actAs } from '../tools/act-as';
import type { AccountPlace } from '../workload/account-clients';
import { matchesPattern } from './event-pattern';
import { publish } from './sns-publish';
import { type BusEvent, messageFor } from './target-message';

/** A bus of an account. */
interface Bus extends AccountPlace {
  readonly name: string;
}

/** What is to be delivered, and who hears of a target that nobody delivers to. */
interface Delivery {
  readonly moto: string;
  readonly event: BusEvent;
  /** Whether it has come from another bus: EventBridge takes no event to a third one. */
  readonly isForwarded: boolean;
  readonly onUndelivered: (targetArn: string) => void;
}

/**
 * The `onEvent` seam of AWS Backup: does with an event what the rules say that the account has at moto. Moto's own
 * delivery ends in a 500 at the first target that is a topic, and loses the resources on the way to another bus.
 * @param onUndelivered - hears of targets that are no queue, topic or bus, and of queues that are not there
 */
export function deliverEvent(
  moto: string,
  onUndelivered: (targetArn: string) => void = () => {},
): (event: BackupEvent) => Promise<void> {
  return ({ accountId, region, detailType, resources, detail }) => {
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source: 'aws.backup',
      account: accountId,
      time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources,
      detail,
    };
    return deliver({ accountId, region, name: 'default' }, { moto, event, isForwarded: false, onUndelivered });
  };
}

async function deliver(bus: Bus, delivery: Delivery): Promise<void> {
  for (const target of await targetsOf(bus, delivery)) {
    const [, , service = '', region = '', accountId = '', ...rest] = (target.Arn ?? '').split(':');
    const send = SENDERS[service];
    if (send) await send({ accountId, region, name: rest.join(':') }, target, delivery);
    else delivery.onUndelivered(target.Arn ?? '');
  }
}

type Sender = (to: Bus, target: Target, delivery: Delivery) => Promise<void>;

/** By the service of the target's ARN. */
const SENDERS: Readonly<Record<string, Sender>> = {
  events: async (to, _, delivery) => {
    if (delivery.isForwarded) return;
    await deliver({ ...to, name: to.name.replace(/^event-bus\//, '') }, { ...delivery, isForwarded: true });
  },

  sns: (to, target, { moto, event }) =>
    publish(moto, to, { topicArn: target.Arn ?? '', message: messageFor(target, event) }),

  sqs: async (to, target, { moto, event, onUndelivered }) => {
    const sqs = actAs(to.accountId, new SQSClient(atMoto(moto, to)));
    const QueueUrl = `${moto}/${to.accountId}/${to.name}`;
    const { MessageGroupId } = target.SqsParameters ?? {};
    try {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody: messageFor(target, event) }));
    } catch (error) {
      if (!(error instanceof QueueDoesNotExist)) throw error;
      onUndelivered(target.Arn ?? '');
    } finally {
      sqs.destroy();
    }
  },
};

/** The targets of all enabled rules that the event is for; none of a bus that is not there. */
async function targetsOf(bus: Bus, { moto, event }: Delivery): Promise<readonly Target[]> {
  const client = actAs(bus.accountId, new EventBridgeClient(atMoto(moto, bus)));
  try {
    const { Rules = [] } = await client.send(new ListRulesCommand({ EventBusName: bus.name }));
    const wanted = Rules.filter(
      ({ State, EventPattern }) =>
        State !== 'DISABLED' && EventPattern !== undefined && matchesPattern(JSON.parse(EventPattern), event),
    );
    const targets: Target[] = [];
    for (const { Name } of wanted) {
      const answer = await client.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: bus.name }));
      targets.push(...(answer.Targets ?? []));
    }
    return targets;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  } finally {
    client.destroy();
  }
}

const atMoto = (endpoint: string, { region }: AccountPlace) => ({
  region,
  endpoint,
  credentials: { accessKeyId: 'sandbox', secretAccessKey: 'none' },
});
