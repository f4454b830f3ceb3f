import {
  DisableAllowedImagesSettingsCommand,
  EC2Client,
  EnableAllowedImagesSettingsCommand,
} from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { ANY_CREDENTIALS, actAs } from '../../sandbox/tools/act-as';
import { iamOf } from '../../sandbox/trial/found-organization';
import type { Trial } from '../../sandbox/trial/trial';
import type { Fault, Undo } from './audit-faults';

const SOURCE = '111111111111';
const DESTINATION = '222222222222';
const OF_SOURCE = `${SOURCE} us-east-1`;
const OF_DESTINATION = `${DESTINATION} eu-west-1`;
const BACKUP_ROLE = 'cab-backup-us-east-1';
const RESTORE_ROLE = 'cab-restore-eu-west-1';
const MANAGED = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';

/** Something done with IAM past every policy, and what takes it back. */
const inIam =
  (accountId: string, act: (iam: IAMClient) => Promise<() => Promise<unknown>>) =>
  async ({ aws }: Trial): Promise<Undo> => {
    const iam = iamOf(aws.motoUrl, accountId);
    const back = await act(iam);
    return async () => {
      await back();
      iam.destroy();
    };
  };

const decoded = (document: string | undefined) => decodeURIComponent(document ?? '');

/** Faults of the roles that AWS Backup works under, and of its own. */
export const ROLE_FAULTS: readonly Fault[] = [
  {
    name: 'a role that anybody may take',
    plant: inIam(SOURCE, async (iam) => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: BACKUP_ROLE }));
      const before = decoded(Role?.AssumeRolePolicyDocument);
      const trust = JSON.parse(before) as { Statement: { Condition?: object }[] };
      for (const statement of trust.Statement) delete statement.Condition;
      const put = (PolicyDocument: string) =>
        new UpdateAssumeRolePolicyCommand({ RoleName: BACKUP_ROLE, PolicyDocument });
      await iam.send(put(JSON.stringify(trust)));
      return () => iam.send(put(before));
    }),
    findings: [
      `error | ${OF_SOURCE} | trust of backup role cab-backup-us-east-1 | changed: AllowBackupToAssume (without StringEquals aws:sourceaccount 111111111111)`,
    ],
  },
  {
    name: 'a role without its rights',
    plant: inIam(SOURCE, async (iam) => {
      const which = { RoleName: BACKUP_ROLE, PolicyArn: MANAGED };
      await iam.send(new DetachRolePolicyCommand(which));
      return () => iam.send(new AttachRolePolicyCommand(which));
    }),
    findings: [
      `error | ${OF_SOURCE} | policies of backup role cab-backup-us-east-1 | lacks AWSBackupServiceRolePolicyForBackup`,
    ],
  },
  {
    name: 'a role with too many rights',
    plant: inIam(DESTINATION, async (iam) => {
      const which = { RoleName: RESTORE_ROLE, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
      await iam.send(new AttachRolePolicyCommand(which));
      return () => iam.send(new DetachRolePolicyCommand(which));
    }),
    findings: [
      `warning | ${OF_DESTINATION} | policies of restore role cab-restore-eu-west-1 | has AdministratorAccess besides`,
    ],
  },
  {
    name: 'a role with rights of somebody’s own making',
    plant: inIam(DESTINATION, async (iam) => {
      const which = { RoleName: RESTORE_ROLE, PolicyName: 'Everything' };
      const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      await iam.send(new PutRolePolicyCommand({ ...which, PolicyDocument }));
      return () => iam.send(new DeleteRolePolicyCommand(which));
    }),
    findings: [`warning | ${OF_DESTINATION} | policies of restore role cab-restore-eu-west-1 | has Everything besides`],
  },
  {
    name: 'a role that can no longer copy back',
    plant: inIam(DESTINATION, async (iam) => {
      const which = { RoleName: RESTORE_ROLE, PolicyName: 'CopyBack' };
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(which));
      await iam.send(new DeleteRolePolicyCommand(which));
      return () => iam.send(new PutRolePolicyCommand({ ...which, PolicyDocument: decoded(PolicyDocument) }));
    }),
    findings: [`error | ${OF_DESTINATION} | policy CopyBack of restore role cab-restore-eu-west-1 | not there`],
  },
  {
    name: 'an account without AWS Backup’s own role',
    plant: inIam(DESTINATION, async (iam) => {
      const PathPrefix = '/aws-service-role/backup.amazonaws.com/';
      const { Roles: [role] = [] } = await iam.send(new ListRolesCommand({ PathPrefix }));
      const { RoleName } = role ?? {};
      await iam.send(new DeleteRoleCommand({ RoleName }));
      const again = { RoleName, Path: PathPrefix, AssumeRolePolicyDocument: decoded(role?.AssumeRolePolicyDocument) };
      return () => iam.send(new CreateRoleCommand(again));
    }),
    findings: [`error | ${DESTINATION} | service-linked role of AWS Backup | not there`],
  },
];

