import { dnsSuffix, parseArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import { decide } from '../iam/decide';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import { PolicyError } from '../iam/policy-error';
import type { AccessRequest, Caller } from '../iam/request';
import { LiveError } from '../live/live-error';
import { RESOURCE_KEY_READING, VAULT_KEY_READING } from '../policies/key-sharing';

/** One request, with the policies that were read for it. */
export interface Question extends AccessRequest {
  readonly identity: readonly CompiledPolicy[];
  /** Of what it is done to; undefined where it has none. */
  readonly policy: CompiledPolicy | undefined;
}

/** A role as a caller. */
export const roleCaller = (id: string, accountId: string): Caller => ({ kind: 'role', id, accountId });

/**
 * Why AWS would refuse a request; undefined where it would not.
 * @throws LiveError where a policy asks what cannot be told
 */
export function refusal({ identity, policy, ...request }: Question): string | undefined {
  const region = parseArn(request.resource.arn)?.region ?? '';
  const context = {
    'aws:ResourceAccount': request.resource.accountId,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': String(request.caller.kind === 'service'),
    ...request.context,
  };
  try {
    const { isAllowed, by, missing } = decide(
      { ...request, context },
      { identity, serviceControl: [], resource: policy },
    );
    if (isAllowed) return undefined;
    const why = by.length > 0 ? `${by.join(' and ')} denies it` : `no ${missing.join(' and no ')} allows it`;
    return `${request.action} on ${request.resource.arn}: ${why}`;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new LiveError(`it cannot be told: ${error.message}`);
  }
}

export interface KeyUse {
  readonly caller: Caller;
  readonly key: AccessRequest['resource'];
  readonly policy: CompiledPolicy;
  readonly recoveryPointArn: string;
  /** The Regions of both ends: KMS may be called in the name of either. */
  readonly regions: readonly string[];
  readonly organizationId: string;
  /** Whether the key is that of what is copied, or that of where it goes. */
  readonly use: 'read' | 'write';
}

/** Everything that AWS Backup's service-linked role does with a key in a copy. */
export function keyRequests(given: KeyUse): Question[] {
  const { caller, key, policy, recoveryPointArn, regions, organizationId, use } = given;
  const service = serviceOf(recoveryPointArn);
  const reads =
    service === 'backup' ? VAULT_KEY_READING : (['kms:DescribeKey', ...RESOURCE_KEY_READING.strict] as const);
  // What AWS Backup manages is written by grants that it got with the vault.
  const actions = service === 'backup' && use === 'write' ? ['kms:DescribeKey'] : [...reads, 'kms:CreateGrant'];
  return [...new Set(regions)].flatMap((region) =>
    actions.map((action) => ({
      caller,
      action,
      resource: key,
      policy,
      identity: [OWN_POLICY],
      context: {
        'aws:PrincipalOrgID': organizationId,
        'aws:ViaAWSService': 'true',
        'kms:CallerAccount': caller.accountId ?? '',
        'kms:ViaService': `${service}.${region}.${dnsSuffix(partitionOf(region))}`,
        ...(action === 'kms:CreateGrant' ? { 'kms:GrantIsForAWSResource': 'true' } : {}),
      },
    })),
  );
}

/** The service that calls KMS when a recovery point is copied. */
const serviceOf = (recoveryPointArn: string): string => parseArn(recoveryPointArn)?.service ?? 'backup';

/** AWS's policy of the service-linked role allows all of it; the key has the word. */
const OWN_POLICY = compilePolicy('policy of AWSServiceRoleForBackup', {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
});
