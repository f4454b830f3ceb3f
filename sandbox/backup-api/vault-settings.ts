import { invalidRequest, invalidValue, notFound } from './errors';
import { vaultOf } from './lookups';
import type { Handlers } from './operations';

/** What a vault's policy and its notifications say. */
export const vaultSettingsHandlers = {
  PutBackupVaultAccessPolicy: ({ BackupVaultName, Policy }, call) => {
    const vault = vaultOf(call, BackupVaultName);
    if (Policy === undefined) throw invalidValue('Policy is required');
    refuseBadPolicy(Policy);
    vault.policy = Policy;
    return {};
  },

  GetBackupVaultAccessPolicy: ({ BackupVaultName }, call) => {
    const { name, arn, policy } = vaultOf(call, BackupVaultName);
    if (policy === undefined) throw notFound('Backup vault access policy', name);
    return { BackupVaultName: name, BackupVaultArn: arn, Policy: policy };
  },

  DeleteBackupVaultAccessPolicy: ({ BackupVaultName }, call) => {
    vaultOf(call, BackupVaultName).policy = undefined;
    return {};
  },

  PutBackupVaultNotifications: ({ BackupVaultName, SNSTopicArn, BackupVaultEvents }, call) => {
    const [, , service, region, accountId] = SNSTopicArn.split(':');
    if (service !== 'sns' || accountId !== call.accountId || region !== call.region || SNSTopicArn.endsWith('.fifo'))
      throw invalidValue(`Invalid SNS topic ${SNSTopicArn}`, SNSTopicArn);
    vaultOf(call, BackupVaultName).notifications = { topicArn: SNSTopicArn, events: [...BackupVaultEvents] };
    return {};
  },

  GetBackupVaultNotifications: ({ BackupVaultName }, call) => {
    const { name, arn, notifications } = vaultOf(call, BackupVaultName);
    if (!notifications) throw notFound('Backup vault notifications', name);
    const events = notifications.events as [];
    return {
      BackupVaultName: name,
      BackupVaultArn: arn,
      SNSTopicArn: notifications.topicArn,
      BackupVaultEvents: events,
    };
  },

  DeleteBackupVaultNotifications: ({ BackupVaultName }, call) => {
    vaultOf(call, BackupVaultName).notifications = undefined;
    return {};
  },
} satisfies Handlers;

/**
 * AWS Backup takes a policy only with actions spelled out: one of `backup:*` is refused.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
function refuseBadPolicy(text: string): void {
  const statements = parse(text).Statement;
  for (const statement of [statements].flat()) {
    const { Principal, Action, NotAction } = (statement ?? {}) as Record<string, unknown>;
    const actions = [Action ?? NotAction].flat();
    const isSpelledOut = actions.every((action) => typeof action === 'string' && /^backup:[a-z]+$/i.test(action));
    if (Principal === undefined || !isSpelledOut) throw invalidValue('The specified policy is not valid.', text);
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === 'object' && policy !== null) return policy as Record<string, unknown>;
  } catch {}
  throw invalidRequest('The specified policy is not valid JSON.');
}
