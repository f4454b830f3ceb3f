import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { BackupApi } from '../../sandbox/backup-api/backup-api';
import { startEmulatedAws } from '../../sandbox/emulated-aws';
import type { Directory } from '../../sandbox/organizations-api/directory';
import type { Enforcer } from '../../sandbox/policy/enforcer';
import { actAs } from '../../sandbox/tools/act-as';
import { aSetup } from './a-directory';
import { DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';
import { document } from './policed';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const VOLUME = `arn:aws:ec2:us-east-1:${SOURCE}:volume/vol-1`;
const EVERYTHING = document({ Effect: 'Allow', Action: '*', Resource: '*' });

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a real client takes. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
  readonly forcePathStyle: boolean;
}

/** A sandbox that enforces policies, with an administrator in every account. */
export interface PolicedWorld {
  readonly directory: Directory;
  readonly backup: BackupApi;
  readonly enforcer: Enforcer;
  /** By account, a user who may do everything. */
  administrator(accountId: string): ClientConfig;
  root(accountId: string): ClientConfig;
  /** A user of the source who has just this policy. */
  user(name: string, ...statements: object[]): Promise<ClientConfig>;
  /** A session of a role of the source that may do everything. */
  session(roleName: string): Promise<ClientConfig>;
  /** Makes this the one service control policy besides AWS's own; nothing takes it away. */
  control(...statements: object[]): void;
  /** Moto itself, past everything. */
  iam(accountId: string): IAMClient;
  stop(): Promise<void>;
}

export async function startPolicedWorld(): Promise<PolicedWorld> {
  const aws = await startEmulatedAws({
    organization: aSetup(MANAGEMENT),
    resources: () => [{ arn: VOLUME, type: 'EBS', tags: {}, sizeInBytes: 1, keyArn: undefined }],
    jobDelayMilliseconds: 1,
    // Moto has no keys of root users.
    identify: (byMoto) => async (key) =>
      /^\d+$/.test(key) ? { accountId: key, arn: `arn:aws:iam::${key}:root` } : byMoto(key),
  });
  const { backup, enforcer } = aws;
  const { directory } = aws.organizations;
  const configOf = (credentials: Credentials, endpoint = aws.url): ClientConfig => ({
    endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    forcePathStyle: true,
  });
  const nobody = { accessKeyId: 'x', secretAccessKey: 'y' };
  const iam = (accountId: string) => actAs(accountId, new IAMClient(configOf(nobody, aws.motoUrl)));
  const makeUser = async (accountId: string, UserName: string) => {
    const client = iam(accountId);
    await client.send(new CreateUserCommand({ UserName, Path: '/people/' }));
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
    return configOf({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
  };
  const administrators = new Map<string, ClientConfig>();
  for (const account of [MANAGEMENT, SOURCE, DESTINATION, OUTSIDER]) {
    administrators.set(account, await makeUser(account, 'administrator'));
    await iam(account).send(new AttachUserPolicyCommand({ UserName: 'administrator', PolicyArn: ADMINISTRATOR }));
  }
  for (const account of [SOURCE, DESTINATION])
    await iam(account).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
  const administrator = (accountId: string) => administrators.get(accountId) ?? configOf(nobody);
  return {
    directory,
    backup,
    enforcer,
    administrator,
    root: (accountId) => configOf({ accessKeyId: accountId, secretAccessKey: 'z' }),
    user: async (UserName, ...statements) => {
      const config = await makeUser(SOURCE, UserName);
      const PolicyDocument = document(...statements);
      await iam(SOURCE).send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
      enforcer.forget();
      return config;
    },
    session: async (RoleName) => {
      const client = iam(SOURCE);
      const trust = { Effect: 'Allow', Principal: { AWS: SOURCE }, Action: 'sts:AssumeRole' };
      const AssumeRolePolicyDocument = document(trust);
      await client.send(new CreateRoleCommand({ RoleName, Path: '/ci/', AssumeRolePolicyDocument }));
      await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: EVERYTHING }));
      enforcer.forget();
      const RoleArn = `arn:aws:iam::${SOURCE}:role/ci/${RoleName}`;
      const sts = new STSClient(administrator(SOURCE));
      const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
      return configOf({
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
      });
    },
    control: (...statements) => {
      directory.enabledTypes.add('SERVICE_CONTROL_POLICY');
      const content = document({ Effect: 'Allow', Action: '*', Resource: '*' }, ...statements);
      const policy = { id: 'p-1', isAwsManaged: false, name: 'ours', description: '', content };
      directory.policies.set('p-1', { ...policy, type: 'SERVICE_CONTROL_POLICY' });
      for (const { id } of directory.members()) directory.attachments.set(id, new Set(['p-1']));
    },
    iam,
    stop: aws.stop,
  };
}
