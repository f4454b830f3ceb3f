import type { Key } from './keys';
import { type Operation, textOf } from './operation';
import { tagContext } from './tag-context';
import type { Sight, Target } from './target';

/**
 * The keys and aliases that an operation of KMS is about, with the policies of the keys.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export async function kmsTargets(operation: Operation, sight: Sight): Promise<readonly Target[]> {
  const { name } = operation;
  const aliasName = textOf(operation, 'AliasName');
  const key = (keyName: string, action?: string) => keyTarget(keyName, sight, name, action);
  if (name === 'ReEncrypt') {
    const [from, to] = [sourceKey(operation), textOf(operation, 'DestinationKeyId')];
    return Promise.all([
      ...(from === undefined ? [] : [key(from, 'kms:ReEncryptFrom')]),
      ...(to === undefined ? [] : [key(to, 'kms:ReEncryptTo')]),
    ]);
  }
  if (aliasName !== undefined) {
    const target = textOf(operation, 'TargetKeyId');
    // What the alias is for until now is changed too.
    const names = [target, name === 'CreateAlias' ? undefined : aliasName].filter((one) => one !== undefined);
    return [aliasTarget(aliasName, sight), ...(await Promise.all(names.map((one) => key(one))))];
  }
  const keyName = textOf(operation, 'KeyId') ?? sourceKey(operation);
  return keyName === undefined ? [anything(sight)] : [await key(keyName)];
}

const anything = ({ request }: Sight): Target => ({ arn: '*', accountId: request.caller.accountId });

function aliasTarget(name: string, { request, partition }: Sight): Target {
  const { accountId } = request.caller;
  return { arn: `arn:${partition}:kms:${request.region}:${accountId}:${name}`, accountId };
}

/** Moto begins what it encrypts with the id of the key, so that it is known when no key is named. */
function sourceKey(operation: Operation): string | undefined {
  const named = textOf(operation, 'SourceKeyId');
  const blob = textOf(operation, 'CiphertextBlob');
  return named ?? (blob === undefined ? undefined : Buffer.from(blob, 'base64').subarray(0, 36).toString('latin1'));
}

async function keyTarget(keyName: string, sight: Sight, operation: string, action?: string): Promise<Target> {
  const { request, partition, keys } = sight;
  const arn = await keys.arnOf(keyName, { partition, region: request.region, accountId: request.caller.accountId });
  const key = arn === undefined ? undefined : await keys.at(arn);
  // Of what is not there moto says so itself, to those who may ask at all.
  if (!key) return anything(sight);
  return {
    ...(action === undefined ? {} : { action }),
    arn: key.arn,
    accountId: key.accountId,
    policy: key.isAwsManaged ? ownersAccess(key, partition) : key.policy,
    context: {
      'kms:CallerAccount': request.caller.accountId,
      ...tagContext('aws:ResourceTag', key.tags),
      ...(/Grants?$/.test(operation) ? { 'kms:GrantIsForAWSResource': 'false' } : {}),
    },
  };
}

/** The key of a service is for all of its account to look at. */
const ownersAccess = ({ accountId }: Key, partition: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  });
