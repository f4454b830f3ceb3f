import { parseArn } from '../aws/arn';
import { globalRegionOf } from '../aws/regions';
import { type Decision, decide } from '../iam/decide';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import { PolicyError } from '../iam/policy-error';
import type { Actor } from './actors';
import type { Tags } from './deployed';
import { ProofError } from './proof-error';

/** What an action is done to. */
export interface Target {
  readonly arn: string;
  readonly accountId: string;
  /** The policy that AWS asks besides those of the caller; undefined when the resource has none. */
  readonly policy: CompiledPolicy | undefined;
  readonly tags?: Tags;
  /** The Region of the request, where the ARN does not say it. */
  readonly region?: string;
}

/**
 * What may decide. `all` is how AWS decides; the others ask whether one protection would do alone, because the other can
 * be lost: guardrails when an account is moved, a vault's policy when a deploy role is taken over.
 */
export type Layer = 'all' | 'resource policy' | 'guardrails' | 'role policy';

/** One request and the answer that the config promises. */
export interface Check {
  readonly expected: 'allowed' | 'denied';
  /** The line of the report that it counts in. */
  readonly group: string;
  readonly layer: Layer;
  readonly actor: Actor;
  readonly action: string;
  readonly target: Target;
  /** Condition keys of the request besides those of the caller and the resource. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

const asking =
  (expected: Check['expected']) =>
  (
    group: string,
    actor: Actor,
    action: string,
    target: Target,
    context: Check['context'] = {},
    layer: Layer = 'all',
  ): Check => ({ expected, group, layer, actor, action, target, context });

/** A request that has to be allowed. */
export const allowed = asking('allowed');

/** A request that has to be denied. */
export const denied = asking('denied');

/**
 * How AWS answers the request of a check.
 * @throws ProofError where a policy asks a request what it cannot answer, such as one value of a list
 */
export function answer(check: Check): Decision {
  try {
    return decided(check);
  } catch (error) {
    throw error instanceof PolicyError ? new ProofError(error.message) : error;
  }
}

function decided({ actor, action, target, layer, context = {} }: Check): Decision {
  const usesGuardrails = layer === 'all' || layer === 'guardrails';
  const usesResource = layer === 'all' || layer === 'resource policy';
  return decide(
    {
      caller: actor.caller,
      action,
      resource: { arn: target.arn, accountId: target.accountId },
      context: {
        ...actor.membership,
        ...circumstances(actor, target, context),
        ...resourceTags(target.tags),
        ...context,
      },
    },
    {
      identity: actor.identity,
      serviceControl: usesGuardrails ? actor.serviceControl : [],
      resource: usesResource ? target.policy : bare(target),
    },
  );
}

/** What AWS says of every request, besides what makes this one special. */
const circumstances = (
  { caller, resourceOrgId }: Actor,
  { arn, accountId, region }: Target,
  context: Check['context'],
) => ({
  'aws:ResourceAccount': accountId,
  'aws:ResourceOrgID': resourceOrgId,
  'aws:RequestedRegion': region ?? regionOf(arn),
  'aws:SecureTransport': 'true',
  'aws:PrincipalIsAWSService': String(caller.kind === 'service'),
  'aws:ViaAWSService': String(context?.['kms:ViaService'] !== undefined),
});

/** Hundreds of requests are about each thing. */
const REGIONS_OF = new Map<string, string>();

function regionOf(arn: string): string {
  const known = REGIONS_OF.get(arn);
  if (known !== undefined) return known;
  const fields = parseArn(arn);
  const region = fields?.region || globalRegionOf(fields?.partition);
  REGIONS_OF.set(arn, region);
  return region;
}

const NO_TAGS: Tags = {};
const TAG_KEYS = new WeakMap<Tags, Readonly<Record<string, string>>>();

function resourceTags(tags: Tags = NO_TAGS): Readonly<Record<string, string>> {
  const known = TAG_KEYS.get(tags);
  if (known) return known;
  const keys = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
  TAG_KEYS.set(tags, keys);
  return keys;
}

/** What a resource would say without our policy: nothing, but for a key, which would obey the IAM of its account. */
function bare({ arn, accountId }: Target): CompiledPolicy | undefined {
  if (!arn.includes(':kms:')) return undefined;
  const known = DEFAULTS.get(accountId);
  const policy =
    known ??
    compilePolicy('the default key policy', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'kms:*', Resource: '*' }],
    });
  DEFAULTS.set(accountId, policy);
  return policy;
}

const DEFAULTS = new Map<string, CompiledPolicy>();

/** What is wrong with an answer, in a line; undefined when it is as promised. */
export function complaint(check: Check, { isAllowed, by, missing }: Decision): string | undefined {
  if (isAllowed === (check.expected === 'allowed')) return undefined;
  const what = `${check.actor.label}: ${check.action} on ${check.target.arn}`;
  const alone = check.layer === 'all' ? '' : ` by the ${check.layer} alone`;
  if (isAllowed) {
    const silent =
      check.layer === 'all'
        ? `no statement of ${check.target.policy?.name ?? 'the guardrails'} denies it`
        : `no statement of it does`;
    return `must be denied${alone}, and ${silent}: ${what}, which ${by.join(' and ')} allows`;
  }
  const reason = by.length > 0 ? `is denied by ${by.join(' and ')}` : `no ${missing.join(' and no ')} allows it`;
  return `must be allowed${alone}, and ${reason}: ${what}`;
}
