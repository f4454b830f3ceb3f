import { BackupClient, GetBackupVaultAccessPolicyCommand } from '@aws-sdk/client-backup';
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Entry } from '../accounts/entry';
import { parseArn } from '../aws/arn';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import { PolicyError } from '../iam/policy-error';
import { ask } from '../live/ask';
import { LiveError } from '../live/live-error';
import { attachedPolicies, inlinePolicyNames } from '../live/role-policies';
import type { Vault } from './edges';

/** A role as it is. */
export interface LiveRole {
  readonly trust: CompiledPolicy;
  readonly identity: readonly CompiledPolicy[];
}

/** A key as it is. */
export interface LiveKey {
  readonly accountId: string;
  readonly isEnabled: boolean;
  readonly policy: CompiledPolicy;
}

/** Reads a role with all its policies; undefined where it is not there. */
export async function readRole(entry: Entry, roleArn: string, region: string): Promise<LiveRole | undefined> {
  const { accountId = '', resource = '' } = parseArn(roleArn) ?? {};
  const RoleName = resource.replace(/^.*\//, '');
  const iam = await entry.client(IAMClient, { accountId, region });
  const found = await ask('iam:GetRole', () => iam.send(new GetRoleCommand({ RoleName })), NOT_THERE);
  if (found?.Role === undefined) return undefined;
  const identity: CompiledPolicy[] = [];
  for (const PolicyName of await inlinePolicyNames(iam, RoleName)) {
    const which = { RoleName, PolicyName };
    const { PolicyDocument } = await ask('iam:GetRolePolicy', () => iam.send(new GetRolePolicyCommand(which)));
    identity.push(compiled(`policy ${PolicyName} of ${roleArn}`, PolicyDocument));
  }
  for (const { PolicyArn } of await attachedPolicies(iam, RoleName)) identity.push(await managed(iam, PolicyArn ?? ''));
  return { trust: compiled(`trust policy of ${roleArn}`, found.Role.AssumeRolePolicyDocument), identity };
}

async function managed(iam: IAMClient, PolicyArn: string): Promise<CompiledPolicy> {
  const { Policy } = await ask('iam:GetPolicy', () => iam.send(new GetPolicyCommand({ PolicyArn })));
  const which = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  const { PolicyVersion } = await ask('iam:GetPolicyVersion', () => iam.send(new GetPolicyVersionCommand(which)));
  return compiled(PolicyArn, PolicyVersion?.Document);
}

/** The policy of a vault; undefined where it has none. */
export async function readVaultPolicy(entry: Entry, vault: Vault): Promise<CompiledPolicy | undefined> {
  const client = await entry.client(BackupClient, vault);
  const which = { BackupVaultName: vault.name };
  const found = await ask<{ Policy?: string | undefined } | undefined>(
    'backup:GetBackupVaultAccessPolicy',
    () => client.send(new GetBackupVaultAccessPolicyCommand(which)),
    { ResourceNotFoundException: undefined },
  );
  return found?.Policy === undefined ? undefined : compiled(`policy of vault ${vault.name}`, found.Policy);
}

/** A key with its policy. */
export async function readKey(entry: Entry, keyArn: string): Promise<LiveKey> {
  const { accountId = '', region = '' } = parseArn(keyArn) ?? {};
  const client = await entry.client(KMSClient, { accountId, region });
  const { KeyMetadata } = await ask('kms:DescribeKey', () => client.send(new DescribeKeyCommand({ KeyId: keyArn })));
  const { Policy } = await ask('kms:GetKeyPolicy', () =>
    client.send(new GetKeyPolicyCommand({ KeyId: KeyMetadata?.KeyId ?? keyArn, PolicyName: 'default' })),
  );
  return { accountId, isEnabled: KeyMetadata?.Enabled === true, policy: compiled(`policy of ${keyArn}`, Policy) };
}

/** @throws LiveError where the policy language of ours does not understand it */
function compiled(name: string, text: string | undefined): CompiledPolicy {
  try {
    // IAM encodes its answers, AWS Backup and KMS do not.
    const json = text?.startsWith('%7B') ? decodeURIComponent(text) : (text ?? '');
    return compilePolicy(name, JSON.parse(json));
  } catch (error) {
    if (!(error instanceof PolicyError) && !(error instanceof SyntaxError)) throw error;
    throw new LiveError(`${name} cannot be read: ${error.message}`);
  }
}

const NOT_THERE = { NoSuchEntity: undefined, NoSuchEntityException: undefined };
