import type { VaultNotification } from '../backup-api/seams';
import { ACCOUNT_HEADER } from '../workload/account-clients';

/** The `onNotification` seam of AWS Backup: publishes at moto, as the account that the vault is in. */
export function publishNotification(moto: string): (notification: VaultNotification) => Promise<void> {
  return async ({ accountId, region, topicArn, subject, message, attributes }) => {
    const form = new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: topicArn,
      Subject: subject,
      Message: message,
    });
    for (const [index, [name, value]] of Object.entries(attributes).entries()) {
      const entry = `MessageAttributes.entry.${index + 1}`;
      form.set(`${entry}.Name`, name);
      form.set(`${entry}.Value.DataType`, 'String');
      form.set(`${entry}.Value.StringValue`, value);
    }
    const response = await fetch(moto, {
      method: 'POST',
      headers: {
        [ACCOUNT_HEADER]: accountId,
        authorization: `AWS4-HMAC-SHA256 Credential=sandbox/20260101/${region}/sns/aws4_request, SignedHeaders=host, Signature=none`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form.toString(),
    });
    // AWS drops what a topic does not take, and so do we; whatever else there is was a mistake.
    if (!response.ok && response.status !== 404)
      throw new Error(
        `moto did not publish to ${topicArn}: ${response.status} ${(await response.text()).slice(0, 300)}`,
      );
  };
}
