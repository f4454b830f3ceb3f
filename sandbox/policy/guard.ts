import { partitionOf } from '../backup-api/arns';
import type { Guard } from '../gateway/gateway';
import type { ApiRequest } from '../wire/exchange';
import type { Actor, Actors } from './actors';
import { iamTargets } from './iam-targets';
import { kmsTargets } from './kms-targets';
import { type Operation, operationOf, textOf } from './operation';
import { otherTargets, stsTargets } from './other-targets';
import { refusalIn } from './refusal';
import { requestTagContext } from './tag-context';
import type { Sight, Target } from './target';
import { refusalOf } from './verdict';

/** What the guard sees of the world. */
export interface GuardSight extends Pick<Sight, 'identities' | 'keys' | 'tagsOf'> {
  readonly actors: Actors;
}

/** Judges requests to services that moto emulates, by whom, on what, and with which policies they are. */
export function guardBy({ actors, ...sight }: GuardSight): Guard {
  return {
    judge: async (request) => {
      const operation = operationOf(request);
      if (isForEverybody(operation)) return undefined;
      const actor = await actors.of(request.caller);
      const targets = await targetsOf(operation, { ...sight, request, partition: partitionOf(request.region) });
      for (const target of targets) {
        const around = actors.surroundings(target.accountId, request.region);
        const message = messageOf(request, operation, actor, target, around);
        if (message !== undefined) return refusalIn(request, message);
      }
      return undefined;
    },
    passed: (request) => forgetChanged(request, sight),
  };
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const isForEverybody = ({ service, name }: Operation) =>
  service === 'sts' && ['GetCallerIdentity', 'GetSessionToken', 'GetAccessKeyInfo'].includes(name);

async function targetsOf(operation: Operation, sight: Sight): Promise<readonly Target[]> {
  switch (operation.service) {
    case 'kms':
      return kmsTargets(operation, sight);
    case 'iam':
      return iamTargets(operation, sight);
    case 'sts':
      return stsTargets(operation, sight);
    default:
      return otherTargets(operation, sight);
  }
}

function messageOf(
  { caller }: ApiRequest,
  operation: Operation,
  actor: Actor,
  { action = `${operation.service}:${operation.name}`, arn, accountId, policy, policyKind, context }: Target,
  around: Actor['context'],
): string | undefined {
  const reason = refusalOf({
    actor,
    action,
    resource: { arn, accountId },
    policy,
    policyKind: policyKind ?? 'resource-based policy',
    context: { ...around, ...requestTagContext(operation), ...context },
  });
  if (reason === undefined) return undefined;
  const refused = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn}`;
  // Of a role that is not there AWS says no more, lest somebody find out.
  return policyKind === 'role trust policy' && policy === undefined ? refused : `${refused} ${reason}`;
}

const READS: Readonly<Record<string, RegExp>> = {
  iam: /^(?:Get|List|Generate|Simulate)/,
  kms: /^(?:Get|List|Describe|Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify)/,
  cloudformation: /^(?:Get|List|Describe|Estimate|Validate)/,
};

/** What a request may have changed is read anew. */
function forgetChanged(request: ApiRequest, { identities, keys }: Pick<GuardSight, 'identities' | 'keys'>): void {
  const operation = operationOf(request);
  const { service, name } = operation;
  const reads = READS[service];
  if (!reads || reads.test(name)) return;
  const { accountId } = request.caller;
  const keyId = service === 'kms' ? textOf(operation, 'KeyId') : undefined;
  if (service !== 'kms') identities.forget(accountId);
  if (keyId !== undefined && !keyId.includes('alias/')) keys.forgetKey(keyId);
  else if (service !== 'iam') keys.forget(accountId);
}
