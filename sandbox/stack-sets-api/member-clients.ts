import { createHash } from 'node:crypto';
import { BackupClient } from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { StackClients } from '../cloudformation/resource-type';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';
import type { ClientsFor } from './deployer';
import { SERVICE } from './lookups';
import { type InstancePlace, instanceKey } from './stack-sets';

export interface MemberClientsOptions {
  readonly organizationId: string;
  readonly partition: string;
  /** Where moto listens: AWS itself makes the roles there, and takes them. */
  readonly motoUrl: string;
  /** Where the gateway listens, which judges what the roles do; known once it has started. */
  readonly gatewayUrl: () => string;
  /** Told of an account in which a role was made past the gateway. */
  readonly onRoleMade: (accountId: string) => void;
}

/**
 * Acts in member accounts as StackSets do: under a role of their own, which they make when they first come.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export function memberClients(options: MemberClientsOptions): ClientsFor {
  const executors = new Map<string, Promise<Credentials>>();
  const clients = new Map<string, Promise<StackClients>>();
  const open = async ({ accountId, region }: InstancePlace): Promise<StackClients> => {
    const given = {
      region,
      endpoint: options.gatewayUrl(),
      credentials: await once(executors, accountId, () => becomeExecutor(accountId, options)),
    };
    return { backup: new BackupClient(given), iam: new IAMClient(given), kms: new KMSClient(given) };
  };
  return (place) => once(clients, instanceKey(place), () => open(place));
}

/** Asks once, and again only after a failure. */
function once<Value>(known: Map<string, Promise<Value>>, name: string, ask: () => Promise<Value>): Promise<Value> {
  const asked = known.get(name) ?? ask();
  known.set(name, asked);
  asked.catch(() => known.delete(name));
  return asked;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

async function becomeExecutor(accountId: string, options: MemberClientsOptions): Promise<Credentials> {
  const { organizationId, partition, motoUrl } = options;
  const given = { region: 'us-east-1', endpoint: motoUrl, credentials: ANY_CREDENTIALS };
  const iam = actAs(accountId, new IAMClient(given));
  const hash = createHash('md5').update(`${organizationId} ${accountId}`).digest('hex');
  const RoleName = `stacksets-exec-${hash}`;
  const trusted = `arn:${partition}:iam::${accountId}:role/aws-service-role/${SERVICE}/AWSServiceRoleForCloudFormationStackSetsOrgMember`;
  const statement = { Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(
    new AttachRolePolicyCommand({ RoleName, PolicyArn: `arn:${partition}:iam::aws:policy/AdministratorAccess` }),
  );
  iam.destroy();
  options.onRoleMade(accountId);
  const sts = actAs(accountId, new STSClient(given));
  const RoleArn = `arn:${partition}:iam::${accountId}:role/${RoleName}`;
  const { Credentials: session } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'stack-sets' }));
  sts.destroy();
  return {
    accessKeyId: session?.AccessKeyId ?? '',
    secretAccessKey: session?.SecretAccessKey ?? '',
    sessionToken: session?.SessionToken ?? '',
  };
}
