import {
  DeleteBackupVaultLockConfigurationCommand,
  GetBackupVaultAccessPolicyCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { OrganizationsClient, RemoveAccountFromOrganizationCommand } from '@aws-sdk/client-organizations';
import {
  DESTINATION_VAULT,
  type EdgeName,
  IRELAND,
  MANAGEMENT,
  type Organization,
  PRODUCTION,
} from './an-organization';

/** Something that the copies of production need, and what AWS says where it is missing. */
export interface Grant {
  readonly name: string;
  /** Takes it away, and tells how to give it back. */
  take(organization: Organization): Promise<() => Promise<unknown>>;
  /** @default - production alone */
  readonly fails?: readonly EdgeName[];
  readonly message: RegExp;
}

interface Document {
  readonly Statement: readonly { readonly Sid?: string; readonly Effect: string }[];
}

export const without = (text: string | undefined, isTaken: (sid: string) => boolean) => {
  const document = JSON.parse(text ?? '') as Document;
  const Statement = document.Statement.filter(({ Sid = '' }) => !isTaken(Sid));
  if (Statement.length === document.Statement.length) throw new Error('there is no such statement');
  return JSON.stringify({ ...document, Statement });
};

/** Both of which read the policy as deployed, and put it back as it was. */
const vaultStatement = async ({ trial: { ask } }: Organization) => {
  const BackupVaultName = DESTINATION_VAULT;
  const put = (Policy: string | undefined) =>
    ask(IRELAND, (client) => client.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy })));
  const { Policy } = await ask(IRELAND, (client) =>
    client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName })),
  );
  await put(without(Policy, (sid) => sid === 'AllowSourcesToCopyIn'));
  return () => put(Policy);
};

const keyStatement = async (
  { trial }: Organization,
  { accountId, region }: typeof PRODUCTION,
  alias: string,
  isTaken: (sid: string) => boolean,
) => {
  const kms = await kmsOf(trial, { accountId, region });
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
  const which = { KeyId: KeyMetadata?.KeyId, PolicyName: 'default' };
  const { Policy } = await kms.send(new GetKeyPolicyCommand(which));
  await kms.send(new PutKeyPolicyCommand({ ...which, Policy: without(Policy, isTaken) }));
  return () => kms.send(new PutKeyPolicyCommand({ ...which, Policy }));
};

const kmsOf = async ({ aws, operators }: Organization['trial'], place: typeof PRODUCTION) =>
  new KMSClient({ region: place.region, endpoint: aws.url, credentials: await operators.of(place.accountId) });

export const GRANTS: readonly Grant[] = [
  {
    name: "the Allow of the destination's vault policy",
    take: vaultStatement,
    message: /^Access Denied trying to call AWS Backup service$/,
  },
  {
    name: "the statement of the source's key that lets the destination read it",
    take: (organization) =>
      keyStatement(organization, PRODUCTION, 'alias/cab-resource', (sid) =>
        sid.startsWith('AllowBackupOfOtherAccounts'),
      ),
    message: /^Given key ID is not accessible$/,
  },
  {
    name: "the destination's key",
    take: async ({ trial }) => {
      const kms = await kmsOf(trial, IRELAND);
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/cab-destination' }));
      const which = { KeyId: KeyMetadata?.KeyId };
      await kms.send(new DisableKeyCommand(which));
      return () => kms.send(new EnableKeyCommand(which));
    },
    message: /^Given key ID is not accessible$/,
  },
  {
    name: "the policy of the source's backup role",
    take: async ({ trial }) => {
      const credentials = await trial.operators.of(PRODUCTION.accountId);
      const iam = new IAMClient({ region: 'us-east-1', endpoint: trial.aws.url, credentials });
      const which = {
        RoleName: 'cab-backup-us-east-1',
        PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
      };
      await iam.send(new DetachRolePolicyCommand(which));
      return () => iam.send(new AttachRolePolicyCommand(which));
    },
    message: /^Access Denied trying to call AWS Backup service$/,
  },
  {
    name: 'a lock of the destination whose bounds the retention keeps',
    take: async ({ trial: { ask } }) => {
      const which = { BackupVaultName: DESTINATION_VAULT };
      const lock = (MinRetentionDays: number, MaxRetentionDays: number) =>
        ask(IRELAND, async (client) => {
          await client.send(new DeleteBackupVaultLockConfigurationCommand(which));
          await client.send(
            new PutBackupVaultLockConfigurationCommand({ ...which, MinRetentionDays, MaxRetentionDays }),
          );
        });
      await lock(366, 400);
      return () => lock(7, 400);
    },
    message: /365 days/,
  },
  {
    name: 'the switch for copies across accounts',
    take: async ({ trial: { ask } }) => {
      const set = (isCrossAccountBackupEnabled: string) =>
        ask(MANAGEMENT, (client) =>
          client.send(new UpdateGlobalSettingsCommand({ GlobalSettings: { isCrossAccountBackupEnabled } })),
        );
      await set('false');
      return () => set('true');
    },
    fails: ['production', 'staging'],
    message: /^Cross-account copy feature is not enabled for the current organization\.$/,
  },
  {
    name: "the source's membership of the organization",
    take: async ({ trial }) => {
      const { directory } = trial.aws.organizations;
      const { accounts } = directory.setup;
      const attached = directory.attachments.get(PRODUCTION.accountId);
      const credentials = trial.operators.management;
      const client = new OrganizationsClient({ region: 'us-east-1', endpoint: trial.aws.url, credentials });
      await client.send(new RemoveAccountFromOrganizationCommand({ AccountId: PRODUCTION.accountId }));
      client.destroy();
      return async () => {
        directory.setup.accounts = accounts;
        if (attached) directory.attachments.set(PRODUCTION.accountId, attached);
      };
    },
    message: /^Copy job failed\. Both source and destination account must be a member of the same organization\.$/,
  },
];
