import type { AccessRequest, Caller } from './request';

/** A request as policies ask about it, worked out once for all of them. */
export class Facts {
  /** In lower case: AWS compares actions without regard to it. */
  readonly action: string;
  /** `partition:account` of the caller, as an account principal compares it; undefined for a service. */
  readonly callerAccount: string | undefined;
  private context: ReadonlyMap<string, string | readonly string[]> | undefined;

  constructor(readonly request: AccessRequest) {
    const { caller, action, resource } = request;
    if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) throw new Error(`a request is for one action, not ${action}`);
    const [prefix, , , , owner, ...rest] = resource.arn.split(':');
    const isArn = prefix === 'arn' && rest.length > 0;
    if (!isArn && resource.arn !== '*') throw new Error(`a request is for one ARN or *, not ${resource.arn}`);
    if (isArn && /^\d{12}$/.test(owner ?? '') && owner !== resource.accountId)
      throw new Error(`${resource.arn} is not in account ${resource.accountId}`);
    this.action = action.toLowerCase();
    this.callerAccount = accountOf(caller);
  }

  /** The value of a condition key, asked for in lower case. */
  valueOf(key: string): string | readonly string[] | undefined {
    this.context ??= contextOf(this.request);
    return this.context.get(key);
  }
}

const CALLER_ARNS = { role: /^role\/./, user: /^user\/./, root: /^root$/ } as const;

function accountOf({ kind, id, accountId }: Caller): string | undefined {
  if (kind === 'service') return undefined;
  const [, partition, , , account, name = ''] = id.split(':');
  const isOne = id.startsWith('arn:') && account === accountId && CALLER_ARNS[kind].test(name);
  if (!isOne || !accountId) throw new Error(`${id} is not a ${kind} of account ${accountId}`);
  return `${partition}:${accountId}`;
}

function contextOf({ caller, context }: AccessRequest): ReadonlyMap<string, string | readonly string[]> {
  const values = new Map<string, string | readonly string[]>();
  for (const [key, value] of Object.entries(context)) {
    const name = key.toLowerCase();
    if (values.has(name)) throw new Error(`the request has the key ${key} twice`);
    if (typeof value === 'string' || value.length > 0) values.set(name, value);
  }
  if (caller.accountId && caller.kind !== 'service') {
    values.set('aws:principalarn', caller.id);
    values.set('aws:principalaccount', caller.accountId);
  }
  return values;
}
