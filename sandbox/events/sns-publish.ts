import { ACCOUNT_HEADER } from '../tools/act-as';
import type { AccountPlace } from '../workload/account-clients';

/** What a topic is told. */
export interface Publication {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Publishes at moto, as an account of its own. */
export async function publish(moto: string, { accountId, region }: AccountPlace, given: Publication): Promise<void> {
  const { topicArn, message, subject, attributes = {} } = given;
  const form = new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: topicArn,
    Message: message,
    ...(subject === undefined ? {} : { Subject: subject }),
  });
  for (const [index, [name, value]] of Object.entries(attributes).entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    form.set(`${entry}.Name`, name);
    form.set(`${entry}.Value.DataType`, 'String');
    form.set(`${entry}.Value.StringValue`, value);
  }
  const scope = `Credential=sandbox/20260101/${region}/sns/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`;
  const headers = { [ACCOUNT_HEADER]: accountId, authorization };
  const response = await fetch(moto, { method: 'POST', headers, body: form });
  // AWS drops in silence what goes to a topic that is not there.
  if (!response.ok && response.status !== 404)
    throw new Error(`moto did not publish to ${topicArn}: ${response.status} ${(await response.text()).slice(0, 300)}`);
}