type WithKey = (kms: KMSClient, KeyId: string) => Promise<() => Promise<unknown>>;

/** Something done with the key of an alias past every policy, and what takes it back. */
const inKms =
  (accountId: string, region: string, alias: string, act: WithKey) =>
  async ({ aws }: Trial): Promise<Undo> => {
    const kms = actAs(accountId, new KMSClient({ region, endpoint: aws.motoUrl, credentials: ANY_CREDENTIALS }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
    const back = await act(kms, KeyMetadata?.KeyId ?? '');
    return async () => {
      await back();
      kms.destroy();
    };
  };

const ofSource = (alias: string, act: WithKey) => inKms(SOURCE, 'us-east-1', alias, act);
const ofDestination = (act: WithKey) => inKms(DESTINATION, 'eu-west-1', 'alias/cab-destination', act);

/** Faults of keys, and of what else stands between a recovery point and its restore. */
export const KEY_FAULTS: readonly Fault[] = [
  {
    name: 'a key that is disabled',
    plant: ofDestination(async (kms, KeyId) => {
      await kms.send(new DisableKeyCommand({ KeyId }));
      return () => kms.send(new EnableKeyCommand({ KeyId }));
    }),
    findings: [`error | ${OF_DESTINATION} | key of the vault, alias/cab-destination | Disabled`],
  },
  {
    name: 'a key that is about to be deleted',
    plant: ofSource('alias/cab-resource', async (kms, KeyId) => {
      await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 30 }));
      return async () => {
        await kms.send(new CancelKeyDeletionCommand({ KeyId }));
        await kms.send(new EnableKeyCommand({ KeyId }));
      };
    }),
    findings: [`error | ${OF_SOURCE} | key of resources, alias/cab-resource | PendingDeletion`],
  },
  {
    name: 'a key that does not rotate',
    plant: ofSource('alias/cab-source', async (kms, KeyId) => {
      await kms.send(new DisableKeyRotationCommand({ KeyId }));
      return () => kms.send(new EnableKeyRotationCommand({ KeyId }));
    }),
    findings: [`warning | ${OF_SOURCE} | rotation of key of the vault, alias/cab-source | off`],
  },
  {
    name: 'a key that is shared no more',
    plant: ofSource('alias/cab-resource', async (kms, KeyId) => {
      const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
      const put = (text: string) => new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: text });
      const document = JSON.parse(Policy) as { Statement: { Sid: string }[] };
      const kept = document.Statement.filter(({ Sid }) => /^(AllowAccountAdministration|Deny)/.test(Sid));
      await kms.send(put(JSON.stringify({ ...document, Statement: kept })));
      return () => kms.send(put(Policy));
    }),
    findings: [`error | ${OF_SOURCE} | policy of key of resources, alias/cab-resource | lacks `],
  },
  {
    name: 'a vault under another key',
    plant: async ({ aws }) => {
      const vault = aws.backup.world.vaultAt('arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source');
      if (!vault) throw new Error('there is no vault cab-source');
      const before = vault.keyArn;
      Object.assign(vault, { keyArn: 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-4000-8000-000000000000' });
      return async () => Object.assign(vault, { keyArn: before });
    },
    findings: [`error | ${OF_SOURCE} | key of vault cab-source | arn:aws:kms:us-east-1:111111111111:key/00000000`],
  },
  {
    name: 'an alias that is gone',
    plant: ofSource('alias/cab-source', async (kms, KeyId) => {
      await kms.send(new DeleteAliasCommand({ AliasName: 'alias/cab-source' }));
      return () => kms.send(new CreateAliasCommand({ AliasName: 'alias/cab-source', TargetKeyId: KeyId }));
    }),
    findings: [`error | ${OF_SOURCE} | key of the vault, alias/cab-source | not there`],
  },
  {
    name: 'an account that takes the images of some owners alone',
    plant: async ({ aws, operators }) => {
      const credentials = await operators.of(DESTINATION);
      const ec2 = new EC2Client({ region: 'eu-west-1', endpoint: aws.url, credentials });
      await ec2.send(new EnableAllowedImagesSettingsCommand({ AllowedImagesSettingsState: 'enabled' }));
      return async () => {
        await ec2.send(new DisableAllowedImagesSettingsCommand({}));
        ec2.destroy();
      };
    },
    findings: [
      `error | ${OF_DESTINATION} | allowed AMIs of EC2 | enabled, and no criterion takes all images of 111111111111`,
    ],
  },
];
